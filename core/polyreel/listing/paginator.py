"""One source's way through its pages: which to ask for, what is new in each, and when it ends.

No single signal of a provider is trusted: a listing ends by what the rows, their ids, the totals and the
promises say together. Does no I/O; :mod:`engine` leads several paginators at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Generic

from attrs import evolve, frozen

from polyreel.errors import PolyreelError
from polyreel.listing.counted_pages import CountedPages
from polyreel.listing.course import Course
from polyreel.listing.cursor_pages import CursorPages
from polyreel.listing.cursors import Position
from polyreel.listing.delivered import Delivered
from polyreel.listing.growth import Growth
from polyreel.listing.other_means import Means, OtherMeans
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.tokens import is_offset
from polyreel.listing.windows import Ask, first_page
from polyreel.models import Page, T


@frozen(kw_only=True)
class Delivery(Generic[T]):
    """A page for the caller, and where its account stands before and after it.

    Attributes:
        again: The page had been read before: its items were missed then, or are newer.
    """

    account: str
    page: Page[T]
    before: Position
    after: Position | None
    again: bool = False


class Paginator(Generic[T]):
    """One source's way through its pages, in their order.

    Args:
        account: The account's name.
        start: Where to begin.
        page_size: How many items to ask for per page.
        window: How many pages may be asked for, or wait to be taken, at the same time.
        means: What else the list can be asked for, when its pages can't be had one after the other.
        began: When the listing began, aware.
    """

    def __init__(
        self,
        account: str,
        start: Position,
        page_size: int,
        window: int,
        means: Means,
        began: datetime,
    ) -> None:
        self.account = account
        self._page_size = page_size
        self._window = window
        ask = Ask(start.cursor, start.page_size or page_size)
        if 2 * ask.size <= page_size and (ask.cursor is None or start.first is not None):
            ask = first_page(page_size)  # costs less than to go on in small pages
        self._progress: Progress[T] = Progress(start, middle=ask.cursor is not None)
        self._course: Course[T] = CursorPages(account, self._progress, ask, Growth(began))
        self._means = means
        self._asked: set[Ask] = set()
        self._arrived: dict[Ask, Page[T] | PolyreelError] = {}
        self._dropped: set[Ask] = set()  # on their way, but no longer wanted
        self._begun = False

    @property
    def error(self) -> PolyreelError | None:
        """Why the listing ended early, or None."""
        return self._course.error

    @property
    def finished(self) -> bool:
        """No page is left to take."""
        return not self._course.queue

    @property
    def position(self) -> Position | None:
        """Where to go on, or None at the end."""
        ask = self._course.ahead
        return None if ask is None else self._progress.position(self._course.standing(ask))

    def stop(self) -> bool:
        """Leave out the rest of the list, and tell whether what came is whole; else it is read again."""
        stopped = self._course.stop()
        self._forget()
        return stopped

    def wanted(self, pages: int) -> Iterator[Ask]:
        """Yield the pages to ask for now, each once; no more ahead than the caller can use."""
        room = self._window - len(self._dropped)
        for ask in list(islice(self._course.queue, max(0, min(pages, room)))):
            if ask not in self._asked:
                self._asked.add(ask)
                yield ask

    def arrived(self, ask: Ask, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one page that was asked for; they may come in any order."""
        if ask in self._asked:
            self._arrived[ask] = outcome
        self._dropped.discard(ask)

    def take(self) -> Delivery[T] | None:
        """Return the next page in order with only what is new in it, or None while there is none.

        Sets ``error`` when the page could not be had, or the pages don't add up.
        """
        while self._course.queue and self._course.queue[0] in self._arrived:
            ask = self._course.queue[0]
            before = self._progress.position(ask)
            outcome = self._arrived.pop(ask)
            self._asked.discard(ask)
            if isinstance(outcome, Page):
                self._choose(ask, outcome)
            first, self._begun = not self._begun, True
            items = self._course.read(self._course.queue[0], outcome)
            if isinstance(self._course, CursorPages) and self._course.unheeded:
                self._course = OtherMeans(
                    self.account, self._progress, *self._course.unheeded, self._means
                )
            if not self._asked.issubset(self._course.queue):
                self._forget()
            if isinstance(outcome, Page) and (items or first):
                page = outcome if items is outcome.items else evolve(outcome, items=items)
                if before.known is None and self._progress.doubted_since == before.count:
                    before = evolve(before, cursor=None, known=Delivered())  # this page is in doubt
                before = evolve(before, page_size=self._course.standing(ask).size)
                return Delivery(
                    account=self.account,
                    page=page,
                    before=before,
                    after=self.position,
                    again=self._course.again,
                )
        return None

    def _choose(self, ask: Ask, page: Page[T]) -> None:
        """Go the way that fits the list, which the first page shows."""
        counts = page.by in {"offset", "number"}
        if page.by == "cursor":
            counted = self._progress.first is not None  # as an earlier listing found
            counts = counted or is_offset(page.next, ask.cursor, len(rows_of(page)))
        if counts and not self._begun:
            self._course = CountedPages(self.account, self._progress, ask, page, self._page_size)

    def _forget(self) -> None:
        """Drop pages that are no longer wanted; their outcomes are ignored when they come."""
        unwanted = self._asked.difference(self._course.queue)
        self._asked -= unwanted
        self._dropped |= unwanted.difference(self._arrived)
        for ask in unwanted.intersection(self._arrived):
            del self._arrived[ask]
