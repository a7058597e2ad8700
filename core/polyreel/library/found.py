"""What a library found: items that are read when they are iterated over, or made a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Generic, cast

from polyreel.library.catalog.reading import Filters, LibraryReader
from polyreel.models import MODELS, Kind, T, render

_AT_ONCE = 1000  # items of a record batch
_SHOWN = 20  # rows in a notebook


class Found(Generic[T]):
    """The items of a library that fit some filters, the newest first; each iteration asks the file anew.

    ``polars.DataFrame(found)``, ``pandas.DataFrame.from_arrow(found)``, ``pyarrow.table(found)`` and DuckDB's
    ``from found`` read it as well, with the columns of a hub's listings.
    """

    def __init__(
        self, reader: LibraryReader, kind: Kind, filters: Filters, limit: int | None
    ) -> None:
        self._reader = reader
        self._kind = kind
        self._filters = filters
        self._limit = limit

    def __iter__(self) -> Iterator[T]:
        items = self._reader.items(self._kind, self._filters, self._limit)
        return cast("Iterator[T]", items)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the items to a data frame or a database, some at a time as it reads them.

        Raises:
            ImportError: The extra ``arrow`` isn't installed.
        """
        from polyreel.models import arrow

        items = iter(self)
        pages = iter(lambda: tuple(islice(items, _AT_ONCE)), ())
        return arrow.stream(MODELS[self._kind], pages, requested_schema)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._kind} of a library>"

    def _repr_html_(self) -> str:
        count = self._reader.count(self._kind, self._filters)
        count = count if self._limit is None else min(count, self._limit)
        rows = [item.to_dict() for item in islice(self, _SHOWN)]
        title = f"{len(rows):,} of {count:,} {self._kind}"
        return render.html_table(title, ("uid", "status", "title", "created_at"), rows)
