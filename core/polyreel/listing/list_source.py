"""What one paginator reads, and which of its items a caller wants."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from attrs import field, frozen

from polyreel.listing.cursors import Position
from polyreel.listing.other_means import Means
from polyreel.models import Item, ListQuery, Order, Status


@frozen(kw_only=True)
class ListSource:
    """What one paginator reads, and how it is asked.

    Attributes:
        name: The account's name; ``account/list`` where one of several lists of an account is meant.
        account: The account's name.
        collection: Which of the account's several lists is meant, or "".
        query: What each page is asked for, but for its cursor.
        start: Where to begin.
        window: The most pages that may be asked for, or wait to be taken, at the same time.
        order: In which order of time its items come, or None when nobody knows.
        means: What else the list can be asked for, when its pages can't be had one after the other.
        began: When the listing began, aware.
        strict: The caller asked for that order, so an item out of order is an error.
    """

    name: str
    account: str
    collection: str = ""
    query: ListQuery
    start: Position
    window: int
    order: Order | None = None
    means: Means = Means()
    began: datetime = field(factory=lambda: datetime.now(UTC))
    strict: bool = False


@frozen(kw_only=True)
class Wanted:
    """Which items a caller wants.

    Attributes:
        statuses: Only items of these; None for all.
        since: Only items made at this time or later, or None.
        until: Only items made before this time, or None.
    """

    statuses: Collection[Status] | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def everything(self) -> bool:
        """No item is left out."""
        return self.statuses is None and not self.by_time

    @property
    def by_time(self) -> bool:
        """Items are chosen by their time."""
        return self.since is not None or self.until is not None

    def takes(self, item: Item) -> bool:
        """Tell whether an item is wanted; one without a time is in no time window."""
        if self.statuses is not None and item.status not in self.statuses:
            return False
        if not self.by_time:
            return True
        made = item.created_at
        if made is None:
            return False
        return (self.since is None or made >= self.since) and (
            self.until is None or made < self.until
        )
