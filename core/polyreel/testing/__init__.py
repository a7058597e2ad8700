"""The contract that every provider keeps, as tests that a plugin's author inherits.

A test module of five lines holds a plugin against it::

    from polyreel.testing import ProviderContract


    class TestAcme(ProviderContract):
        provider = "acme"

What is asked follows from what the plugin declares: its :class:`polyreel.Provider`, and the
``openapi.json`` of its client package, from which a sandbox of the provider is served on this machine.
Needs pytest and ``polyreel[sandbox]``; no network, no key, no conftest.
"""

from __future__ import annotations

import pkgutil

try:
    import pytest
    import starlette  # noqa: F401 - it and uvicorn come with one extra
    import uvicorn  # noqa: F401
except ImportError as error:
    raise ImportError(
        f"polyreel.testing needs more ({error}): pip install pytest 'polyreel[sandbox]'"
    ) from error

# Failing asserts of the contract show their values, as those of a test module do.
pytest.register_assert_rewrite(
    *(f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__))
)

from polyreel.testing.contract import ProviderContract  # noqa: E402
from polyreel.testing.deviations import deviates  # noqa: E402

__all__ = ["ProviderContract", "deviates"]
