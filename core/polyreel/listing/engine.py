"""What a listing asks next, and what it makes of each page, across accounts. Does no I/O.

A driver (one per twin, in :mod:`listing`) starts the jobs that a engine wants, hands back their
outcomes in whatever order they come, and takes finished pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Generic

from attrs import evolve, frozen

from polyreel.errors import PolyreelError
from polyreel.listing.cursors import Position
from polyreel.listing.paginator import Delivery, Paginator
from polyreel.models import Page, Status, T


@frozen
class Job:
    """One page that a engine wants: of which account, at which cursor."""

    account: str
    cursor: str | None


class ListingEngine(Generic[T]):
    """A listing across accounts, as a machine that wants jobs and gives pages.

    Args:
        paginators: One for each account.
        limit: How many items the caller wants at most, or None.
        statuses: Which items the caller wants, or None for all.
    """

    def __init__(
        self,
        paginators: Iterable[Paginator[T]],
        limit: int | None,
        statuses: Collection[Status] | None,
    ) -> None:
        self._walks = {paginator.account: paginator for paginator in paginators}
        self._left = limit
        self._statuses = statuses

    @property
    def finished(self) -> bool:
        """Nothing is left to take."""
        return self._left == 0 or all(paginator.finished for paginator in self._walks.values())

    @property
    def positions(self) -> dict[str, Position | None] | None:
        """Where each account stands at the end; None when the limit cut the listing before that."""
        if self._left == 0:
            return None
        return {paginator.account: paginator.position for paginator in self._walks.values()}

    @property
    def errors(self) -> list[PolyreelError]:
        """Why accounts ended early, one error each."""
        return [paginator.error for paginator in self._walks.values() if paginator.error]

    def wanted(self) -> list[Job]:
        """Give the jobs to start now; each is given once."""
        if self._left == 0:
            return []
        return [
            Job(paginator.account, cursor)
            for paginator in self._walks.values()
            for cursor in paginator.wanted(self._useful_pages(paginator))
        ]

    def arrived(self, job: Job, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one job; they may come in any order."""
        self._walks[job.account].arrived(job.cursor, outcome)

    def take(self) -> Delivery[T] | None:
        """Give a page that has come, cut to what the caller wants; None while there is none.

        An account's pages come in its order; pages of several accounts as they arrive.
        """
        for paginator in self._walks.values():
            if self._left == 0:
                return None
            if delivery := paginator.take():
                return self._cut(delivery)
        return None

    def _cut(self, delivery: Delivery[T]) -> Delivery[T]:
        items = delivery.page.items
        if self._statuses is not None:
            items = tuple(item for item in items if item.status in self._statuses)
        after = delivery.after
        if self._left is not None:
            if len(items) > self._left:
                items = items[: self._left]
                after = delivery.before.past(items[-1].id, len(items))
            self._left -= len(items)
        return evolve(delivery, page=evolve(delivery.page, items=items), after=after)

    def _useful_pages(self, paginator: Paginator[T]) -> int:
        if self._left is None or self._statuses is not None:
            return 1_000_000
        return -(-self._left // paginator.page_size)
