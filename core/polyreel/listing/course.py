"""What the two ways through a list have in common: a queue of pages to ask for, and how it ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Generic

from polyreel.errors import (
    PaginationError,
    PolyreelError,
    RequestError,
    ResponseError,
    TransientError,
)
from polyreel.listing import wording
from polyreel.listing.progress import Progress
from polyreel.listing.windows import Ask
from polyreel.models import Page, T

_SHORT_PAGES = 5  # in a row, at the end of a list
# How many rows servers give when they aren't told: a page of so many may not be the whole list.
USUAL_SIZES = frozenset({10, 20, 25, 50, 100, 200, 250, 500, 1000})


class Tail:
    """Tells a list that grows at its end from one that goes on, where nothing says how long it is.

    A server that gives full pages and then one that isn't has come to its end at that moment; all that
    existed before is on these pages. Whatever is appended again and again later need not be waited for.
    """

    def __init__(self) -> None:
        self._full = self._uneven = False
        self._short = self._largest = 0

    def reached(self, rows: int, size: int) -> bool:
        """Tell whether the end was reached long enough ago, with a page of new rows."""
        self._largest = max(rows, self._largest)
        if rows >= min(size, self._largest):
            self._uneven = self._uneven or self._short > 0
            self._full, self._short = True, 0
        else:
            self._short += 1
        return self._full and not self._uneven and self._short >= _SHORT_PAGES


class Course(Generic[T]):
    """One way through the pages of a list.

    Args:
        account: The account's name, for messages.
        progress: What came so far.
        ask: The page to begin with.

    Attributes:
        queue: The pages to ask for, in the order in which they are read; empty at the end.
        here: The page to ask for when the listing is resumed after an error.
        error: Why the listing ended early, or None.
        again: The page that was read last had been read before, so its items come late.
    """

    def __init__(self, account: str, progress: Progress[T], ask: Ask) -> None:
        self.account = account
        self.progress = progress
        self.queue = deque([ask])
        self.here = ask
        self.error: PolyreelError | None = None
        self.again = False

    def read(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """Read the first page of the queue: give what is new, and say in the queue what comes next."""
        raise NotImplementedError

    @property
    def ahead(self) -> Ask | None:
        """The page with which the listing goes on, or None at its end."""
        if self.queue:
            return self.queue[0]
        return self.here if self.error else None

    def standing(self, ask: Ask) -> Ask:
        """Say where a page stands, for a listing that goes on there."""
        return ask

    def end(self) -> None:
        """End the listing: everything was read."""
        self.queue.clear()

    def end_pass(self, here: Ask) -> None:
        """End the listing behind that page, or read the list again where that alone proves it whole."""
        self.here = here
        self.end()

    def stop(self) -> bool:
        """Leave out the rest of the list, and tell whether what came is whole; else it is read again."""
        if self.progress.doubted_since is not None and self.queue:
            here = self.queue[0]
            self.queue.clear()
            self.end_pass(here)
        else:
            self.end()
        return not self.queue and self.error is None

    def fail(self, error: PolyreelError, here: Ask) -> None:
        """End the listing early; it can be resumed with that page."""
        told = (
            ResponseError | RequestError | TransientError if self.progress.count else ResponseError
        )
        if isinstance(error, told) and not isinstance(error, PaginationError):
            error.args = (f"{error} ({self._so_far()})",)
        error.account = error.account or self.account
        self.error, self.here = error, here
        self.queue.clear()

    def incomplete(self, what: str, here: Ask) -> None:
        """End the listing early because its pages don't add up."""
        self.fail(self.error_of(what), here)

    def lost(self, here: Ask) -> None:
        """End the listing early because the place where it was to go on isn't in the list any more."""
        what = "has none of the items any more after which this listing was to go on; list it anew"
        self.incomplete(what, here)

    def too_fast(self, here: Ask) -> None:
        """End the listing early because rows move faster than pages come."""
        self.incomplete("changes its list faster than it can be read", here)

    def error_of(self, what: str) -> PaginationError:
        """Make the error that says how the pages don't add up, and how many items came."""
        return PaginationError(f"account {self.account!r} {what}; {self._so_far()}")

    def circle(self, rows: Sequence[str], by: str, why: str | None = None) -> PaginationError:
        """Make the error for a page that came again.

        Args:
            rows: The ids of its rows.
            by: What cursors are.
            why: What the server lacks, if more is known than that follows from this.
        """
        why = why or wording.came_again(by)
        return self.error_of(
            f"gave a page with {len(rows)} items again instead of the next one: {why}"
        )

    def _so_far(self) -> str:
        return f"after {self.progress.count} items the listing may be incomplete"
