"""Tells a list that grows at its end as fast as it is read from one that is long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from polyreel.models import Page

_SPARE = 1_000  # rows beyond twice the total that the first page said
_NEW_PAGES = 20  # in a row, with nothing but items that were made since the listing began


class Growth:
    """What a list was said to have when its reading began, held against what came.

    A listing owes what existed when it began. It ends early, as one that can't keep up, when

    * more than twice as many rows came as the first page said there are, and 1,000 more; or
    * its first page began and ended with items that were made before the listing began, and now twenty
      pages in a row do so with items that were made since.

    Where pages say neither a total nor times, nothing tells growth from length.

    Args:
        began: When the listing began, aware.
    """

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._total: int | None = None
        self._first = True
        self._older = False  # the first page has items that were made before
        self._newer = 0  # pages in a row with items that were made since

    def take(self, page: Page[Any]) -> None:
        """Take a page with new rows."""
        if self._first:
            self._total = page.total
        # Fields are found when they are asked for: its first and its last item tell enough of a page.
        ends = [item.created_at for item in (*page.items[:1], *page.items[-1:])]
        newer = [time > self._began for time in ends if time is not None]
        if self._first:
            self._older = bool(newer) and not any(newer)
        self._newer = self._newer + 1 if newer and all(newer) else 0
        self._first = False

    def outruns(self, rows: int) -> bool:
        """Tell whether the list grows as fast as it is read.

        Args:
            rows: How many different rows came.
        """
        if self._total and rows > 2 * self._total + _SPARE:
            return True
        return self._older and self._newer >= _NEW_PAGES
