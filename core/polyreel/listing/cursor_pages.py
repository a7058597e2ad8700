"""The way through a list in which each page says how to ask for the next one."""

from __future__ import annotations

from collections.abc import Iterator

from polyreel.errors import InvalidRequest, NotFound, PolyreelError
from polyreel.listing import wording
from polyreel.listing.course import USUAL_SIZES, Course, Tail
from polyreel.listing.growth import Growth
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.seen import SeenIds
from polyreel.listing.tokens import TokenProof
from polyreel.listing.trail import Trail
from polyreel.listing.windows import Ask, first_page
from polyreel.models import Page, T

_EMPTY_PAGES = 100  # in a row, each with a new cursor: nobody's honest paging
_REPEATED_PAGES = 5  # in a row, each with a new cursor
_VAIN_REREADS = 10  # in a row: then the totals that shrink don't speak of items deleted


class CursorPages(Course[T]):
    """The pages of a list that are chained by tokens, URLs, times or ids.

    ::

        read ─ new rows ──────────────→ they are delivered ─→ the next page, or the end
         ↑   ├ none, and none promised → the end
         │   ├ none, though promised, or the cursor is refused ─→ another way to the same place ─┐
         │   └ rows that came before ─→ a circle: an error, or the end of a list without pages   │
         └───────────────────────────────────────────────────────────────────────────────────────┘

    Other ways to the same place are the ids of earlier rows, the page before once more, and at last all
    pages from the first one on. Where ids are cursors and nothing says whether there is more, the last
    row is asked for again: that it comes alone is the end, that it doesn't come a cursor that died.

    Tokens that count rows or pages stand for places, from which rows move. A list with such tokens is read
    again at its end, until its rows prove that none was missed (:class:`ListReading`).

    Attributes:
        unheeded: The page that came again because the server doesn't heed the row to go on after.
    """

    def __init__(self, account: str, progress: Progress[T], ask: Ask, growth: Growth) -> None:
        super().__init__(account, progress, ask)
        self.unheeded: tuple[Ask, Page[T]] | None = None
        self._by: str | None = None
        self._trail = Trail(progress)
        self._used = SeenIds()
        self._exempt = 0  # pages that may repeat what came, since the list is read again
        self._ways: Iterator[Ask] | None = None
        self._broken: tuple[PolyreelError, Ask] | None = None
        self._from_start = ask.cursor is None
        self._promised = progress.resumed
        self._expected: str | None = None  # the last row, when it is asked for again
        self._full, self._tail = False, Tail()
        self._pages = self._repeats = self._empties = self._vain_rereads = 0
        self._largest = 1
        self._proof, self._growth = TokenProof(progress), growth
        self._gap: Ask | None = None  # the first of several empty pages that promise more
        self._checking: Ask | None = None  # the first page, asked for once more at the end
        self._front: Ask | None = None  # the first page, read once more to find new rows
        self._total: int | None = None

    @property
    def ahead(self) -> Ask | None:
        """The page with which the listing goes on, or None at its end."""
        ask = super().ahead
        return None if ask is not None and ask is self._checking else ask

    def read(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """Read the first page of the queue: give what is new, and say in the queue what comes next."""
        self.queue.popleft()
        if ask is self._checking:
            return self._judge_check(ask, outcome)
        if isinstance(outcome, PolyreelError):
            self._refused(ask, outcome)
            return ()
        self._by = outcome.by
        self.again = ask is self._front or self._proof.passes > 1
        if ask is self._front:
            return self._read_front(outcome)
        if ask.cursor is not None:
            self._used.add(ask.cursor)
        return () if self._total_fell(outcome) else self._read_page(ask, outcome)

    def _read_page(self, ask: Ask, outcome: Page[T]) -> tuple[T, ...]:
        rows = rows_of(outcome)
        first, self._pages = not self._pages, self._pages + 1
        self._exempt = max(0, self._exempt - (not self.progress.looking))
        self._proof.take(outcome, rows)
        known = self.progress.rows
        self._look_for_place(outcome)
        items = self.progress.fresh(outcome)
        self._proof.judge()
        if self._proof.done:
            self.end()
        elif not rows:
            self._empty(ask, outcome, first=first)
        elif rows == (self._expected,) and outcome.more is None:
            self._finish(ask)  # the last row came again, and nothing behind it
        elif first or self.progress.rows > known:
            self._new(ask, outcome, rows)
        else:
            self._known(ask, outcome, rows)
        if self.queue and self._proof.look_is_due:
            self._front = first_page(ask.size)
            self.queue.appendleft(self._front)
        return items

    def _read_front(self, page: Page[T]) -> tuple[T, ...]:
        """Read the first page once more: give what is new there."""
        place = self.progress.place(page)
        if place is None and self.progress.follows:
            self._proof.vain_look()
            return ()  # nobody knows whether the anchors are still behind it
        self._proof.looked(page)
        self.progress.skip(page, place or 0)
        return self.progress.fresh(page, behind=False)

    def _look_for_place(self, page: Page[T]) -> None:
        """Pass over what an earlier listing delivered."""
        place = self.progress.place(page)
        if place is not None:
            self.progress.skip(page, place)
        elif self.progress.looking and self._from_start:
            self.progress.skip(page)
            return
        self.progress.looking = False  # without an anchor, it comes right behind them

    def _new(self, ask: Ask, page: Page[T], rows: tuple[str, ...]) -> None:
        self._trail.new(ask, page, recovering=self._ways is not None)
        self._ways = None
        self._repeats = self._empties = self._vain_rereads = 0
        self._gap = None
        self._full = len(rows) >= ask.size
        self._growth.take(page)
        if page.by == "id" and page.more is None and self._tail.reached(len(rows), ask.size):
            self._finish(ask)
            return
        self._follow(ask, page, rows, fresh=True)

    def _known(self, ask: Ask, page: Page[T], rows: tuple[str, ...]) -> None:
        """Go on behind a page without anything new."""
        if self._ways is not None and page.by == "id" and rows[-1] == self._trail.last_row:
            # The last row is still there, so its id is a good cursor, and nothing came behind it.
            (self._another_way if page.more else self._finish)(ask)
        elif self._exempt:
            self._follow(ask, page, rows, fresh=False)
        else:
            self._repeats += 1
            stuck = self._repeats > _REPEATED_PAGES or page.next is None or page.next in self._used
            if page.by == "id" and self._trail.also and not self._trail.given:
                self._another_way(ask, self.circle(rows, page.by))
            elif page.by == "id" or stuck:
                self._repeated(ask, page, rows)
            else:
                self._follow(ask, page, rows, fresh=False)

    def _follow(self, ask: Ask, page: Page[T], rows: tuple[str, ...], *, fresh: bool) -> None:
        """Say what comes after a page with rows."""
        self._trail.add(ask, rows, fresh=fresh)
        self._largest = max(self._largest, len(rows))
        self._promised = page.more is True
        if page.more is False or (page.next is None and not page.more):
            self._finish(ask)
        elif self._proof.too_fast(self._largest):
            self.too_fast(ask)
        elif self._growth.outruns(self.progress.rows):
            self.incomplete("has a list that grows at its end as fast as it is read", ask)
        elif page.next is None:
            self.incomplete("promises more items, but doesn't say where", ask)
        elif self._ways is not None and self._broken and page.next == self._broken[1].cursor:
            self._another_way(ask)  # it leads to the same place as before
        elif page.next in self._used and not self._exempt:
            self.incomplete(wording.CIRCLE, ask)
        else:
            self.queue.append(Ask(self._next(page, rows), ask.size))

    def _next(self, page: Page[T], rows: tuple[str, ...]) -> str | None:
        """Choose the cursor of the next page."""
        self._expected = None
        if page.by != "id" or page.next is None:
            return page.next
        if self._trail.given and page.also:
            return page.also[0]
        if page.more is None and len(rows) > 1 and rows[-1] and rows[-2]:
            self._expected = rows[-1]
            return rows[-2][len(rows[-1]) - len(page.next) :] if rows[-1] != page.next else rows[-2]
        return page.next

    def _empty(self, ask: Ask, page: Page[T], *, first: bool) -> None:
        """Go on behind a page without rows, which is the end if nothing contradicts it."""
        resumed = first and self.progress.resumed and (page.by == "id" or page.more is not None)
        unsure = page.by == "id" and page.more is None and not first
        expected = page.more or page.by == "span"
        if page.next is not None and expected and self._ways is None:
            self._promised = page.by != "span"
            self._empties += self._promised
            self._gap = self._gap or ask
            if self._empties > _EMPTY_PAGES or page.next in self._used:
                self.incomplete("sends one empty page after another", self._gap)
            else:
                self.queue.append(Ask(page.next, ask.size))
        elif self._ways and ask.cursor is None and not page.more:
            self._finish(ask)  # everything was deleted
        elif self._proof.counts and not (self._ways or resumed or self._gap):
            self._finish(ask)
        elif self._ways or (self._promised and not first) or self._expected or resumed or unsure:
            self._another_way(ask)
        elif page.more:
            self.incomplete("promises more items, but doesn't say where", ask)
        else:
            self._finish(ask)

    def _refused(self, ask: Ask, error: PolyreelError) -> None:
        """Go on behind a page that couldn't be had."""
        begun = self._pages or self.progress.resumed
        if not (begun and isinstance(error, NotFound | InvalidRequest)):
            self.fail(error, ask)
        elif self._total is not None and self.progress.rows >= self._total:
            self._finish(ask)  # some providers refuse the page after the last one
        else:
            self._another_way(ask, error)

    def _another_way(self, ask: Ask, why: PolyreelError | None = None) -> None:
        """Ask for the rest in another way than by the cursor that led nowhere."""
        if self._ways is None:
            what = wording.empty(ask.cursor, promised=self._promised)
            self._broken = why or self.error_of(what), self._gap or ask
            self._ways = self._trail.ways(ask, self._by)
        self._proof.stray()
        way = next(self._ways, None)
        if way is None and self._broken:
            error, here = self._broken
            if isinstance(error, NotFound | InvalidRequest):
                error.args = (f"{error}; {wording.GONE}",)
            self.fail(error, here)
        elif way is not None:
            self._from_start = way.cursor is None or (self._from_start and self.progress.looking)
            if way.cursor is None:
                self.progress.doubt()  # what is newer comes before what was missed
            self.progress.looking = self.progress.follows and self._from_start
            self._exempt = self._pages + 2 if self._from_start else 2
            self._expected = None
            self.queue.append(way)

    def _repeated(self, ask: Ask, page: Page[T], rows: tuple[str, ...]) -> None:
        """Judge a page that came before: a list without pages, or one of which the rest can't be had."""
        missing = page.total is not None and page.total > self.progress.rows
        if page.more is False and page.by == "cursor":
            self._finish(ask)
        elif page.more or missing or len(rows) >= ask.size or len(rows) in USUAL_SIZES:
            self.fail(self.circle(rows, page.by), ask)
            if page.by == "id" and not self.progress.resumed:
                self.unheeded = ask, page
        else:
            self.end()

    def _total_fell(self, page: Page[T]) -> bool:
        """Plan to read earlier pages again when the total says that items were deleted since.

        A cursor that stands for a place has moved on by as many; what moved up would never be seen.
        """
        known, self._total = self._total, page.total
        self._proof.told(page.total)
        if known is None or page.total is None or page.total >= known or page.by != "cursor":
            return False
        if self._ways is not None or self._vain_rereads >= _VAIN_REREADS or not self._trail.pages:
            return False
        self._vain_rereads += 1
        self._proof.stray()
        self.progress.doubt()
        steps = min(-(-(known - page.total) // self._largest), len(self._trail.pages))
        self._exempt = self._pages + 2
        for _ in range(steps):
            back = self._trail.pages.pop()
        self.queue.append(back)
        return True

    def _finish(self, ask: Ask) -> None:
        """End the listing, if nothing contradicts it."""
        total = self._proof.told(None)
        if self.progress.looking and self._proof.possible and self.progress.forget_anchors():
            self._begin_again(ask, anew=True)
        elif self.progress.looking:
            self.lost(ask)
        elif total > self.progress.rows and self._full and not self.progress.resumed:
            self.incomplete(f"says that there are {total} items, but gives no more", ask)
        else:
            self.end_pass(ask)

    def end_pass(self, here: Ask) -> None:
        """End the listing behind that page, or read the list again where that alone proves it whole."""
        step = self._proof.next_step()
        if step == "end" or (step == "look" and self._ways):
            self.end()
        elif step == "look":
            self._checking = first_page(here.size)
            self.queue.append(self._checking)
        else:
            (self._begin_again if step == "again" else self.too_fast)(here)

    def _judge_check(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """End the listing, unless its first page shows that rows have moved up."""
        self._checking = None
        if isinstance(outcome, Page) and self._proof.check.moved(outcome):
            self.progress.doubt_all()
            self._begin_again(ask)
        return ()

    def _begin_again(self, ask: Ask, *, anew: bool = False) -> None:
        """Read the list once more from its first page on."""
        self._proof.begin_again(anew=anew)
        self._ways, self._from_start, self._total = None, True, None
        self._trail = Trail(self.progress)
        self.progress.looking = self.progress.follows
        self._used, self._exempt = SeenIds(), 2 * self._pages + 2
        self.queue.append(first_page(ask.size))
