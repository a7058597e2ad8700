"""The hub: every configured account behind one list and one get, sync and async."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, Unpack, cast

from polyreel import accounts as configuration
from polyreel.accounts import Account
from polyreel.errors import ConfigurationError
from polyreel.http.pacing import Policy
from polyreel.listing.iterate import AsyncListing, Listing
from polyreel.listing.options import ListOptions, check
from polyreel.listing.plan import ListPlan, Planner
from polyreel.models import Kind, Replica, T, Video
from polyreel.provider import Provider
from polyreel.registry import Registry

if TYPE_CHECKING:
    from polyreel.http.transport import AsyncTransport, Transport

L = TypeVar("L")


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
            configuration.load(self._registry.providers(), os.environ)
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
        """Give the provider of an account.

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
        return Collection(self, "videos")

    @property
    def replicas(self) -> Collection[Replica]:
        """The replicas (avatars) of all accounts."""
        return Collection(self, "replicas")

    @cached_property
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
        return AsyncCollection(self, "videos")

    @property
    def replicas(self) -> AsyncCollection[Replica]:
        """The replicas (avatars) of all accounts."""
        return AsyncCollection(self, "replicas")

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


class _Collection(Generic[T, L]):
    """What both hubs' collections share: what can be asked."""

    def __init__(self, hub: _Hub, kind: Kind) -> None:
        self._hub = hub
        self._kind = kind

    def list(self, **options: Unpack[ListOptions]) -> L:
        """List items, page after page, as they are asked for; nothing is requested before.

        Without ``limit`` and ``order``, the items of several accounts come as their pages arrive, each
        account's in its own order. With either, the same responses give the same result, whoever
        answers first.

        Args:
            provider: Only accounts of this provider, or of one of several. None (the default) for all
                accounts that can list this kind.
            account: Only this account, or one of several, by name. None for all.
            exclude: Accounts or providers that are left out, one name or several.
            status: Only items of this common status, or of one of several: ``queued``, ``running``,
                ``ready``, ``failed``, ``deleted``, ``unknown``, in upper or lower case. None for all.
            since: Only items made at this time or later: a ``datetime`` (without a zone, UTC), a
                ``date`` (from midnight UTC), a ``timedelta`` (so long ago), or their text:
                ``2026-11-20``, ``2026-11-20T08:00Z``, ``7d``, ``24h``. Items without a time are left
                out. None for no bound.
            until: Only items made before this time; of a day, the whole day is included.
            limit: At most so many items. Of several accounts they are the newest, as far as the
                providers are known to list the newest first; the others' items follow in their own
                order. None for all.
            page_size: Items per request, within the provider's limits. None for its usual size.
            order: ``asc`` (the oldest first) or ``desc`` (the newest first) by ``created_at``; several
                accounts are merged. An account that can't be listed in this order comes last, with a
                warning; it is refused when it is named, or alone. None for the providers' own order.
            filters: The provider's own filters, name → value, by its own names.
            cursor: Where an earlier listing with the same options stopped: its ``cursor``, a page's
                ``next``, or an error's ``resume``. None for the beginning.
            on_error: ``raise`` (the default) failures at the end, or ``skip`` them to
                ``Listing.errors``.

        Raises:
            ConfigurationError: No such account, or none at all; a cursor that is damaged or of a
                listing with other options; or the hub was closed.
            UnsupportedError: A provider can't list this kind, or has no such option or filter; or an
                option is of a wrong type or value.
        """
        judged = check(options)
        self._hub._transport.require_usable()
        return self._listing(self._hub._planner.listing(self._kind, judged))

    def _listing(self, plan: ListPlan[Any]) -> L:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._kind} of {self._hub!r}>"


class Collection(_Collection[T, Listing[T]]):
    """One kind of item, of all accounts of a hub."""

    _hub: Hub

    def _listing(self, plan: ListPlan[T]) -> Listing[T]:
        transport = self._hub._transport
        return Listing(
            plan, lambda job: transport.perform(*plan.request(job)), transport.require_usable
        )

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
        self._hub._transport.require_usable()
        connection, request = self._hub._planner.get(self._kind, id, provider, account)
        return cast(T, self._hub._transport.perform(connection, request))


class AsyncCollection(_Collection[T, AsyncListing[T]]):
    """One kind of item, of all accounts of a hub; a listing's items are awaited, ``list`` is not."""

    _hub: AsyncHub

    def _listing(self, plan: ListPlan[T]) -> AsyncListing[T]:
        transport = self._hub._transport
        return AsyncListing(
            plan, lambda job: transport.perform(*plan.request(job)), transport.require_usable
        )

    async def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item; :meth:`Collection.get` says what the arguments mean."""
        self._hub._transport.require_usable()
        connection, request = self._hub._planner.get(self._kind, id, provider, account)
        return cast(T, await self._hub._transport.perform(connection, request))


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
