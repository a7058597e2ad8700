"""The rest of a list whose server doesn't heed the row after which it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from polyreel.errors import PolyreelError
from polyreel.listing.course import Course
from polyreel.listing.progress import Progress, rows_of
from polyreel.listing.windows import Ask
from polyreel.models import Order, Page, T

_LARGE = 1000  # rows to ask for where a provider doesn't say what it allows at most


@frozen(kw_only=True)
class Means:
    """What a list can be asked for besides the page after a row.

    Attributes:
        largest: The most rows that the provider allows per page, or None when it doesn't say.
        other_order: The order that begins at the list's other end, or None when there is none.
    """

    largest: int | None = None
    other_order: Order | None = None


class OtherMeans(Course[T]):
    """The list in one large page, or from its other end, until both ends have a row in common.

    Args:
        account: The account's name, for messages.
        progress: What came so far.
        ask: The page that came again.
        page: What came.
        means: What the list can be asked for.
    """

    def __init__(
        self, account: str, progress: Progress[T], ask: Ask, page: Page[T], means: Means
    ) -> None:
        super().__init__(account, progress, ask)
        self._rows = rows_of(page)
        self._others = self._other_asks(means, ask.size)
        self.queue.clear()
        self._go_on()

    def read(self, ask: Ask, outcome: Page[T] | PolyreelError) -> tuple[T, ...]:
        """Read the first page of the queue: give what is new, and say in the queue what comes next."""
        self.queue.popleft()
        items: tuple[T, ...] = ()
        whole = False
        if isinstance(outcome, Page):
            rows = rows_of(outcome)
            if ask.order is None:
                heeded = len(rows) > len(self._rows) and rows[: len(self._rows)] == self._rows
                whole = heeded and len(rows) < ask.size and not outcome.more
                items = self.progress.fresh(outcome)
            elif len(rows) > 1 and rows[0] != self._rows[0]:  # else it doesn't heed the order
                whole = any(self.progress.knows(id) for id in rows)
                items = tuple(reversed(self.progress.fresh(outcome)))
        if whole:
            self.end()
        else:
            self._go_on()
        return items

    def _go_on(self) -> None:
        if other := next(self._others, None):
            self.queue.append(other)
        else:
            why = "the server lacks `after`, and neither a larger `limit` nor another `order` gives the rest"
            self.fail(self.circle(self._rows, "id", why), self.here)

    def _other_asks(self, means: Means, size: int) -> Iterator[Ask]:
        largest = means.largest or _LARGE
        if largest > size:
            yield Ask(None, largest)
        if means.other_order:
            yield Ask(None, means.largest or size, order=means.other_order)
