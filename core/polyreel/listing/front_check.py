"""Notices rows that moved in a list whose tokens don't say what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from polyreel.listing.progress import rows_of
from polyreel.listing.token_texts import texts
from polyreel.models import Page

_TIME = re.compile(r"\d{4}-\d\d-\d\d|\d{10}")


class FrontCheck:
    """Compares the first page with itself, asked for once more at the end.

    A token that holds the id or the time of a row names that row. Any other may be an offset that nobody
    can read. Rows that were deleted in front then let others move to where no page is asked for again.
    The first page shows it, for one request more; then the list is read again, as long as that
    brings rows between known ones, which only offsets pass over.

    Attributes:
        opaque: Nothing that came shows what tokens stand for.
        passed_over: Rows came between known ones, in a list that is read again.
    """

    def __init__(self) -> None:
        self._front: tuple[str, ...] | None = None
        self._newest: datetime | None = None
        self._before: frozenset[str] = frozenset()  # the rows of the page before
        self._pages = 0
        self.opaque = True
        self._known = self._unknown = False
        self.passed_over = False

    @property
    def due(self) -> bool:
        """The first page is to be asked for once more."""
        return self.opaque and self._pages > 1

    def take(self, page: Page[Any], rows: Sequence[str], knows: Callable[[str], bool]) -> None:
        """Take a page of the list.

        Args:
            page: The page.
            rows: The ids of its rows.
            knows: Tells whether a row came before.
        """
        if self._front is None:
            self._front = tuple(rows)
            self._newest = page.items[0].created_at if page.items else None
        self._pages += 1
        if page.by != "cursor" or page.total is not None:
            self.opaque = False
        if not self.opaque:
            return
        if page.next is not None:
            self.opaque = not any(
                _TIME.search(text) or any(id and id in text for id in rows)
                for text in texts(page.next)
            )
        repeated, self._before = self._before, frozenset(rows)
        for one in [knows(id) for id in rows if id not in repeated]:
            self.passed_over = self.passed_over or (one and self._unknown)
            self._unknown = self._known and (self._unknown or not one)
            self._known = self._known or one

    def begin_again(self) -> None:
        """Begin another pass from the first page on."""
        self._front, self._before, self._pages = None, frozenset(), 0
        self._known = self._unknown = self.passed_over = False

    def moved(self, page: Page[Any]) -> bool:
        """Tell whether the first page shows, as it is now, that rows have moved up."""
        rows = rows_of(page)
        before = self._front or ()
        left = [place for place, id in enumerate(before) if id in rows]
        if not left:  # all may be newer
            made, newest = page.items[0].created_at if page.items else None, self._newest
            return made is None or newest is None or made <= newest
        gone = len(left) <= left[-1]  # a row in front of one that is left
        return gone or rows.index(before[left[-1]]) < len(rows) - 1
