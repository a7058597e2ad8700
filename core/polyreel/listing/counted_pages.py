"""The way through a list that is counted, by rows (offset) or by pages (number)."""

from __future__ import annotations

from polyreel.errors import InvalidRequest, NotFound, PolyreelError
from polyreel.listing.course import Course, Tail
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.windows import Ask, Counted, behind
from polyreel.models import Page, T

_AHEAD = 64  # pages planned beyond the one that is read
_VAIN = 30  # pages in a row that lead no further: then the list changes faster than it can be read


class CountedPages(Course[T]):
    """The pages of a list in which a row's place is its number.

    Rows move while the list is read: what is put in front pushes them on, what is deleted lets them move
    up. Each page is asked for so that it holds a row that is known; when it does, nothing lies between
    the two, whichever was served first. When it doesn't, earlier pages are read again until one does.

    ::

        read ─ holds a known row ──────────────→ its new rows are delivered ─→ the next one
         ↑   ├ no known row, or nothing ───────→ an earlier page ──────────────────┐
         │   └ known rows, and none behind ───→ the end                            │
         └─────────────────────────────────────────────────────────────────────────┘

    When the total is known, the pages up to it are asked for at the same time, until one has no known row.
    Where pages can't overlap, because their size can't be chosen, the page before is read once more
    instead: as long as it ends with the same row, nothing has moved.
    """

    def __init__(
        self, account: str, progress: Progress[T], ask: Ask, page: Page[T], page_size: int
    ) -> None:
        self._by: Counted = "offset" if page.by == "offset" else "number"
        self._first = page.first if page.first is not None else progress.first
        super().__init__(account, progress, Ask(ask.cursor, ask.size, self._start(ask)))
        self._asked_size = self._size = page_size  # the most rows that a page can have
        self._read_last = self.here
        self._overlap = True
        self._margin = 1  # rows that two pages share, when nothing moves
        self._tail = Tail()
        self._ahead = True
        self._covered = 0  # rows up to the end of the page that was read last
        self._front: tuple[str, ...] = ()  # the rows of the first page
        self._last: str | None = None  # the last row of the page that was read last
        self._rows: tuple[str, ...] = ()  # the page that was read last
        self._strange: tuple[str, ...] | None = None  # a page that should have held a known row
        self._checking: tuple[str | None, int, str | None] | None = None
        self._full = self._short = False
        self._vain = self._gaps = self._read = self._furthest = 0
        self._shaken = False  # rows moved where pages can't overlap
        self._ignored = False  # sizes that are asked for aren't heeded
        self._total: int | None = None
        self._least_total: int | None = None
        self._total_changed = False

    @property
    def ahead(self) -> Ask | None:
        """The page with which the listing goes on, or None at its end: one with a row that is known."""
        ask = super().ahead
        if ask is not None and ask.start and ask.start >= self._covered > 0:
            return self._read_last
        return ask

    def read(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """Read the first page of the queue: give what is new, and say in the queue what comes next."""
        self.queue.popleft()
        if isinstance(outcome, NotFound | InvalidRequest) and ask.start and self._read:
            outcome = Page(items=(), total=self._total)  # some refuse the page after the last one
        elif isinstance(outcome, PolyreelError):
            self.fail(outcome, ask)
            return ()
        self._read += 1
        self._read_last = ask
        if outcome.total is not None:
            self._least_total = min(outcome.total, self._least_total or outcome.total)
        self._total_changed = self._total_changed or self._total not in (None, outcome.total)
        self._total = outcome.total
        rows = rows_of(outcome)
        ask = self._placed(ask, rows)
        if self.progress.looking and not self.progress.find(outcome):
            self._look_on(ask, outcome)
            return ()
        known = [self.progress.knows(id) for id in rows]
        if rows and ask.start and self._first is None and self._by == "number":
            known = [False] * len(rows)  # nobody knows where the page stands
        if ask.start and not any(known) and (ask.start < self._covered or not rows):
            if ask.start < self._covered:
                self._go_back(ask, outcome)
            else:
                self._finish(ask, outcome, proven=False)
            return ()
        if self.progress.resumed and any(known):
            self.progress.skip(outcome, known.index(True))  # they came in the earlier listing
        items = self.progress.fresh(outcome)
        leads_on = (
            bool(known) and not known[-1] and (any(known) or self._read == 1 or ask.start > 0)
        )
        self._score(ask.start + len(rows), leads_on=leads_on)
        self._go_on(ask, outcome, fresh=not all(known), linked=any(known))
        return items

    def _go_on(self, ask: Ask, page: Page[T], *, fresh: bool, linked: bool) -> None:
        """Say what comes after a page whose new rows were delivered."""
        rows = rows_of(page)
        reach, short = ask.start + len(rows), len(rows) < ask.size
        if fresh:
            self._short = short or self._size < self._asked_size
        again, self._rows = rows == self._rows and ask.start >= self._covered, rows
        self._full = self._full or (len(rows) == ask.size and self._read == 1)
        before, self._last = self._last, rows[-1] if rows else None
        if self._checked(ask, before, reach, linked=linked):
            return
        self._covered = reach
        if self._vain > _VAIN or self._grows():
            self.incomplete("changes its list faster than it can be read", ask)
        elif not rows or page.more is False or (not fresh and (short or again)):
            self._finish(ask, page, proven=bool(rows) and not fresh)
        elif short and self._full and page.total == reach and not page.more:
            self.end()  # a page that isn't full ends just where the total does
        elif fresh and not page.more and self._tail.reached(len(rows), ask.size):
            self.end()
        else:
            self._plan(page)

    def _checked(self, ask: Ask, before: str | None, reach: int, *, linked: bool) -> bool:
        """Read the page before once more, where a page couldn't overlap with it."""
        if self._checking is not None:
            expected, place, last = self._checking
            self._checking = None
            if self._last == expected:
                self._covered, self._last = place, last
            else:
                # Rows have moved: again from the first page on, and what came since proves nothing.
                self._covered, self._last, self._shaken = 0, None, True
            self._plan(Page(items=()))
            return True
        # It begins behind the page before, and has no row that shows that nothing lies between them.
        alone = ask.start >= self._covered > 0 and not (linked and not self._shaken)
        sure = self._ignored and self._total is not None and not self._total_changed
        if not alone or sure or before is None:
            return False
        self._checking = before, reach, self._last
        self.queue.clear()
        back = max(0, ask.start - ask.size)
        self.queue.append(behind(self._by, back, ask.size, self._base, overlap=False))
        return True

    def _plan(self, page: Page[T]) -> None:
        """Ask for the next page, and for those after it if the total says that there are any."""
        if self.queue and self.queue[0].start < self._covered:
            return
        self.queue.clear()
        given = int(page.next) if self._by == "offset" and page.next else 0
        if given > self._covered:  # the provider leaves rows out after counting them
            self._covered = given
            self.queue.append(Ask(page.next, self._size, given))
            return
        margin = self._margin if self._overlap else 1
        ask = behind(
            self._by, self._covered - margin + 1, self._size, self._base, overlap=self._overlap
        )
        while (
            margin > 1 and ask.start + ask.size <= self._covered
        ):  # too small for so large a margin
            margin //= 2
            ask = behind(self._by, self._covered - margin + 1, self._size, self._base)
        self.queue.append(ask)
        if self._by == "number" and self._first is None and (page.total or 0) < 20 * self._size:
            return  # it pays to wait for what page 1 is
        while self._ahead and len(self.queue) < _AHEAD and ask.start + ask.size < (page.total or 0):
            reach = ask.start + ask.size
            ask = behind(self._by, reach, self._size, self._base, overlap=self._overlap)
            self.queue.append(ask)

    def _go_back(self, ask: Ask, page: Page[T]) -> None:
        """Ask for an earlier page: this one should hold a row that is known, and doesn't."""
        self._ahead = False
        self._gaps += 1
        self._vain += 1
        self._margin = min(max(4, 2 * self._margin), max(1, self._size // 2))
        self.queue.clear()
        # Not all rows of an earlier listing are known.
        self.progress.looking = self.progress.resumed
        rows, again = rows_of(page), self._strange
        self._strange = rows
        promised = page.total is not None and page.total > ask.start
        if rows == again and self._by == "number":
            # Nothing has moved, so pages don't begin where their size says.
            self._overlap = False
            self._plan(Page(items=()))
        elif self._vain > _VAIN:
            self.incomplete("changes its list faster than it can be read", ask)
        elif self._gaps > 4 and not rows:
            what = f"says that there are {page.total} items" if promised else "showed more before"
            self.incomplete(f"{what}, but gives no more", ask)
        else:
            back = ask.start - (self._size - 2) * 2 ** max(0, self._gaps - 1)
            self.queue.append(behind(self._by, back, self._size, self._base))

    def _finish(self, ask: Ask, page: Page[T], *, proven: bool) -> None:
        """End the listing, if nothing contradicts it.

        A total that is too high is forgiven when the list shows its end: its last page isn't full, and
        asked again from its last row it gives that row and nothing behind it.
        """
        self.queue.clear()
        total, reach = page.total, ask.start + len(rows_of(page))
        if page.more:
            self.incomplete("promises more items, but gives none", ask)
        elif (
            total is not None
            and total > reach
            and page.more is None
            and not (proven and self._short)
        ):
            self.incomplete(f"says that there are {total} items, but gives no more", ask)
        elif self.progress.looking:
            self._lost(ask)
        else:
            self.end()

    def _look_on(self, ask: Ask, page: Page[T]) -> None:
        """Look further for the place where an earlier listing stopped: first back, then on."""
        self.queue.clear()
        rows = rows_of(page)
        self._vain += 1
        if ask.start and not self._covered:
            self._gaps += 1
            back = ask.start - (self._size - 2) * 2 ** (self._gaps - 1)
            self.queue.append(behind(self._by, back, self._size, self._base))
        elif ask.start + len(rows) > self._covered:
            self.progress.skip(page)
            self._covered = ask.start + len(rows)
            self.queue.append(behind(self._by, self._covered, self._size, self._base))
        else:
            self._lost(ask)

    def _lost(self, ask: Ask) -> None:
        what = "has none of the items any more after which this listing was to go on; list it anew"
        self.incomplete(what, ask)

    def _placed(self, ask: Ask, rows: tuple[str, ...]) -> Ask:
        """Say where a page really stands, and learn how large pages are and which number is the first."""
        if not ask.start:
            self._front = rows
            if len(rows) > self._size or 0 < len(rows) < min(ask.size, self._size):
                self._size = len(rows)
            return Ask(None, min(ask.size, self._size), 0)
        if self._by == "offset":
            return ask
        ignored = len(rows) > ask.size  # it doesn't heed the size that it is asked for
        if self._first is None:
            moved = self._moved(rows)
            if moved is not None and moved < ask.start / 2:
                self._first = 1
                self.queue.clear()  # they were asked for as if the first page were page 0
                ask = Ask(ask.cursor, ask.size, ask.start - ask.size)
            elif (
                moved is not None
                or not self._front
                or (rows and (ignored or ask.start >= self._covered))
            ):
                self._first = 0
            self.progress.first = self._first
        if ignored and ask.cursor:
            self._overlap, self._ignored, self._size = False, True, len(rows)
            ask = Ask(ask.cursor, len(rows), (int(ask.cursor) - self._base) * len(rows))
        return ask

    def _moved(self, rows: tuple[str, ...]) -> int | None:
        """Say how far into the first page a page begins, by a row that both have."""
        shared = next((n for n, id in enumerate(rows) if id in self._front), None)
        return None if shared is None else self._front.index(rows[shared]) - shared

    @property
    def _base(self) -> int:
        return self._first or 0

    def _start(self, ask: Ask) -> int:
        if ask.cursor is None or not ask.cursor.isdecimal():
            return 0
        return (
            int(ask.cursor) if self._by == "offset" else (int(ask.cursor) - self._base) * ask.size
        )

    def _score(self, reach: int, *, leads_on: bool) -> None:
        """Count the pages that lead no further against those that do."""
        if leads_on and reach > self._furthest:
            self._vain = 0
        else:
            self._vain = max(0, self._vain - 1) if leads_on else self._vain + 1
        self._gaps = 0 if leads_on else self._gaps
        self._furthest = max(self._furthest, reach)

    def _grows(self) -> bool:
        """Tell whether the list grows without end: far beyond what it was said to have."""
        rows, total = self.progress.rows, self._least_total or 0
        if self._read > 60 + 6 * max(rows, total) // self._size:
            return True
        return total > self._size and rows > 3 * total + 1000
