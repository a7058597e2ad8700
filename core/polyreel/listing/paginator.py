"""One account's way through its pages: which to ask for, what is new in each, and when it ends.

No single signal of a provider is trusted: a paginator ends by what the items, their ids, the totals and
the promises say together. Does no I/O; :mod:`engine` leads several paginators at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Generic

from attrs import evolve, frozen

from polyreel.errors import InvalidRequest, NotFound, PaginationError, PolyreelError
from polyreel.listing.cursors import Position
from polyreel.models import Page, T

# Ids are remembered to drop items that come twice. Pages that shift while they are read overlap with
# their neighbours, so the latest ids are enough, and memory stays flat however long the listing; the
# first ones tell that a listing has begun again.
_LATEST = 10_000
_FIRST = 1_000
# In a row, each with a new cursor: nobody's honest paging.
_EMPTY_PAGES = 100
# In a row: one is usual (providers disagree on whether page 1 is the first or the second, so it may
# be the one that was read without a number), one more comes with every page's worth of new items
# that are put in front while the listing is read.
_REPEATED_PAGES = 3
_TRAIL = 100  # pages that can be read again
_VAIN_REREADS = 10  # in a row: then the totals that shrink don't speak of items deleted


@frozen(kw_only=True)
class Delivery(Generic[T]):
    """A page for the caller, and where its account stands before and after it."""

    account: str
    page: Page[T]
    before: Position
    after: Position | None


class Paginator(Generic[T]):
    """One account's way through its pages, in their order.

    Args:
        account: The account's name.
        start: Where to begin, and how many items to ask for per page.
        window: How many pages may be asked for, or wait to be taken, at the same time.

    Attributes:
        error: Why the paginator ended early, or None.
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
        self._trail: deque[str | None] = deque(maxlen=_TRAIL)
        self._rereads: set[str | None] = set()
        self._vain_rereads = 0
        self._largest = 1
        self._begun = False
        self._seen = _Seen(_FIRST, _LATEST)
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
            outcome = self._arrived[cursor]
            if not isinstance(outcome, PolyreelError) and self._go_back(outcome):
                continue
            del self._arrived[cursor]
            self._asked.discard(cursor)
            if isinstance(outcome, PolyreelError):
                self._fail(outcome)
                continue
            first = not self._begun
            if (items := self._step(outcome)) or first:
                page = evolve(outcome, items=items)
                return Delivery(account=self.account, page=page, before=before, after=self.position)
        return None

    def _fail(self, error: PolyreelError) -> None:
        # Some providers refuse the page after the last one: an end, not a failure.
        complete = self._total is not None and self._count >= self._total
        if isinstance(error, NotFound | InvalidRequest) and self._begun and complete:
            self._plan.clear()
        else:
            self._end(error)

    def _go_back(self, page: Page[T]) -> bool:
        """Plan to read earlier pages again when items were deleted since, and this page waits.

        As many items as were deleted have moved from the beginning of this page to the end of the
        one before it, or further; there they would never be seen.
        """
        known, self._total = self._total, page.total
        if known is None or page.total is None or page.total >= known:
            return False
        if self._vain_rereads >= _VAIN_REREADS:
            return False
        pages = min(-(-(known - page.total) // self._largest), len(self._trail))
        for _ in range(pages):
            back = self._trail.pop()
            self._plan.appendleft(back)
            self._rereads.add(back)
        self._vain_rereads += 1
        return pages > 0

    def _step(self, page: Page[T]) -> tuple[T, ...]:
        """Go past a page, and give what is new in it."""
        cursor = self._plan.popleft()
        self._trail.append(cursor)
        self._used.add(cursor)
        self._begun = True
        self._largest = max(self._largest, len(page.items))
        items = self._fresh(page)
        if items:
            self._repeats = self._empties = 0
        if cursor in self._rereads:
            self._rereads.discard(cursor)
            self._vain_rereads = 0 if items else self._vain_rereads
            return items
        self._repeats += bool(page.items and not items)
        self._empties += not page.items
        self._advance(page, fresh=bool(items))
        return items

    def _fresh(self, page: Page[T]) -> tuple[T, ...]:
        items = page.items
        if self._skip_to is not None:
            known = next((n for n, item in enumerate(items, 1) if item.id == self._skip_to), 0)
            for item in items[:known]:
                self._seen.add(item.id)
            items, self._skip_to = items[known:], None
        fresh = tuple(item for item in items if self._seen.add(item.id))
        if fresh:
            self._last_id = fresh[-1].id
            self._count += len(fresh)
        return fresh

    def _advance(self, page: Page[T], fresh: bool) -> None:
        """Decide what comes after a page.

        A total never ends a listing: some providers count the page instead of the whole.
        """
        if page.next is None:
            if page.more and not self._plan:
                self._end_incomplete("promises more items, but doesn't say where")
        elif self._repeats > _REPEATED_PAGES or (page.next in self._used and not self._plan):
            missing = page.total is not None and page.total > self._count
            if page.more or (page.more is None and (fresh or missing)):
                self._end_incomplete("promises more items, but goes in a circle")
            self._plan.clear()
        elif self._empties > _EMPTY_PAGES:
            self._end_incomplete("sends one empty page after another")
        else:
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
        self.error = error


class _Seen:
    """The ids that came, as far as they are remembered: the first ones and the latest."""

    def __init__(self, first: int, latest: int) -> None:
        self._ids: set[str] = set()
        self._order: deque[str] = deque()
        self._first = first
        self._latest = latest

    def add(self, id: str) -> bool:
        """Remember an id, and tell whether it is new."""
        if id in self._ids:
            return False
        self._ids.add(id)
        if len(self._ids) > self._first:
            self._order.append(id)
            if len(self._order) > self._latest:
                self._ids.discard(self._order.popleft())
        return True
