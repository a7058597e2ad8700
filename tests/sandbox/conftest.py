from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from polyreel import sandbox
from polyreel.registry import Registry
from polyreel.sandbox import Sandbox


@pytest.fixture(scope="session")
def box() -> Iterator[Sandbox]:
    """A sandbox of all installed providers."""
    with sandbox.serve() as running:
        yield running


@pytest.fixture(scope="session")
def anybody() -> Iterator[httpx.Client]:
    """A client without a key."""
    with httpx.Client() as ready:
        yield ready


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """A client that bears the sandbox's key, and all else that installed providers want."""
    headers = {"authorization": f"Bearer {sandbox.KEY}"}
    for provider in Registry().providers():
        headers |= provider.headers
        if provider.auth.header != "Authorization":
            headers[provider.auth.header] = sandbox.KEY
    with httpx.Client(headers=headers) as ready:
        yield ready
