from __future__ import annotations

import pytest
from support.either_hub import EitherHub


@pytest.fixture(params=["sync", "async"])
def either_hub(request: pytest.FixtureRequest) -> EitherHub:
    """Run the test with the blocking hub, then with the asynchronous one."""
    return EitherHub(request.param)
