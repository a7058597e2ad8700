"""What a listing asks next, what it makes of each page, and when it ends. Does no I/O.

A :class:`Crawl` spans accounts; each has a :class:`Walk` through its pages. A driver (one per twin,
in :mod:`listing`) starts the jobs that a crawl wants, hands back their outcomes in whatever order
they come, and takes finished pages. No single signal of a provider is trusted: a walk ends by what
the items, their ids, the totals and the promises say together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import Generic

from attrs import evolve, frozen

from polyreel.cursors import Position, encode
from polyreel.errors import InvalidRequest, NotFound, PaginationError, PolyreelError
from polyreel.models import Page, Status, T

# Ids are remembered to drop items that come twice. Pages that shift while they are read overlap with
# their neighbours, so the latest ids are enough, and memory stays flat however long the listing.
_REMEMBERED = 10_000
_EMPTY_PAGES = 100  # in a row, each with a new cursor: nobody's honest paging


@frozen
class Job:
    """One page that a crawl wants: of which account, at which cursor."""

    account: str
    cursor: str | None


@frozen(kw_only=True)
class Delivery(Generic[T]):
    """A page for the caller, and where its account stands before and after it."""

    account: str
    page: Page[T]
    before: Position
    after: Position | None


class Walk(Generic[T]):
    """One account's way through its pages, in their order.

    Args:
        account: The account's name.
        start: Where to begin, and how many items to ask for per page.
        window: How many pages may be asked for, or wait to be taken, at the same time.

    Attributes:
        error: Why the walk ended early, or None.
    """

    def __init__(self, account: str, start: Position, window: int) -> None:
        self.account = account
        self.page_size = start.page_size or 1
        self.error: PolyreelError | None = None
        self._window = window
        self._plan: deque[str | None] = deque([start.cursor])
        self._asked: set[str | None] = set()
        self._arrived: dict[str | None, Page[T] | PolyreelError] = {}
        self._used: set[str | None] = set()
        self._previous: str | None = None
        self._begun = False
        self._recent = _Recent(_REMEMBERED)
        self._skip_to = start.after
        self._last_id = start.after
        self._count = start.count
        self._total: int | None = None
        self._repeats = 0
        self._empties = 0

    @property
    def finished(self) -> bool:
        """No page is left to take."""
        return self.error is not None or not self._plan

    @property
    def position(self) -> Position | None:
        """Where to go on, or None at the end."""
        if not self._plan:
            return None
        return Position(
            cursor=self._plan[0],
            after=self._last_id,
            count=self._count,
            page_size=self.page_size,
        )

    def wanted(self, pages: int) -> Iterator[str | None]:
        """Give the cursors to ask for now, each once; no more pages ahead than the caller can use."""
        if self.error is None:
            for cursor in list(self._plan)[: min(pages, self._window)]:
                if cursor not in self._asked:
                    self._asked.add(cursor)
                    yield cursor

    def arrived(self, cursor: str | None, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one job; they may come in any order."""
        self._arrived[cursor] = outcome

    def take(self) -> Delivery[T] | None:
        """Give the next page in order with only what is new in it, or None while there is none.

        Sets ``error`` when the page could not be had, or the pages don't add up.
        """
        while not self.finished and self._plan[0] in self._arrived:
            cursor, before = self._plan[0], self.position
            assert before is not None
            outcome = self._arrived.pop(cursor)
            self._asked.discard(cursor)
            if isinstance(outcome, PolyreelError):
                self._fail(outcome)
            elif not self._reread(cursor, outcome):
                first = not self._begun
                items = self._step(cursor, outcome)
                if items or first:
                    page = evolve(outcome, items=items)
                    return Delivery(
                        account=self.account, page=page, before=before, after=self.position
                    )
        return None

    def _fail(self, error: PolyreelError) -> None:
        # Some providers refuse the page after the last one: an end, not a failure.
        complete = self._total is not None and self._count >= self._total
        if isinstance(error, NotFound | InvalidRequest) and self._begun and complete:
            self._plan.clear()
        else:
            self._end(error)

    def _reread(self, cursor: str | None, page: Page[T]) -> bool:
        """Plan the page before this one again when items were deleted since it was read.

        What stood at the beginning of this page has then moved to the end of the one before.
        """
        known, self._total = self._total, page.total
        shrunk = known is not None and page.total is not None and page.total < known
        if not shrunk or self._previous == cursor:
            return False
        self._used.discard(self._previous)
        self._plan.appendleft(self._previous)
        return True

    def _step(self, cursor: str | None, page: Page[T]) -> tuple[T, ...]:
        self._plan.popleft()
        self._used.add(cursor)
        self._previous, self._begun = cursor, True
        items = self._fresh(page)
        # One page without anything new is forgiven: providers disagree on whether page 1 is the
        # first or the second, so it may be the one that was read without a number.
        self._repeats = 0 if items or not page.items else self._repeats + 1
        self._empties = 0 if page.items else self._empties + 1
        self._advance(page)
        return items

    def _fresh(self, page: Page[T]) -> tuple[T, ...]:
        items = page.items
        if self._skip_to is not None:
            known = next((n for n, item in enumerate(items, 1) if item.id == self._skip_to), 0)
            for item in items[:known]:
                self._recent.add(item.id)
            items, self._skip_to = items[known:], None
        fresh = tuple(item for item in items if self._recent.add(item.id))
        if fresh:
            self._last_id = fresh[-1].id
            self._count += len(fresh)
        return fresh

    def _advance(self, page: Page[T]) -> None:
        """Decide what comes after a page."""
        if page.next is None:
            if page.more and not self._plan:
                self._end_incomplete("promises more items, but doesn't say where")
        elif self._repeats > 1 or (page.next in self._used and not self._plan):
            missing = page.total is not None and page.total > self._count
            if page.more or (missing and page.more is None):
                self._end_incomplete("promises more items, but sends the same ones again")
            self._plan.clear()
        elif self._empties > _EMPTY_PAGES:
            self._end_incomplete("sends one empty page after another")
        elif self._plan or not self._complete(page):
            self._extend(page)

    def _complete(self, page: Page[T]) -> bool:
        """Tell whether the total and a short page agree that this was the last one."""
        short = len(page.items) < self.page_size
        return bool(
            short and not page.more and page.total is not None and self._count >= page.total
        )

    def _extend(self, page: Page[T]) -> None:
        planned = set(self._plan)
        for cursor in page.ahead or (page.next,):
            if cursor not in planned and cursor not in self._used:
                self._plan.append(cursor)

    def _end_incomplete(self, what: str) -> None:
        self._end(
            PaginationError(
                f"account {self.account!r} {what}; after {self._count} items the listing may be "
                "incomplete"
            )
        )

    def _end(self, error: PolyreelError) -> None:
        error.account = error.account or self.account
        if position := self.position:
            error.resume = encode({self.account: position})
        self.error = error


class Crawl(Generic[T]):
    """A listing across accounts, as a machine that wants jobs and gives pages.

    Args:
        walks: One for each account.
        limit: How many items the caller wants at most, or None.
        statuses: Which items the caller wants, or None for all.
    """

    def __init__(
        self, walks: Iterable[Walk[T]], limit: int | None, statuses: Collection[Status] | None
    ) -> None:
        self._walks = {walk.account: walk for walk in walks}
        self._left = limit
        self._statuses = statuses

    @property
    def finished(self) -> bool:
        """Nothing is left to take."""
        return self._left == 0 or all(walk.finished for walk in self._walks.values())

    @property
    def positions(self) -> dict[str, Position | None] | None:
        """Where each account stands at the end; None when the limit cut the listing before that."""
        if self._left == 0:
            return None
        return {walk.account: walk.position for walk in self._walks.values()}

    @property
    def errors(self) -> list[PolyreelError]:
        """Why accounts ended early, one error each."""
        return [walk.error for walk in self._walks.values() if walk.error]

    def wanted(self) -> list[Job]:
        """Give the jobs to start now; each is given once."""
        if self._left == 0:
            return []
        return [
            Job(walk.account, cursor)
            for walk in self._walks.values()
            for cursor in walk.wanted(self._useful_pages(walk))
        ]

    def arrived(self, job: Job, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one job; they may come in any order."""
        self._walks[job.account].arrived(job.cursor, outcome)

    def take(self) -> Delivery[T] | None:
        """Give a page that has come, cut to what the caller wants; None while there is none.

        An account's pages come in its order; pages of several accounts as they arrive.
        """
        for walk in self._walks.values():
            if self._left == 0:
                return None
            if delivery := walk.take():
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

    def _useful_pages(self, walk: Walk[T]) -> int:
        if self._left is None or self._statuses is not None:
            return 1_000_000
        return -(-self._left // walk.page_size)


class _Recent:
    """The latest ids, up to a number."""

    def __init__(self, size: int) -> None:
        self._order: deque[str] = deque()
        self._ids: set[str] = set()
        self._size = size

    def add(self, id: str) -> bool:
        """Remember an id, and tell whether it is new."""
        if id in self._ids:
            return False
        self._ids.add(id)
        self._order.append(id)
        if len(self._order) > self._size:
            self._ids.discard(self._order.popleft())
        return True
