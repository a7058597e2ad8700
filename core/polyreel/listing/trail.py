"""Where a list that is chained by cursors can be entered again, when one of them led nowhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from polyreel.listing.progress import Progress
from polyreel.listing.windows import Ask, first_page
from polyreel.models import Page

_PAGES = 100  # that can be read again
_ROWS = 2_000  # whose ids can be cursors again
_RESTARTS = 3  # from the first page on: one that changes meanwhile may break off again


class Trail:
    """What was read of such a list.

    Args:
        progress: What came so far.

    Attributes:
        pages: How the latest pages were asked for.
        given: The provider's own last id works as a cursor, the row's doesn't.
    """

    def __init__(self, progress: Progress[Any]) -> None:
        self.pages: deque[Ask] = deque(maxlen=_PAGES)
        self.given = False
        self._progress = progress
        self._rows: deque[str] = deque(maxlen=_ROWS)
        self._newest: Page[Any] | None = None  # the last page with new rows
        self._restarts = 0

    @property
    def last_row(self) -> str | None:
        """The last row that came, None before any."""
        return self._rows[-1] if self._rows else None

    @property
    def also(self) -> tuple[str, ...]:
        """Other cursors for what comes after the last page with new rows."""
        return self._newest.also if self._newest else ()

    def new(self, ask: Ask, page: Page[Any], *, recovering: bool) -> None:
        """Note a page with new rows; if another cursor had to be tried for it, keep to that kind."""
        if recovering and ask.cursor in self.also:
            self.given = True
        self._newest = page

    def add(self, ask: Ask, rows: tuple[str, ...], *, fresh: bool) -> None:
        """Add a page from which the listing goes on."""
        if fresh or not self.pages:
            self._rows.extend(filter(None, rows))
        self.pages.append(ask)

    def ways(self, ask: Ask, by: str | None) -> Iterator[Ask]:
        """Yield other ways to the page that was asked for, the cheapest first.

        Args:
            ask: How it was asked for, in vain.
            by: What cursors are, None while no page has come.
        """
        ids = tuple(dict.fromkeys((*reversed(self._rows), *self._progress.latest)))
        if self.given:
            yield self.pages[-1]
        elif by == "id" or (by is None and ask.cursor in ids):
            for cursor in self.also:
                yield Ask(cursor, ask.size)
            cut = 0
            following = self._newest.next if self._newest else None
            if following and ids[:1] != (following,):
                cut = max(0, len(ids[0]) - len(following)) if ids else 0
            place, step = 0, 1
            while place < len(ids):
                if ids[place][cut:] != ask.cursor:
                    yield Ask(ids[place][cut:], ask.size)
                place, step = (place + 1, step) if place < 2 else (place + step, 2 * step)
        elif self.pages and self.pages[-1].cursor is not None:
            yield self.pages[-1]
        if ask.cursor is not None and self._restarts < _RESTARTS:
            self._restarts += 1
            yield first_page(ask.size)
