"""What one source's listing has delivered, and what is new on a page."""

from __future__ import annotations

from collections import deque
from typing import Generic

from polyreel.listing.cursors import KEPT_IDS, Position
from polyreel.listing.seen import SeenIds
from polyreel.listing.windows import Ask
from polyreel.models import Page, T


def rows_of(page: Page[T]) -> tuple[str, ...]:
    """Return the ids of all rows of a page, ``""`` for one that can't be read."""
    return page.rows or tuple(item.id for item in page.items)


class Progress(Generic[T]):
    """What was delivered, of this listing and of the one that it goes on with.

    Args:
        start: Where the listing begins.

    Attributes:
        count: How many items came, including those of the listing that this one goes on with.
        rows: How many different rows came in this listing, also those that are no items.
        looking: The place where the earlier listing stopped hasn't been found yet.
        resumed: There is an earlier listing.
    """

    def __init__(self, start: Position) -> None:
        self.count = start.count
        self.rows = 0
        self.first = start.first
        self.resumed = self.looking = bool(start.after)
        self._seen = SeenIds()
        self._latest = deque(reversed(start.after), maxlen=KEPT_IDS)
        for id in start.after:
            self._seen.add(id)

    @property
    def latest(self) -> tuple[str, ...]:
        """The ids of the last items that came, the latest one first."""
        return tuple(reversed(self._latest))

    def knows(self, id: str) -> bool:
        """Tell whether a row came before."""
        return id in self._seen

    def find(self, page: Page[T]) -> bool:
        """Look for the place where the earlier listing stopped, and pass over the rows up to it."""
        rows = rows_of(page)
        place = next((rows.index(id) + 1 for id in self.latest if id in rows), 0)
        if place:
            self.looking = False
            self._pass(rows[:place])
        return place > 0

    def skip(self, page: Page[T], rows: int | None = None) -> None:
        """Pass over the rows of a page, or so many of them, that lie before that place."""
        self._pass(rows_of(page)[:rows])

    def fresh(self, page: Page[T], *, behind: bool = True) -> tuple[T, ...]:
        """Return the items of a page that are new, and remember all of its rows.

        Args:
            page: The page.
            behind: It is behind all that came; a listing goes on after the last item of such a page.
        """
        add, items = self._seen.add, page.items
        if not self._seen.add_all([item.id for item in items]):
            items = tuple(item for item in items if add(item.id))
        self.rows += len(items)
        if len(page.rows) > len(page.items):
            self.rows += sum(not id or add(id) for id in page.rows)
        if behind:
            self._latest.extend(item.id for item in items[-KEPT_IDS:])
        self.count += len(items)
        return items

    def position(self, ask: Ask) -> Position:
        """Say where the listing goes on, when that page is the next one."""
        return Position(
            cursor=ask.cursor,
            after=self.latest,
            count=self.count,
            page_size=ask.size,
            first=self.first,
        )

    def _pass(self, rows: tuple[str, ...]) -> None:
        for id in rows:
            if id:
                self._seen.add(id)
