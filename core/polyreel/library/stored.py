"""What lies in an archive, noted in a library: its files, and those of its items that nobody knows there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from polyreel.library.archive import Archive
from polyreel.library.catalog.database import broken, open_writer, transaction
from polyreel.library.catalog.record import stamp
from polyreel.library.catalog.writing import Writer
from polyreel.library.portable import portable_text

_AT_ONCE = 500  # items in one transaction


def note_items(path: Path, archive: Archive) -> int:
    """Put the items of an archive's sidecars into a library, where it doesn't know them.

    What the library knows is newer, or as new. Links of the new items lack their queries.

    Args:
        path: The library's file; made if it isn't there.
        archive: The archive.

    Returns:
        How many were new.

    Raises:
        LibraryError: The library can't be used.
        ConfigurationError: There is no archive.
    """
    with _opened(path) as connection:
        known = {uid for (uid,) in connection.execute("SELECT uid FROM items")}
    new = [one for one in archive.items() if portable_text(one.item.uid) not in known]
    new.sort(key=lambda one: (one.record.account, one.record.kind))
    with closing(Writer(path, _now)) as writer:
        for (account, kind), group in groupby(
            new, key=lambda one: (one.record.account, one.record.kind)
        ):
            items = [one.item for one in group]
            run = writer.begin(account, kind, "archive")
            for first in range(0, len(items), _AT_ONCE):
                writer.page(run, kind, items[first : first + _AT_ONCE])
            writer.end(run, "archive", complete=False, error=None, new=len(items))
    return len(new)


def note_files(path: Path, archive: Archive) -> int:
    """Let a library know which files lie in an archive; those that are gone from it are noted as removed.

    Args:
        path: The library's file; made if it isn't there.
        archive: The archive.

    Returns:
        How many rows were written; 0 when nothing has changed since the last time.

    Raises:
        LibraryError: The library can't be used.
        ConfigurationError: There is no archive.
    """
    there = {
        (portable_text(record.uid), file.role): (
            file.name,
            file.size,
            file.sha256,
            file.content_type,
        )
        for record in archive.records()
        for file in record.files
    }
    with _opened(path) as connection, transaction(connection):
        known = {
            (uid, role): tuple(row)
            for uid, role, *row in connection.execute(
                "SELECT uid, role, name, size, sha256, content_type FROM stored_files "
                "WHERE archive = ? AND removed_at IS NULL",
                (archive.where,),
            )
        }
        (rev,) = connection.execute("SELECT coalesce(max(rev), 0) FROM stored_files").fetchone()
        at, first = stamp(_now()), rev
        for key, row in there.items():
            if known.get(key) != row:
                rev += 1
                connection.execute(
                    "INSERT OR REPLACE INTO stored_files (uid, role, archive, name, size, sha256, "
                    "content_type, stored_at, rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*key, archive.where, *row, at, rev),
                )
        for uid, role in known.keys() - there.keys():
            rev += 1
            connection.execute(
                "UPDATE stored_files SET removed_at = ?, rev = ? "
                "WHERE uid = ? AND role = ? AND archive = ?",
                (at, rev, uid, role, archive.where),
            )
    return int(rev - first)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(open_writer(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise broken(path, error) from error


def _now() -> datetime:
    return datetime.now(UTC)
