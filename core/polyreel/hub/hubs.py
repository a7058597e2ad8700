"""The hub: every configured account behind one list and one get, sync and async."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Self, TypeVar

from polyreel import accounts as configuration
from polyreel.accounts import Account
from polyreel.errors import ConfigurationError
from polyreel.http.once import made_once
from polyreel.http.pacing import Policy
from polyreel.hub.collection import AsyncCollection, Collection
from polyreel.listing.plan import Planner
from polyreel.models import Replica, Video
from polyreel.provider import Provider
from polyreel.registry import Registry

if TYPE_CHECKING:
    from polyreel.http.transport import AsyncTransport, Transport


class _Hub:
    """What both hubs know: accounts, plugins, plans."""

    def __init__(
        self,
        accounts: Iterable[Account] | None = None,
        *,
        policy: Policy | None = None,
        registry: Registry | None = None,
    ) -> None:
        self._policy = _given("policy", policy, Policy) or Policy()
        self._registry = _given("registry", registry, Registry) or Registry()
        self._planner = Planner(
            configuration.load(self._registry.mentioned(os.environ), os.environ)
            if accounts is None
            else _by_name(accounts),
            self._registry,
            datetime.now(UTC).date(),
        )

    @property
    def _transport(self) -> Transport | AsyncTransport:
        """What performs requests; made when it is first needed."""
        raise NotImplementedError

    @property
    def accounts(self) -> Mapping[str, Account]:
        """The accounts by name."""
        return self._planner.accounts

    @property
    def providers(self) -> list[Provider]:
        """The installed providers that can be used, whether or not there is an account."""
        return self._registry.providers()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with {', '.join(self.accounts) or 'no account'}>"

    def provider(self, account: str) -> Provider:
        """Return the provider of an account.

        Raises:
            ConfigurationError: Its provider isn't installed.
            PluginError: Its provider's plugin can't be used.
        """
        return self._registry.provider(self.accounts[account].provider)


class Hub(_Hub):
    """Lists and gets across accounts, blocking; may be used from many threads.

    Use it as a context manager, or call :meth:`close` in the end.

    Args:
        accounts: The accounts to use; None for those of the environment and ``polyreel.toml``.
        policy: Timeouts and retries; None for the defaults.
        registry: The plugins; None for those that are installed.

    Raises:
        ConfigurationError: Two accounts share a name, an argument is of a wrong type, or
            ``polyreel.toml`` can't be used.

    Example::

        with Hub() as hub:
            for video in hub.videos.list(status="ready", limit=50):
                print(video.uid, video.title)
    """

    @property
    def videos(self) -> Collection[Video]:
        """The videos of all accounts."""
        return Collection(self._planner, lambda: self._transport, "videos")

    @property
    def replicas(self) -> Collection[Replica]:
        """The replicas (avatars) of all accounts."""
        return Collection(self._planner, lambda: self._transport, "replicas")

    @made_once
    def _transport(self) -> Transport:
        from polyreel.http.transport import Transport

        return Transport(self._policy, self._registry, _user_agent())

    def close(self) -> None:
        """Close all connections; the hub can't be used any more."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncHub(_Hub):
    """Lists and gets across accounts, in one event loop; else the same as :class:`Hub`.

    Example::

        async with AsyncHub() as hub:
            async for video in hub.videos.list(status="ready", limit=50):
                print(video.uid, video.title)
    """

    @property
    def videos(self) -> AsyncCollection[Video]:
        """The videos of all accounts."""
        return AsyncCollection(self._planner, lambda: self._transport, "videos")

    @property
    def replicas(self) -> AsyncCollection[Replica]:
        """The replicas (avatars) of all accounts."""
        return AsyncCollection(self._planner, lambda: self._transport, "replicas")

    @cached_property
    def _transport(self) -> AsyncTransport:
        from polyreel.http.transport import AsyncTransport

        return AsyncTransport(self._policy, self._registry, _user_agent())

    async def close(self) -> None:
        """Close all connections; the hub can't be used any more."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _by_name(accounts: Iterable[Account]) -> dict[str, Account]:
    expected = "accounts must be Account objects, such as [Account(name='work', provider='tavus')]"
    if isinstance(accounts, str | bytes | Mapping) or not isinstance(accounts, Iterable):
        raise ConfigurationError(f"{expected}, not {_shown(accounts)}")
    found: dict[str, Account] = {}
    for account in accounts:
        if not isinstance(account, Account):
            raise ConfigurationError(f"{expected}, not {_shown(account)}")
        if account.name in found:
            raise ConfigurationError(f"two accounts are called {account.name!r}")
        found[account.name] = account
    return found


V = TypeVar("V")


def _given(name: str, value: V | None, expected: type[V]) -> V | None:
    if value is not None and not isinstance(value, expected):
        raise ConfigurationError(f"{name} must be a {expected.__name__}, not {_shown(value)}")
    return value


def _shown(value: object) -> str:
    # Without what it is: it may well be a key, given in the wrong place.
    return f"a {type(value).__name__}"


def _user_agent() -> str:
    return f"polyreel/{version('polyreel')}"
