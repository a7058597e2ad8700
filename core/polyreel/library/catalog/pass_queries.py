"""Queries of a sync pass about stored items: which are missing, which are unfinished, what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from polyreel.library.catalog.database import Row
from polyreel.library.catalog.record import stamp
from polyreel.library.catalog.schema import UNSETTLED
from polyreel.models import Kind

# When an item was made, as far as it is known.
_MADE = "coalesce(created_at, first_seen)"


class LibraryQuery(Protocol):
    """A query of the library, safe to call from several threads."""

    def __call__(self, statement: str, values: tuple[object, ...] = ()) -> list[Row]:
        """Return all rows of a statement, by name."""
        ...


class Seen:
    """Answers questions about one account's items of one kind.

    Args:
        rows: Queries the library.
    """

    def __init__(self, rows: LibraryQuery) -> None:
        self._rows = rows

    def missing(
        self, run: int, account: str, kind: Kind, since: datetime | None = None
    ) -> list[str]:
        """Return the ids that are kept as existing, and were not seen since a pass began.

        Args:
            run: The pass.
            account: The account's name.
            kind: ``videos`` or ``replicas``.
            since: Only items that were made then or later; None for all.
        """
        rows = self._rows(
            "SELECT id FROM items WHERE account = ? AND kind = ? AND deleted_at IS NULL "
            f"AND last_seen_run < ? AND {_MADE} >= ? ORDER BY created_at DESC, uid",
            (account, kind, run, stamp(since) if since else ""),
        )
        return [row["id"] for row in rows]

    def beyond(self, run: int, account: str, kind: Kind, until: datetime, most: int) -> list[str]:
        """Return the ids of existing items that were made before a time, and not seen since a pass began.

        Args:
            run: The pass.
            account: The account's name.
            kind: ``videos`` or ``replicas``.
            until: The time.
            most: At most so many: first those that may still become ready, then those that were seen
                longest ago.
        """
        rows = self._rows(
            "SELECT id FROM items WHERE account = ? AND kind = ? AND deleted_at IS NULL "
            f"AND last_seen_run < ? AND {_MADE} < ? "
            f"ORDER BY {UNSETTLED} DESC, last_seen, uid LIMIT ?",
            (account, kind, run, stamp(until), most),
        )
        return [row["id"] for row in rows]

    def missed_before(self, account: str, kind: Kind) -> set[str]:
        """Return the ids that an earlier full pass didn't see either."""
        rows = self._rows(
            "SELECT id FROM items WHERE account = ? AND kind = ? AND missing_since IS NOT NULL "
            "AND deleted_at IS NULL",
            (account, kind),
        )
        return {row["id"] for row in rows}

    def is_empty(self) -> bool:
        """Whether no item was ever stored."""
        return not self._rows("SELECT 1 FROM items LIMIT 1")

    def count(self, account: str, kind: Kind, since: datetime | None = None) -> int:
        """Count the items of an account that are kept as existing, or those made since a time."""
        (row,) = self._rows(
            "SELECT count(*) AS n FROM items WHERE account = ? AND kind = ? AND deleted_at IS NULL "
            f"AND {_MADE} >= ?",
            (account, kind, stamp(since) if since else ""),
        )
        return int(row["n"])

    def unsettled(self, run: int, account: str, kind: Kind) -> list[str]:
        """Return the ids of items that may still become ready, and were not seen since a pass began."""
        rows = self._rows(
            "SELECT id FROM items WHERE account = ? AND kind = ? AND deleted_at IS NULL "
            f"AND last_seen_run < ? AND {UNSETTLED} ORDER BY created_at DESC, uid",
            (account, kind, run),
        )
        return [row["id"] for row in rows]

    def last_full_pass(self, account: str, kind: Kind) -> str | None:
        """Say when the latest pass that saw every item began, or None if there was none."""
        (row,) = self._rows(
            "SELECT max(started) AS at FROM passes WHERE account = ? AND kind = ? "
            "AND mode = 'full' AND complete = 1",
            (account, kind),
        )
        found: str | None = row["at"]
        return found
