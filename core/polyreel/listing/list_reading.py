"""What proves that nothing lies between two pages that share no row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from polyreel.listing.progress import Progress
from polyreel.listing.seen import SeenIds

MOST_PASSES = 5  # then the list changes faster than it can be read


class ListReading:
    """One reading of a list from its first page on, in which a page's place counts the rows before it.

    A page that shares a row with what was read needs no proof: nothing lies between the two. Any other
    page, which begins behind n rows, is behind all known rows or among them if at least n known rows
    existed when it was served; then nothing is missed. A row did exist at that time if it came before and
    comes again afterwards, since an id that was deleted does not come back. So a pass in which some pages
    share no row is proven by the next pass, in which its rows come again.

    Args:
        progress: What came so far; the first pass knows the rows that the listing knows.
        before: The pass before this one, which this one may prove.

    Attributes:
        slack: How many known rows may be missing in the next pass, so that this one is proven all the
            same; None while all pages share rows, negative if no pass can prove it.
    """

    def __init__(self, progress: Progress[Any], before: ListReading | None = None) -> None:
        self.slack: int | None = None
        self._progress = progress
        self._before = before
        self._own = None if before is None else SeenIds()
        self._rows = self._again = 0
        self._needed: int | None = None  # rows of the pass before that must come again to prove it
        if before is not None:
            provable = before.slack is not None and before.slack >= 0
            self._needed = before.rows - (before.slack or 0) if provable else None

    @property
    def rows(self) -> int:
        """How many different rows came in this pass."""
        return self._progress.rows if self._own is None else self._rows

    @property
    def first(self) -> bool:
        """No pass went before."""
        return self._before is None

    @property
    def proves(self) -> bool:
        """Enough rows of the pass before have come again, so nothing was missed in it."""
        return self._needed is not None and self._again >= self._needed

    @property
    def whole(self) -> bool:
        """Each page shared a row with what was read, so this pass needs no proof."""
        return self.slack is None

    def known(self, rows: Iterable[str]) -> list[bool]:
        """Tell of each row whether it came in this pass."""
        seen = self._progress.knows if self._own is None else self._own.__contains__
        return [seen(id) for id in rows]

    def take(self, start: int, rows: Sequence[str], *, linked: bool) -> None:
        """Take a page, before its new rows are remembered as delivered.

        Args:
            start: How many rows come before the page.
            rows: The ids of its rows; ``""`` for one that can't be read, each taken for another row.
            linked: It shares a row with what was read.
        """
        if start and not linked:
            spare = self.rows - start
            self.slack = spare if self.slack is None else min(spare, self.slack)
        if self._own is None or self._before is None:
            return
        for id in rows:
            if not id or self._own.add(id):
                self._rows += 1
                self._again += not id or self._before.known((id,))[0]
