"""Tells a list that changes faster than it can be read from one that takes a while."""

from __future__ import annotations

_VAIN = 30  # pages in a row that lead no further
_BACKS = 100  # times that pages in front had to be read again; more for longer lists
_FIRST_LOOK = 16  # requests, and again after twice as many: whether the front moves away
_FLOODS = 3  # such looks in a row that find nothing but new rows


class IdleRequests:
    """Counts the requests that lead no further against those that do.

    Attributes:
        read: How many pages were read.
        vain: How many pages led no further, less those that did.
        gaps: How many in a row had no known row.
        total: The least total that the provider said, or 0.
    """

    def __init__(self) -> None:
        self.total = 0
        self.read = self.vain = self.gaps = 0
        self._backs = self._furthest = self._floods = 0
        self._next_look = _FIRST_LOOK

    def told(self, total: int | None) -> None:
        """Note the total that a page says, if it does."""
        if total is not None:
            self.total = min(total, self.total or total)

    def begin_again(self) -> None:
        """Begin another pass through the list."""
        self._furthest = self.vain = self.gaps = 0

    def score(self, reach: int, *, leads_on: bool) -> None:
        """Count a page that was taken.

        Args:
            reach: How many rows come before its end.
            leads_on: It has new rows behind known ones.
        """
        if leads_on and reach > self._furthest:
            self.vain = 0
        else:
            self.vain = max(0, self.vain - 1) if leads_on else self.vain + 1
        self.gaps = 0 if leads_on else self.gaps
        self._furthest = max(self._furthest, reach)

    def went_back(self) -> None:
        """Count a page that should have held a known row."""
        self.gaps += 1
        self.vain += 1
        self._backs += 1

    @property
    def look_is_due(self) -> bool:
        """It is time to see whether the front moves away: pages that share no row don't show it."""
        return self.read >= self._next_look

    def looked(self, *, linked: bool) -> None:
        """Count a look at the front; it is a flood if again and again no row of it is known."""
        if self.look_is_due:
            self._next_look = 2 * self.read
            self._floods = 0 if linked else self._floods + 1

    @property
    def in_vain(self) -> bool:
        """Too many pages in a row led no further."""
        return self.vain > _VAIN

    def too_fast(self, rows: int, size: int) -> bool:
        """Tell whether the list changes faster than it can be read.

        Args:
            rows: How many different rows came.
            size: The most rows that a page can have.
        """
        total = self.total
        return (
            self.in_vain
            or self._floods >= _FLOODS
            or self.read > 60 + 10 * max(rows, total) // size
            or self._backs > _BACKS + 3 * max(self._furthest, total) // size
            or (total > size and rows > 3 * total + 1000)  # far beyond what it was said to have
        )
