from __future__ import annotations

import pytest
from support.twins import Twin


@pytest.fixture(params=["sync", "async"])
def twin(request: pytest.FixtureRequest) -> Twin:
    """Run the test with the blocking hub, then with the asynchronous one."""
    return Twin(request.param)
