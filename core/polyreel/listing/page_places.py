"""Where the pages of a counted list stand: how large they are, and which number the first one has."""

from __future__ import annotations

from polyreel.listing.windows import Ask, Counted, behind

_BEYOND = 1000  # pages


class PagePlaces:
    """What was learned of a server's pages.

    Args:
        by: How the list is counted.
        first: The number of the first page, or None when it isn't known yet.
        size: How many rows are asked for.
        given: How many rows a page of an earlier listing had.

    Attributes:
        by: How the list is counted.
        first: The number of the first page, or None.
        size: The most rows that a page can have.
        overlap: Pages can be asked for in sizes that overlap.
        front: The rows of the first page.
    """

    def __init__(self, by: Counted, first: int | None, size: int, given: int) -> None:
        self.by = by
        self.first = first
        self.size = size
        self.overlap = True
        self.front: tuple[str, ...] = ()
        self._guessed = first is None
        self._margin = 1
        self._given = given  # the most rows that a page had

    def forget(self) -> None:
        """Forget the first page's number; it may have been misjudged if the list changed at that moment."""
        if self._guessed:
            self.first = None

    def start(self, ask: Ask) -> int:
        """Say how many rows come before a page, from its cursor."""
        if ask.cursor is None or not ask.cursor.isdecimal():
            return 0
        number = int(ask.cursor)
        return number if self.by == "offset" else (number - (self.first or 0)) * ask.size

    def behind(self, covered: int, *, overlap: bool = True) -> Ask:
        """Ask for the rows behind those that are known, with the last of these if pages overlap."""
        return behind(self.by, covered, self.size, self.first or 0, overlap=overlap)

    def short(self, ask: Ask, rows: tuple[str, ...]) -> bool:
        """Tell whether a page has fewer rows than the server gives when there are enough."""
        return len(rows) < min(ask.size, self._given)

    def after(self, covered: int) -> Ask:
        """Ask for the rows behind those that are known, and for as many of these as the margin says."""
        margin = self._margin if self.overlap else 1
        ask = self.behind(covered - margin + 1, overlap=self.overlap)
        while margin > 1 and ask.start + ask.size <= covered:
            margin //= 2  # pages are too small for so large a margin
            ask = self.behind(covered - margin + 1)
        return ask

    def before(self, ask: Ask, gaps: int) -> Ask:
        """Ask for an earlier page, the further in front the more pages in a row had no known row."""
        return self.behind(ask.start - max(1, self.size - 2) * 2 ** max(0, gaps - 1))

    def widen(self) -> None:
        """Let two pages share more rows: one was not enough, since rows have moved."""
        self._margin = min(max(4, 2 * self._margin), max(1, self.size // 2))

    def standing(self, ask: Ask) -> Ask:
        """Say where a page stands, with the size that the server gives it where another was asked for."""
        if self.by == "number":
            return ask if self.overlap else Ask(ask.cursor, self.size)
        return Ask(ask.cursor, min(ask.size, self._given or ask.size))

    def far_behind(self, ask: Ask) -> Ask:
        """Ask far beyond the end: a server that gives its last page there shows where the list ends."""
        number = int(ask.cursor or 0) + _BEYOND * (self.size if self.by == "offset" else 1)
        return Ask(str(number), ask.size, ask.start + _BEYOND * self.size)

    def learn(self, ask: Ask, rows: tuple[str, ...], covered: int) -> Ask:
        """Say where a page that came really stands.

        Args:
            ask: How it was asked for.
            rows: What came.
            covered: How many rows are known, from the first on.
        """
        self._given = max(self._given, len(rows))
        if not ask.start:
            self.front = rows
            if len(rows) > self.size or 0 < len(rows) < min(ask.size, self.size):
                self.size = len(rows)
            return Ask(None, min(ask.size, self.size), 0)
        if self.by == "offset":
            return ask
        ignored = len(rows) > ask.size  # it doesn't heed the size that it is asked for
        if self.first is None:
            moved = self._moved(rows)
            if moved is not None and moved <= 0:  # that a second page moved so far is a flood
                self.first = 1
                ask = Ask(ask.cursor, ask.size, ask.start - ask.size)
            elif (
                moved is not None or not self.front or (rows and (ignored or ask.start >= covered))
            ):
                self.first = 0
        if ignored and ask.cursor:
            self.overlap, self.size = False, max(len(rows), len(self.front))
            ask = Ask(ask.cursor, self.size, (int(ask.cursor) - (self.first or 0)) * self.size)
        return ask

    def _moved(self, rows: tuple[str, ...]) -> int | None:
        """Say how far into the first page a page begins, by a row that both have."""
        shared = next((n for n, id in enumerate(rows) if id in self.front), None)
        return None if shared is None else self.front.index(rows[shared]) - shared
