"""The hub: every configured account behind one list and one get, in two twins."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Generic, Self, Unpack, cast

from attrs import frozen

from polyreel import accounts as configuration
from polyreel.accounts import Account
from polyreel.errors import ConfigurationError
from polyreel.http.pacing import Policy
from polyreel.listing.iterate import AsyncListing, Listing
from polyreel.listing.options import ListOptions, Options
from polyreel.listing.plan import ListPlan, Planner
from polyreel.models import Kind, Replica, T, Video
from polyreel.provider import Provider
from polyreel.registry import Registry

if TYPE_CHECKING:
    from polyreel.http.transport import AsyncTransport, Transport


class _Hub:
    """What both twins know: accounts, plugins, plans."""

    def __init__(
        self,
        accounts: Iterable[Account] | None = None,
        *,
        policy: Policy | None = None,
        registry: Registry | None = None,
    ) -> None:
        self.registry = registry or Registry()
        self.policy = policy or Policy()
        self.planner = Planner(
            configuration.load(self.registry.providers(), os.environ)
            if accounts is None
            else _by_name(accounts),
            self.registry,
            datetime.now(UTC).date(),
        )

    @property
    def accounts(self) -> Mapping[str, Account]:
        """The accounts by name."""
        return self.planner.accounts

    @property
    def providers(self) -> list[Provider]:
        """The installed providers that can be used, whether or not there is an account."""
        return self.registry.providers()


class Hub(_Hub):
    """Lists and gets across accounts, blocking; may be used from many threads.

    Use it as a context manager, or call :meth:`close` in the end.

    Args:
        accounts: The accounts to use; None for those of the environment and ``polyreel.toml``.
        policy: Timeouts and retries; None for the defaults.
        registry: The plugins; None for those that are installed.

    Raises:
        ConfigurationError: Two accounts share a name, or ``polyreel.toml`` can't be used.

    Example::

        with Hub() as hub:
            for video in hub.videos.list(status="ready", limit=50):
                print(video.uid, video.title)
    """

    @property
    def videos(self) -> Collection[Video]:
        """The videos of all accounts."""
        return Collection(self, "videos")

    @property
    def replicas(self) -> Collection[Replica]:
        """The replicas (avatars) of all accounts."""
        return Collection(self, "replicas")

    @cached_property
    def transport(self) -> Transport:
        """What performs requests; made when it is first needed."""
        from polyreel.http.transport import Transport

        return Transport(self.policy, self.registry, _user_agent())

    def close(self) -> None:
        """Close all connections; the hub can't be used any more."""
        self.transport.close()

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
        return AsyncCollection(self, "videos")

    @property
    def replicas(self) -> AsyncCollection[Replica]:
        """The replicas (avatars) of all accounts."""
        return AsyncCollection(self, "replicas")

    @cached_property
    def transport(self) -> AsyncTransport:
        """What performs requests; made when it is first needed."""
        from polyreel.http.transport import AsyncTransport

        return AsyncTransport(self.policy, self.registry, _user_agent())

    async def close(self) -> None:
        """Close all connections; the hub can't be used any more."""
        await self.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


@frozen
class Collection(Generic[T]):
    """One kind of item, of all accounts of a hub."""

    _hub: Hub
    _kind: Kind

    def list(self, **options: Unpack[ListOptions]) -> Listing[T]:
        """List items, page after page, as they are asked for.

        Args:
            options: ``provider``, ``account``, ``status``, ``limit``, ``page_size``, ``order``,
                ``filters``, ``cursor`` and ``on_error``; see :class:`polyreel.ListOptions`.

        Raises:
            ConfigurationError: No such account, or none at all.
            UnsupportedError: A provider can't list this kind, or has no such option or filter.
        """
        plan: ListPlan[T] = self._hub.planner.listing(self._kind, Options(**options))
        transport = self._hub.transport
        return Listing(plan, lambda job: transport.perform(*plan.request(job)))

    def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item.

        Args:
            id: A uid (``account:id``), or the provider's own id when one of the following is given.
            provider: The provider, if it has one account.
            account: The account.

        Raises:
            NotFound: There is no such item.
            PolyreelError: It can't be had.
        """
        connection, request = self._hub.planner.get(self._kind, id, provider, account)
        return cast(T, self._hub.transport.perform(connection, request))


@frozen
class AsyncCollection(Generic[T]):
    """One kind of item, of all accounts of a hub; :class:`Collection` says what the arguments mean."""

    _hub: AsyncHub
    _kind: Kind

    def list(self, **options: Unpack[ListOptions]) -> AsyncListing[T]:
        """List items, page after page, as they are asked for; only the items are awaited."""
        plan: ListPlan[T] = self._hub.planner.listing(self._kind, Options(**options))
        transport = self._hub.transport
        return AsyncListing(plan, lambda job: transport.perform(*plan.request(job)))

    async def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item."""
        connection, request = self._hub.planner.get(self._kind, id, provider, account)
        return cast(T, await self._hub.transport.perform(connection, request))


def _by_name(accounts: Iterable[Account]) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for account in accounts:
        if account.name in found:
            raise ConfigurationError(f"two accounts are called {account.name!r}")
        found[account.name] = account
    return found


def _user_agent() -> str:
    return f"polyreel/{version('polyreel')}"
