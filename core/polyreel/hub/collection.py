"""One kind of item, of all accounts of a hub: what can be asked of it, sync and async."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Unpack, cast

from attrs import evolve

from polyreel.http.connection import Connection
from polyreel.hub.file_access import AsyncFileAccess, FileAccess
from polyreel.listing.iterate import AsyncListing, Listing
from polyreel.listing.options import ListOptions, check, waiting_for
from polyreel.listing.plan import ListPlan, Planner
from polyreel.listing.wait import wait_for, wait_for_async
from polyreel.listing.waiting import Waiting, WaitProgress
from polyreel.models import Kind, T
from polyreel.request import Request

if TYPE_CHECKING:
    from polyreel.http.transport import AsyncTransport, Transport

L = TypeVar("L")


class _Collection(Generic[T, L]):
    """What both hubs' collections share: what can be asked."""

    def __init__(self, planner: Planner, transport: Callable[[], Any], kind: Kind) -> None:
        self._planner = planner
        self._transport = transport
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
        self._transport().require_usable()
        return self._listing(self._planner.listing(self._kind, judged))

    def _listing(self, plan: ListPlan[Any]) -> L:
        raise NotImplementedError

    def _waiting(self, uids: Sequence[str], until: object, timeout: object) -> Waiting[Any]:
        self._transport().require_usable()
        statuses, seconds = waiting_for(uids, until, timeout)
        accounts = {uid: uid.partition(":")[0] for uid in uids}
        listing = {
            account
            for account in set(accounts.values())
            if self._planner.newest_first(self._kind, account)[0]
        }
        return Waiting(tuple(accounts), accounts, listing, statuses, seconds)

    def _head(self, account: str) -> L:
        order = self._planner.newest_first(self._kind, account)[1]
        return self.list(account=account, order=order)

    def _get_to_wait(self, uid: str) -> tuple[Connection, Request[Any]]:
        connection, found = self._planner.get(self._kind, uid, None, None)
        request: Request[Any] = found
        read = request.read
        return connection, evolve(request, read=lambda came: (read(came), came.poll_after))

    def __repr__(self) -> str:
        accounts = ", ".join(self._planner.accounts) or "no account"
        return f"<{type(self).__name__} of {self._kind} of {accounts}>"


class Collection(_Collection[T, Listing[T]], FileAccess[T]):
    """One kind of item, of all accounts of a hub."""

    _transport: Callable[[], Transport]

    def _listing(self, plan: ListPlan[T]) -> Listing[T]:
        transport = self._transport()
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
        self._transport().require_usable()
        connection, request = self._planner.get(self._kind, id, provider, account)
        return cast(T, self._transport().perform(connection, request))

    def wait(
        self,
        *uids: str,
        until: str | Sequence[str] | None = None,
        timeout: float | None = 1200.0,
    ) -> Iterator[WaitProgress[T]]:
        """Wait until items are finished; each change is given as it is noticed.

        An item that is ready, failed or deleted is no longer waited for. Between two requests lies what the
        provider asks for, else 2 seconds that grow to 30.

        Args:
            uids: ``account:id`` of each.
            until: Statuses that are waited for, and end the wait for an item; one that was passed counts.
                None for ready.
            timeout: Seconds; 0 looks once, None waits without an end.

        Yields:
            What is learnt of each item: its status when it is first seen and when it changes, or why it
            can't be had, which doesn't keep the others back.

        Raises:
            WaitTimeout: The time is over; its ``pending`` names the items that are still waited for.
            ConfigurationError: A uid isn't a text.
            UnsupportedOption: ``until`` or ``timeout`` is of a wrong type or value.
        """
        transport = self._transport()
        return wait_for(
            self._waiting(uids, until, timeout),
            lambda uid: transport.perform(*self._get_to_wait(uid)),
            lambda account: self._head(account).pages(),
            transport.sleep,
        )


class AsyncCollection(_Collection[T, AsyncListing[T]], AsyncFileAccess[T]):
    """One kind of item, of all accounts of a hub; a listing's items are awaited, ``list`` is not."""

    _transport: Callable[[], AsyncTransport]

    def _listing(self, plan: ListPlan[T]) -> AsyncListing[T]:
        transport = self._transport()
        return AsyncListing(
            plan, lambda job: transport.perform(*plan.request(job)), transport.require_usable
        )

    async def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item; :meth:`Collection.get` says what the arguments mean."""
        self._transport().require_usable()
        connection, request = self._planner.get(self._kind, id, provider, account)
        return cast(T, await self._transport().perform(connection, request))

    def wait(
        self,
        *uids: str,
        until: str | Sequence[str] | None = None,
        timeout: float | None = 1200.0,
    ) -> AsyncGenerator[WaitProgress[T], None]:
        """Wait until items are finished; :meth:`Collection.wait` says what the arguments mean."""
        transport = self._transport()
        return wait_for_async(
            self._waiting(uids, until, timeout),
            lambda uid: transport.perform(*self._get_to_wait(uid)),
            lambda account: self._head(account).pages(),
        )
