"""Pages of items, and how one is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import field, frozen

from polyreel.models import render
from polyreel.models.item import Item, Replica, Video

Kind: TypeAlias = Literal["videos", "replicas"]
"""What can be listed and got."""

Order: TypeAlias = Literal["asc", "desc"]
"""By time of creation: ``asc`` is the oldest first, ``desc`` the newest first."""

T = TypeVar("T", bound=Item)

MODELS: Mapping[Kind, type[Item]] = {"videos": Video, "replicas": Replica}
"""The class of each kind's items."""


@frozen(kw_only=True)
class ListQuery:
    """One page that is asked for.

    Attributes:
        page_size: Items per page; within the provider's limits.
        cursor: None for the first page, else a cursor that pages of the same plugin led to.
        order: ``asc`` or ``desc`` by time, or None for the provider's own order.
        filters: The provider's own filters, by its own names; only those that it declares.
        since: Only items made at this time or later, aware UTC; None unless the provider declares in
            ``Resource.time_filters`` that its list can be asked for it.
        until: Only items made before this time; likewise.
    """

    page_size: int
    cursor: str | None = None
    order: Order | None = None
    filters: Mapping[str, Any] = field(factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    def times(self, since: str, until: str) -> dict[str, str]:
        """Return the bounds that were asked for as a provider's parameters, in ISO 8601.

        Args:
            since: What the provider calls the time from which on items were made.
            until: What it calls the time before which they were made.

        Example::

            request.with_params(query.times("created_after", "created_before"))
        """
        bounds = {since: self.since, until: self.until}
        return {name: time.isoformat() for name, time in bounds.items() if time}


@frozen(kw_only=True)
class Page(Generic[T]):
    """Some items in the provider's order, and how to go on; :mod:`polyreel.paging` makes all of it.

    Attributes:
        items: The items, possibly none.
        next: The cursor of the page after this one, opaque to everybody but the plugin; None at the end.
        total: How many rows the provider says there are, or None. Never trusted alone.
        more: Whether the provider promises more: True, False, or None when it didn't say and
            ``next`` is only worth a try.
        rows: The ids of all rows in their order, where some are left out of ``items``; ``""`` for a
            row that can't be read. Empty when they are the items.
        by: What cursors are: ``cursor`` for a text that only the provider understands, ``id`` for the
            id of the row that a page comes after, ``offset`` for the number of rows before a page,
            ``number`` for a page's own number, ``span`` for a span of time, any of which may be empty.
        first: The number of the first page, where cursors are page numbers; None when it isn't known.
        also: Other cursors for the page after this one, to be tried when ``next`` leads nowhere.
        account: Whose page it is; the hub fills it in, plugins leave it.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    more: bool | None = None
    rows: tuple[str, ...] = ()
    by: Literal["cursor", "id", "offset", "number", "span"] = "cursor"
    first: int | None = None
    also: tuple[str, ...] = ()
    account: str | None = None

    def _repr_html_(self) -> str:
        columns = ("uid", "status", "title", "created_at")
        number = f"{len(self.items)} of {self.total}" if self.total else f"{len(self.items)}"
        return render.html_table(f"{number} items", columns, (it.to_dict() for it in self.items))
