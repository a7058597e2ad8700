"""What a library answers: items by filter and by word, changes since a number, and SQL that only reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from polyreel.library.catalog.connections import Connections
from polyreel.library.catalog.database import Row, broken
from polyreel.library.catalog.foreign_sql import select
from polyreel.library.catalog.record import item_of, stamp, words_apart
from polyreel.library.catalog.schema import VIEWS
from polyreel.models import Item, Kind, Status

_MATCHING = "number IN (SELECT rowid FROM search WHERE search MATCH ?)"


@frozen(kw_only=True)
class Filters:
    """Which items are wanted; None and empty mean any.

    Attributes:
        words: Words that title or prompt holds, in any order; the last may be the beginning of one.
        accounts: Account names.
        providers: Provider names.
        excluded: Names of accounts and providers whose items are left out.
        statuses: Common status words; ``deleted`` are those that their provider has deleted.
        since: Created then or later.
        until: Created before then.
        deleted: Whether items that the provider has deleted are wanted too.
    """

    words: str = ""
    accounts: Sequence[str] = ()
    providers: Sequence[str] = ()
    excluded: Sequence[str] = ()
    statuses: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    deleted: bool = False


@frozen
class Recorded:
    """A line of the change log.

    Attributes:
        rev: Its number; later changes have higher ones.
        at: When it was noticed, as ``2026-11-25T12:00:00.000Z``.
        change: ``new``, ``changed``, ``deleted``, ``restored`` or ``renamed``.
        uid: The item's uid.
        kind: ``videos`` or ``replicas``.
        account: The account's name.
        status_before: Its common status before, or None.
        status: Its common status since.
        title: Its title now, or None.
    """

    rev: int
    at: str
    change: str
    uid: str
    kind: str
    account: str
    status_before: str | None
    status: str | None
    title: str | None


class LibraryReader:
    """Reads a library, beside a sync if need be; from many threads at once, too.

    Args:
        path: The library's file.

    Raises:
        LibraryError: There is none, or it can't be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections = Connections(path)

    def close(self) -> None:
        """Close the file."""
        self._connections.close()

    def items(
        self,
        kind: Kind,
        filters: Filters,
        limit: int | None = None,
        *,
        oldest_first: bool = False,
        after: tuple[datetime | None, str] | None = None,
    ) -> Iterator[Item]:
        """Yield items, the newest first; those without a time come last.

        Args:
            kind: ``videos`` or ``replicas``.
            filters: Which of them.
            limit: At most so many, or None for all.
            oldest_first: The other way round.
            after: Only those behind the item with this time of creation and uid, the newest first.
        """
        where, values = _conditions(filters)
        if after is not None:
            moment, uid = after
            where += " AND (created_at IS NULL AND (uid > ? OR ? IS NOT NULL) OR (created_at, ?) < (?, uid))"
            at = stamp(moment) if moment else None
            values += [uid, at, uid, at]
        # Without a time is last of all by itself when the newest come first; then the index has this order.
        order = "created_at IS NULL, created_at ASC" if oldest_first else "created_at DESC"
        statement = f"SELECT * FROM {kind} WHERE {where} ORDER BY {order}, uid LIMIT ?"
        if query := match(filters.words):
            # The few that are wanted are chosen by the index of times alone, however many are found.
            where = f"{_MATCHING} AND kind = ? AND {where}"
            chosen = f"SELECT uid FROM items WHERE {where} ORDER BY {order}, uid LIMIT ?"
            statement = (
                f"SELECT shown.* FROM ({chosen}) AS chosen CROSS JOIN {kind} AS shown "
                f"ON shown.uid = chosen.uid ORDER BY {order}, shown.uid"
            )
            values = [query, kind, *values]
        for row in self._rows(statement, (*values, -1 if limit is None else limit)):
            yield item_of(row, kind)

    def count(self, kind: Kind, filters: Filters) -> int:
        """Count items."""
        where, values = _conditions(filters)
        where, values = f"kind = ? AND {where}", [kind, *values]
        if query := match(filters.words):
            where = f"{_MATCHING} AND {where}"
            values = [query, *values]
        (row,) = self._rows(f"SELECT count(*) AS n FROM items WHERE {where}", values)
        return int(row["n"])

    def accounts(self) -> dict[str, str]:
        """Return the name of each account that was ever read, with its provider."""
        rows = self._rows(
            "SELECT account, provider FROM items UNION SELECT account, provider FROM passes "
            "WHERE provider != '' ORDER BY account",
            (),
        )
        return {row["account"]: row["provider"] for row in rows}

    def get(self, kind: Kind, uid: str) -> Item | None:
        """Return one item, or None if the library has never seen it."""
        for row in self._rows(f"SELECT * FROM {kind} WHERE uid = ?", (uid,)):
            return item_of(row, kind)
        return None

    def versions(self, uid: str) -> list[dict[str, Any]]:
        """Return what an item was before: ``rev``, ``seen_at``, ``status``, ``raw``; the latest first."""
        rows = self._rows(
            "SELECT rev, seen_at, status, raw FROM versions WHERE uid = ? ORDER BY rev DESC", (uid,)
        )
        return [dict(row) for row in rows]

    def changes(
        self, *, after: int = 0, since: datetime | None = None, kind: Kind | None = None
    ) -> Iterator[Recorded]:
        """Yield what changed, in the order in which it was noticed.

        Args:
            after: Only changes with a higher number.
            since: Only changes noticed then or later.
            kind: Only of this kind; None for both.
        """
        statement = (
            "SELECT * FROM changes WHERE rev > ? AND (? IS NULL OR at >= ?) "
            "AND (? IS NULL OR kind = ?) ORDER BY rev"
        )
        at = stamp(since) if since else None
        for row in self._rows(statement, (after, at, at, kind, kind)):
            yield Recorded(**dict(row))

    def runs(self, *, latest: bool = False) -> list[dict[str, Any]]:
        """Return the passes that filled the library, the latest first; or the latest of each account."""
        newest = (
            " WHERE run IN (SELECT max(run) FROM passes GROUP BY account, kind)" if latest else ""
        )
        rows = self._rows(f"SELECT * FROM runs{newest} ORDER BY run DESC", ())
        return [dict(row) for row in rows]

    def sql(
        self, statement: str, *, seconds: float = 30.0
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Run one statement that reads, such as ``select count(*) from videos``.

        Args:
            statement: The SQL; the views are named in ``docs/library.md``.
            seconds: The longest that it may take, without the caller's own time.

        Returns:
            The columns' names, and the rows one by one.

        Raises:
            InvalidRequest: It isn't SQL, would write or reach another file, or takes too long.
        """
        rows = self._select(statement, seconds)
        names = next(rows)
        return list(names), rows

    def schema(self) -> list[tuple[str, list[str]]]:
        """Return the documented views with their columns."""
        return [
            (view, [row["name"] for row in self._rows(f"PRAGMA table_info({view})", ())])
            for view in VIEWS
        ]

    def _select(self, statement: str, seconds: float) -> Iterator[tuple[Any, ...]]:
        with self._connections.one() as connection:
            yield from select(connection, statement, seconds)

    def _rows(self, statement: str, values: Sequence[object]) -> Iterator[Row]:
        try:
            with (
                self._connections.one() as connection,
                closing(connection.execute(statement, values)) as rows,
            ):
                yield from rows
        except sqlite3.Error as error:
            raise broken(self.path, error) from error


def _conditions(filters: Filters) -> tuple[str, list[object]]:
    """Turn filters into a WHERE clause and its values."""
    found: list[str] = ["1"]
    values: list[object] = []
    for column, wanted in (
        ("account", filters.accounts),
        ("provider", filters.providers),
        ("status", filters.statuses),
    ):
        if wanted:
            found.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    for column in ("account", "provider") if filters.excluded else ():
        found.append(f"{column} NOT IN ({', '.join('?' * len(filters.excluded))})")
        values += filters.excluded
    for comparison, moment in (
        ("created_at >= ?", filters.since),
        ("created_at < ?", filters.until),
    ):
        if moment is not None:
            found.append(comparison)
            values.append(stamp(moment))
    if not filters.deleted and Status.DELETED not in filters.statuses:
        found.append("deleted_at IS NULL")
    return " AND ".join(found), values


def match(words: str) -> str:
    """Write words as a full-text query: each quoted, so that none is an operator; empty without any."""
    apart = (words_apart(word).strip() for word in words.replace("\0", " ").split())
    quoted = ['"' + word.replace('"', '""') + '"' for word in apart]
    return " ".join(quoted) + "*" if quoted else ""
