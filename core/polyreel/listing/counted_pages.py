"""The way through a list that is counted, by rows (offset) or by pages (number)."""

from __future__ import annotations

from attrs import evolve

from polyreel.errors import InvalidRequest, NotFound, PolyreelError
from polyreel.listing.beyond import Beyond
from polyreel.listing.course import Course, Tail
from polyreel.listing.idle_requests import IdleRequests
from polyreel.listing.list_reading import MOST_PASSES, ListReading
from polyreel.listing.page_places import PagePlaces
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.windows import Ask, Counted, first_page
from polyreel.models import Page, T

_AHEAD = 64  # pages planned beyond the one that is read


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
    Where a page can't overlap, because sizes can't be chosen or are small, it is asked for when all before
    it were read, and the list is read again at the end, until its rows prove that none was missed
    (:class:`ListReading`). Rows put in front meanwhile are looked for at once, since that needs them all.
    """

    def __init__(
        self, account: str, progress: Progress[T], ask: Ask, page: Page[T], page_size: int
    ) -> None:
        first = 0 if page.by == "cursor" else page.first
        first = progress.first if first is None else first
        by: Counted = "number" if page.by == "number" else "offset"
        # Where a numbered page stands depends on its size, which an earlier listing found to be given.
        size, given = min(page_size, ask.size), ask.size if ask.cursor else 0
        self._places = PagePlaces(by, first, size if by == "number" else page_size, given)
        super().__init__(account, progress, Ask(ask.cursor, ask.size, self._places.start(ask)))
        self._pace = IdleRequests()
        self._pass = ListReading(progress)
        self._passes = 1
        self._asked_size = page_size
        self._ahead = True  # pages are asked for before those in front of them were read
        self._covered = 0  # rows up to the end of the page that was read last
        self._rows: tuple[str, ...] = ()  # the page that was read last
        self._strange: tuple[str, ...] | None = None  # a page that should have held a known row
        self._newest = self._mark = self.here  # the page planned last; the last one with known rows
        self._beyond = Beyond()
        self._in_front = self._looked = False  # the front is read once more, or was
        self._tail = Tail()
        self._full = self._short = False
        self._total: int | None = None

    @property
    def ahead(self) -> Ask | None:
        """The page with which the listing goes on, or None at its end: one with a row that is known."""
        ask = super().ahead
        ahead = ask is not None and (ask.start >= self._covered > 0 or self._in_front)
        return self._mark if ahead and self.queue else ask

    def standing(self, ask: Ask) -> Ask:
        """Say where a page stands, for a listing that goes on there."""
        return self._places.standing(ask)

    def read(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """Read the first page of the queue: give what is new, and say in the queue what comes next."""
        self.queue.popleft()
        if isinstance(outcome, NotFound | InvalidRequest) and ask.start and self._pace.read:
            outcome = Page(items=(), total=self._total, by=self._places.by)
        elif isinstance(outcome, PolyreelError):
            self.fail(outcome, ask)
            return ()
        page, self.again = self._noted(outcome), self._in_front or self._passes > 1
        if ask is self._beyond.ask:
            self._judge_beyond(self._mark, page)
            return ()
        rows, asked = rows_of(page), ask
        ask = self._placed(ask, rows)
        known = self._pass.known(rows)
        if rows and ask.start and self._places.by == "number" and self._places.first is None:
            known = [False] * len(rows)  # nobody knows where the page stands
        linked = any(known)
        place = self.progress.place(page)
        middle = self.progress.resumed and self._pass.first
        if self.progress.looking and middle and place is None and ask.start:
            self._look_before(ask)
            return ()
        if ask.start and not linked and not self._may_be_next(ask, asked, page):
            return ()
        if not linked and (ask.start or self._covered):
            self.progress.doubt()
        self._pass.take(ask.start, rows, linked=linked)
        items = self._new_items(page, known, place)
        leads_on = (
            bool(rows) and not known[-1] and (linked or ask.start > 0 or self._pace.read == 1)
        )
        self._pace.score(ask.start + len(rows), leads_on=leads_on)
        if self._pass.proves:
            self.end()
        elif self._in_front and ask.start < self._covered:
            vain = self.progress.follows and place is None  # nothing of it was taken
            self._go_on_in_front(ask, page, fresh=not (vain or all(known)), linked=linked)
        else:
            self._mark = asked
            self._go_on(ask, page, fresh=not all(known))
        return items

    def _noted(self, page: Page[T]) -> Page[T]:
        """Count a page, and note what it says of the whole list."""
        self._pace.read += 1
        self._total = page.total
        self._pace.told(page.total)
        # Where tokens count rows, none is the end.
        return evolve(page, more=page.next is not None) if page.by == "cursor" else page

    def _placed(self, ask: Ask, rows: tuple[str, ...]) -> Ask:
        """Say where a page really stands."""
        overlap, placed = self._places.overlap, self._places.learn(ask, rows, self._covered)
        numbered_from_1 = self._places.first == 1 and not self.progress.first
        if numbered_from_1 or self._places.overlap is not overlap:
            self.queue.clear()  # the others were asked for as if they stood elsewhere
        self.progress.first = self._places.first
        return placed

    def _new_items(self, page: Page[T], known: list[bool], place: int | None) -> tuple[T, ...]:
        if place is not None:
            self.progress.skip(page, place)
            self.progress.looking = False
        elif self.progress.looking:
            self.progress.skip(page)  # of the earlier listing, or newer
        elif self._in_front and self.progress.follows:
            return ()  # the anchors may be in front of it
        elif self.progress.doubted_since is None and any(known):
            self.progress.skip(page, len(known) - known[::-1].index(True))  # in front it is newer
        return self.progress.fresh(page, behind=not self._in_front)

    def _may_be_next(self, ask: Ask, asked: Ask, page: Page[T]) -> bool:
        """Tell whether a page may be taken that has no known row; else say what to ask for instead."""
        if self._in_front:
            return True
        if ask.start < self._covered and self._places.overlap:
            self._go_back(ask, page)
        elif asked is not self._newest:
            self.queue.clear()  # it was asked for before all rows in front of it were known
            self._plan(Page(items=()))
        elif self.progress.resumed and self._pass.first:
            self._read_again()  # not all rows in front of it are known
        else:
            return True
        return False

    def _go_on(self, ask: Ask, page: Page[T], *, fresh: bool) -> None:
        """Say what comes next, when a page's new rows were delivered."""
        rows = rows_of(page)
        reach, short = ask.start + len(rows), self._places.short(ask, rows)
        if fresh:
            self._short = short or self._places.size < self._asked_size
            self._looked = False
        last, self._rows = self._rows[-1:], rows
        self._full = self._full or (len(rows) == ask.size and self._pace.read == 1)
        before, self._covered = self._covered, reach
        if self._pace.too_fast(self.progress.rows, self._places.size):
            self.too_fast(ask)
        elif not rows or page.more is False or (not fresh and short):
            self._finish(ask, page, proven=bool(rows) and not fresh)
        elif not fresh and rows[-1:] == last and ask.start >= before:
            self._beyond.ask = self._places.far_behind(ask)
            self.queue.clear()
            self._append(self._beyond.ask)
        elif short and self._full and page.total == reach and not page.more:
            self.end_pass(ask)  # a page that isn't full ends just where the total does
        elif fresh and not page.more and self._tail.reached(len(rows), ask.size):
            self.end_pass(ask)
        else:
            self._plan(page)

    def _go_on_in_front(self, ask: Ask, page: Page[T], *, fresh: bool, linked: bool) -> None:
        """Go on in the front while it has new rows, until as many are known as there are up to here."""
        reach = ask.start + len(rows_of(page))
        if not ask.start:
            self._pace.looked(linked=linked)
        self.queue.clear()
        if self._pace.too_fast(self.progress.rows, self._places.size):
            self.too_fast(self._mark)
        elif fresh and self._pass.rows < self._covered and ask.start < reach < self._covered:
            self.queue.append(self._places.behind(reach, overlap=False))
        else:
            self._in_front, self._looked = False, True
            self._plan(page)

    def _judge_beyond(self, ask: Ask, page: Page[T]) -> None:
        """Judge what came far beyond the end: the last page, the only one, or none."""
        known, size = self.progress.rows, self._asked_size
        verdict = self._beyond.judge(page, self._rows, start=ask.start, known=known, size=size)
        if verdict == "moved":
            self._plan(Page(items=()))
        elif verdict == "compare":
            self._beyond.ask = first_page(self._places.size)
            self.queue.append(self._beyond.ask)
        elif verdict == "promised":
            self._finish(ask, page, proven=False)
        elif verdict == "ignored":
            self.fail(self.circle(rows_of(page), page.by), ask)
        else:
            self.end_pass(ask)

    def _plan(self, page: Page[T]) -> None:
        """Ask for the next page, and for those after it if the total says that there are any."""
        if self.queue and self.queue[0].start < self._covered:
            return
        self.queue.clear()
        places = self._places
        given = int(page.next or 0) if page.by == "offset" else 0
        if given > self._covered:  # the provider leaves rows out after counting them
            self._covered = given
            self._append(Ask(page.next, places.size, given))
            return
        ask = places.after(self._covered)
        if ask.start >= self._covered > 0 and not self._looked:
            middle = self.progress.resumed and self._pass.first
            unknown = self._pass.rows < ask.start and not middle
            if unknown or self._pace.look_is_due:
                self._in_front = True
                self._append(first_page(places.size))
                return
        self._append(ask)
        if places.by == "number" and places.first is None and (page.total or 0) < 20 * places.size:
            return  # it pays to wait for what page 1 is
        while self._ahead and len(self.queue) < _AHEAD and ask.start + ask.size < (page.total or 0):
            reach = ask.start + ask.size
            ask = places.behind(reach, overlap=places.overlap)
            if ask.start >= reach:
                break  # a page that can't overlap is asked for when all before it were read
            self.queue.append(ask)

    def _append(self, ask: Ask) -> None:
        self._newest = ask
        self.queue.append(ask)

    def _go_back(self, ask: Ask, page: Page[T]) -> None:
        """Ask for an earlier page: this one should hold a row that is known, and doesn't."""
        self._ahead = False
        self._pace.went_back()
        self._places.widen()
        self.queue.clear()
        self.progress.looking |= self.progress.resumed and self._pass.first  # behind unknown rows
        rows, again = rows_of(page), self._strange
        self._strange = rows
        if rows == again and self._places.by == "number":
            # Nothing has moved, so pages don't begin where their size says.
            self._places.overlap = False
            self._plan(Page(items=()))
        elif self._pace.in_vain:
            self.too_fast(ask)
        elif self._pace.gaps > 4 and not rows:
            promised = page.total is not None and page.total > ask.start
            what = f"says that there are {page.total} items" if promised else "showed more before"
            self.incomplete(f"{what}, but gives no more", ask)
        else:
            self._append(self._places.before(ask, self._pace.gaps))

    def _look_before(self, ask: Ask) -> None:
        """Look further in front for the place where an earlier listing stopped."""
        self.queue.clear()
        self._pace.went_back()
        if self._covered:
            self._read_again()
        else:
            self._append(self._places.before(ask, self._pace.gaps))

    def _finish(self, ask: Ask, page: Page[T], *, proven: bool) -> None:
        """End this pass, if nothing contradicts it.

        A total that is too high is forgiven when the list shows its end: its last page isn't full, and
        asked again from its last row it gives that row and nothing behind it.
        """
        total, reach = page.total or self._pace.total, ask.start + len(rows_of(page))
        forgiven = page.more is False or (proven and self._short)
        if page.more:
            self.incomplete("promises more items, but gives none", ask)
        elif total > reach and not forgiven:
            self.incomplete(f"says that there are {total} items, but gives no more", ask)
        else:
            self.end_pass(ask)

    def end_pass(self, ask: Ask) -> None:
        """End the listing, or read the list once more if that alone shows that nothing was missed."""
        possible = self._passes < MOST_PASSES
        if self.progress.looking and possible and self.progress.forget_anchors():
            self._read_again(anew=True)
        elif self.progress.looking:
            self.lost(ask)
        elif self._pass.whole:
            self.end()
        elif possible:
            self._read_again()
        else:
            self.too_fast(ask)

    def _read_again(self, *, anew: bool = False) -> None:
        self._places.forget()
        self._pace.begin_again()
        self._pass = ListReading(self.progress, None if anew else self._pass)
        self._passes += 1
        self._covered, self._rows, self._tail, self._looked = 0, (), Tail(), False
        self.progress.looking = self.progress.follows
        self.queue.clear()
        self._append(first_page(self._places.size))
