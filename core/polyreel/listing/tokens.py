"""Tells a token or URL that counts rows or pages from one that names a row."""

from __future__ import annotations

import re
from typing import Any, Literal

from polyreel.listing.front_check import FrontCheck
from polyreel.listing.idle_requests import IdleRequests
from polyreel.listing.list_reading import MOST_PASSES, ListReading
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.token_texts import texts
from polyreel.models import Page

_WORDS = "offset|skip|start|from|position|pos|page|p|token|tok|t|cursor|next|index|idx|n"
_NUMBERS = re.compile(rf"(?<![0-9A-Za-z])(?:{_WORDS})?(\d{{1,9}})(?![0-9A-Za-z])")


class TokenProof:
    """Proves that nothing was missed in a list whose tokens stand for places.

    A token that holds how many rows, or pages, come before its page, as it is or in Base64, stands for a
    place, from which rows move when others are put in front or deleted. One that names a row or a time
    stays where it is, and needs no proof: then nothing is done here.

    Args:
        progress: What came so far.

    Attributes:
        passes: How many times the list was begun.
        check: Notices rows that moved where tokens don't say what they stand for.
    """

    def __init__(self, progress: Progress[Any]) -> None:
        self.passes = 1
        self._progress = progress
        self.check = FrontCheck()
        self._pass = ListReading(progress)
        self._pace = IdleRequests()
        self._ways = frozenset({"rows", "pages", "the next page's number"})
        self._seen = self._strayed = self._vain = False
        self._chained = True  # each page led to the next one so far
        self._pages = self._rows = 0  # in front of the next page
        self._largest = 0  # rows of a page

    @property
    def done(self) -> bool:
        """The pass before this one is proven."""
        return self._pass.proves

    @property
    def possible(self) -> bool:
        """Another pass may prove it."""
        return self.passes < MOST_PASSES

    def next_step(self) -> Literal["end", "look", "again", "fail"]:
        """Say what is to be done behind the last page of a pass.

        Returns:
            Whether to end the listing, to look at the first page once more (:class:`FrontCheck`), to read
            the list again, or to give up since it changes too fast.
        """
        if self.counts:
            unproven = not self._pass.whole and not self._progress.resumed
        elif self._progress.follows or not self.check.due:
            return "end"
        elif self.passes == 1:
            return "look"
        else:
            unproven = self.check.passed_over
        if not unproven:
            return "end"
        return "again" if self.possible else "fail"

    def take(self, page: Page[Any], rows: tuple[str, ...]) -> None:
        """Take a page of the chain, before its new rows are remembered as delivered."""
        self._pace.read += 1
        self.check.take(page, rows, self._progress.knows)
        if not self._ways or page.by != "cursor":
            return
        if page.next is not None and not self._strayed:
            self._largest = max(self._largest, len(rows))
            self._see(page.next, {self._rows + len(rows), self._rows + self._largest})
        if self.counts:
            linked = self._strayed or any(self._pass.known(rows))
            self._pass.take(self._rows, rows, linked=linked)
            self._pages += 1
            self._rows += len(rows)

    def stray(self) -> None:
        """Take pages that are no longer chained, so that only another pass can prove that all came."""
        self._chained = False
        if self.counts:
            self._strayed, self._pass.slack = True, -1

    def begin_again(self, *, anew: bool = False) -> None:
        """Begin another pass from the first page on; with ``anew`` the one before it proves nothing."""
        self._pass = ListReading(self._progress, None if anew else self._pass)
        self.check.begin_again()
        self.passes += 1
        self._pages = self._rows = 0
        self._strayed = self._vain = False
        self._pace.begin_again()

    def judge(self) -> None:
        """Say whether something may be missing between pages, when a page's new rows are remembered."""
        self._progress.logs_all = self.check.opaque and not self._progress.resumed
        if self.counts:
            self._progress.doubt()
        elif self.passes == 1 and self._seen and self._chained:
            self._progress.trust()

    def told(self, total: int | None) -> int:
        """Note the total that a page says, and return the least that any said, 0 if none did."""
        self._pace.told(total)
        return self._pace.total

    @property
    def look_is_due(self) -> bool:
        """The first page is to be read once more: rows were put in front, or it is time to see."""
        if not self.counts or self._pages < 2 or self._progress.resumed:
            return False
        moved = self._pass.rows < self._rows and not (self._strayed or self._vain)
        return moved or self._pace.look_is_due

    def looked(self, page: Page[Any]) -> None:
        """Take the first page once more, before its new rows are remembered as delivered."""
        rows = rows_of(page)
        linked = any(self._pass.known(rows))
        self._pace.looked(linked=linked)
        self._pass.take(0, rows, linked=linked)

    def vain_look(self) -> None:
        """Take the first page once more, when it shows nothing: it isn't asked for again in this pass."""
        self._pace.looked(linked=True)
        self._vain = True

    def too_fast(self, size: int) -> bool:
        """Tell whether such a list changes faster than it can be read."""
        return self.counts and self._pace.too_fast(self._progress.rows, size)

    @property
    def counts(self) -> bool:
        """Tokens stand for places: behind the last row there is one, too, whose page is empty."""
        return self._seen and bool(self._ways)

    def _see(self, token: str, rows: set[int]) -> None:
        """Look whether a token still counts as those before did.

        Args:
            token: The token of the next page.
            rows: How many rows come before that page; behind a page that isn't full some servers count
                one that is.
        """
        self._seen = True
        numbers = {int(number) for text in texts(token) for number in _NUMBERS.findall(text)}
        pages = self._pages + 1
        meant = {"rows": rows, "pages": {pages}, "the next page's number": {pages + 1}}
        self._ways = frozenset(way for way in self._ways if meant[way] & numbers)


def is_offset(token: str | None, before: str | None, rows: int) -> bool:
    """Tell whether a token is nothing but the number of rows before its page.

    Args:
        token: The token of the next page.
        before: The token of the page before it, or None for the first page.
        rows: How many rows that page has; with one or two the token may be a page's number.
    """
    if token is None or not token.isdecimal() or not (before or "0").isdecimal():
        return False
    return rows > 2 and int(token) == int(before or 0) + rows
