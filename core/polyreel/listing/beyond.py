"""Judges what a server gives far beyond the end of a counted list, where a page came again at the end."""

from __future__ import annotations

from typing import Any, Literal

from polyreel.listing.course import USUAL_SIZES
from polyreel.listing.progress import rows_of
from polyreel.listing.windows import Ask
from polyreel.models import Page

Verdict = Literal["moved", "promised", "compare", "ignored", "end"]


class Beyond:
    """Tells a server that gives its last page beyond the end from one that ignores which page is asked for.

    Attributes:
        ask: The page that is asked for: one far beyond the end, or the first for comparison.
    """

    def __init__(self) -> None:
        self.ask: Ask | None = None
        self._came: frozenset[str] | None = None

    def judge(
        self, page: Page[Any], last: tuple[str, ...], *, start: int, known: int, size: int
    ) -> Verdict:
        """Judge a page that was asked for.

        Args:
            page: What came.
            last: The rows of the page that came again.
            start: How many rows come before that page.
            known: How many different rows came.
            size: How many rows pages are asked for with.

        Returns:
            ``moved``: the list goes on. ``promised``: there are more rows than could be had.
            ``compare``: the first page is to be asked for, too. ``ignored``: any page is the first.
            ``end``: the last page came, or the only one.
        """
        rows = rows_of(page)
        self.ask, earlier, self._came = None, self._came, None
        whole = len(rows) >= size or len(rows) in USUAL_SIZES  # there may be more than this page
        if earlier is not None:
            only = page.total is not None and page.total <= len(rows)
            return "end" if only or not whole or earlier.isdisjoint(rows) else "ignored"
        if rows[-1:] != last[-1:]:
            return "moved"
        if page.more or (page.total or 0) > start + len(rows):
            return "promised"
        if known > len(rows):
            self._came = frozenset(rows)
            return "compare"
        return "ignored" if whole else "end"
