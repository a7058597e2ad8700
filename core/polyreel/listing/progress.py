"""What one source's listing has delivered, and what is new on a page."""

from __future__ import annotations

from array import array
from collections import deque
from typing import Generic

from polyreel.listing.cursors import KEPT_IDS, Position
from polyreel.listing.delivered import Delivered, hashed
from polyreel.listing.seen import SeenIds
from polyreel.listing.windows import Ask
from polyreel.models import Page, T


def rows_of(page: Page[T]) -> tuple[str, ...]:
    """Return the ids of all rows of a page, ``""`` for one that can't be read."""
    return page.rows or tuple(item.id for item in page.items)


class Progress(Generic[T]):
    """What was delivered, of this listing and of the one that it goes on with.

    Everything in front of the *anchors*, the ids of a few items, was delivered or is new since. These are
    the last items that came, as long as nothing can lie between the pages that were read. Once something
    can (:meth:`doubt`), they stay what they were, and what is delivered from then on is written down for
    the listing that goes on with this one.

    Args:
        start: Where the listing begins.
        middle: It begins in the middle of the list, not at its first page.

    Attributes:
        count: How many items came, including those of the listing that this one goes on with.
        rows: How many different rows came in this listing, also those that are no items.
        follows: There is an earlier listing, behind whose anchors this one goes on.
        looking: These anchors haven't been found yet.
        resumed: There is an earlier listing, and what is in front of its anchors isn't read again.
        logs_all: All that is delivered is to be written down, doubted or not.
        doubted_since: How many items had come when something may have been missing between the pages
            that were read; None as long as nothing can be.
    """

    def __init__(self, start: Position, *, middle: bool) -> None:
        self.count = start.count
        self.rows = 0
        self.first = start.first
        self.follows = self.looking = bool(start.after)
        self.resumed = self.follows and middle
        self._seen = SeenIds()
        self._latest = deque(reversed(start.after), maxlen=KEPT_IDS)
        self._anchors = start.after
        self._earlier = frozenset(start.known or ())  # delivered behind the anchors
        self._log = array(
            "Q", start.known or ()
        )  # what was delivered since then, and on the first page
        self._on_first = start.known is None and not middle
        self.logs_all = False
        self.doubted_since = None if start.known is None else 0
        if self.resumed:
            for id in start.after:
                self._seen.add(id)

    @property
    def latest(self) -> tuple[str, ...]:
        """The ids of the last items that came, the latest one first."""
        return tuple(reversed(self._latest))

    def doubt(self) -> None:
        """Note that from here on something may be missing between pages."""
        if self.doubted_since is None:
            self._anchors, self.doubted_since = self.latest, self.count

    def doubt_all(self) -> None:
        """Note that something may be missing between any two pages; all that came was written down."""
        self._anchors, self.doubted_since = (), self.count

    def trust(self) -> None:
        """Note that nothing is missing between this listing's pages after all."""
        if self.doubted_since:
            self.doubted_since, self._log = None, array("Q")

    def forget_anchors(self) -> bool:
        """Go on without anchors, from the first page on, if all is known that was ever delivered.

        That is so when what was written down includes the anchors, as what comes before them.
        """
        if self.doubted_since is None or hashed(self._anchors[0]) not in self._log:
            return False
        self._earlier = frozenset(self._log)
        self._anchors, self._seen, self.rows = (), SeenIds(), 0
        self.follows = self.looking = False
        return True

    def knows(self, id: str) -> bool:
        """Tell whether a row came before."""
        return id in self._seen

    def place(self, page: Page[T]) -> int | None:
        """Return how many rows of a page come up to the last anchor on it, None if it has none."""
        if not self.follows:
            return None
        rows = rows_of(page)
        anchors = self._latest if self.doubted_since is None else self._anchors
        return max((rows.index(id) + 1 for id in anchors if id in rows), default=None)

    def skip(self, page: Page[T], rows: int | None = None) -> None:
        """Pass over the rows of a page, or so many of them: they lie in front of an anchor."""
        passed = [id for id in rows_of(page)[:rows] if id]
        self.rows += sum(map(self._seen.add, passed))
        if self._on_first:
            self._log.extend(map(hashed, passed))

    def fresh(self, page: Page[T], *, behind: bool = True) -> tuple[T, ...]:
        """Return the items of a page that are new, and remember all of its rows.

        Args:
            page: The page.
            behind: It is behind all that came; a listing goes on after the last item of such a page.
        """
        add, items = self._seen.add, page.items
        if not self._seen.add_all([item.id for item in items]):
            items = tuple(item for item in items if add(item.id))
        self.rows += len(items)
        if len(page.rows) > len(page.items):
            self.rows += sum(not id or add(id) for id in page.rows)
        if self._earlier:
            items = tuple(item for item in items if hashed(item.id) not in self._earlier)
        if self._on_first or self.logs_all or self.doubted_since is not None:
            self._log.extend([hashed(item.id) for item in items])
        self._on_first = False
        if behind:
            self._latest.extend(item.id for item in items[-KEPT_IDS:])
        self.count += len(items)
        return items

    def position(self, ask: Ask) -> Position:
        """Say where the listing goes on, when that page is the next one."""
        sure = self.doubted_since is None
        return Position(
            cursor=ask.cursor if sure else None,
            after=self.latest if sure else self._anchors,
            count=self.count,
            page_size=ask.size,
            first=self.first,
            known=None if sure else Delivered(self._log, len(self._log)),
        )
