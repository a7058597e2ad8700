"""Changes of a library after a change number, for copies of it: rows to write, and rows to delete."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import frozen

from polyreel.library.catalog.database import Row, broken, by_name, open_reader

Table: TypeAlias = Literal["videos", "replicas", "files"]

_AT_ONCE = 1000

_FILES = """
SELECT uid, role, archive, name, size, sha256, content_type, stored_at, removed_at AS deleted_at, rev
FROM stored_files WHERE rev > ? ORDER BY rev
"""
# An item whose account was renamed is another row from then on.
_RENAMED = """
SELECT uid, account, substr(uid, length(account) + 2) AS id, max(at) AS deleted_at, max(rev) AS rev
FROM change_log WHERE rev > ? AND kind = ? AND change = 'renamed'
AND NOT EXISTS (SELECT 1 FROM items WHERE items.uid = change_log.uid)
GROUP BY uid ORDER BY rev
"""


@frozen
class FollowedTo:
    """How far a copy has followed a library.

    Attributes:
        library: Which library; a file that was made anew is another one.
        rev: The highest number that the copy has.
    """

    library: str
    rev: int


def position(path: Path, table: Table) -> FollowedTo:
    """Say how far a library is itself.

    Raises:
        LibraryError: There is none, or it can't be used.
    """
    with closing(open_reader(path)) as connection:
        try:
            (library,) = connection.execute("SELECT library FROM identity").fetchone()
            counted = "stored_files" if table == "files" else "change_log"
            (rev,) = connection.execute(f"SELECT coalesce(max(rev), 0) FROM {counted}").fetchone()
        except sqlite3.Error as error:
            raise broken(path, error) from error
    return FollowedTo(library, rev)


def rows_after(path: Path, table: Table, rev: int) -> Iterator[list[Row]]:
    """Yield what came after a number, as one moment has it, some rows at a time.

    Args:
        path: The library's file.
        table: Whose rows; ``files`` are counted by numbers of their own.
        rev: The number; 0 for everything.

    Yields:
        Rows of the view, with ``rev``; one whose ``deleted_at`` is set is gone. Of a uid that is
        nothing's any more only uid, account, id, rev and ``deleted_at`` are given.

    Raises:
        LibraryError: There is no library, or it can't be used.
    """
    questions = (
        [(_FILES, (rev,))]
        if table == "files"
        else [
            (_RENAMED, (rev, table)),
            (f"SELECT * FROM {table} WHERE rev > ? ORDER BY rev", (rev,)),
        ]
    )
    with closing(open_reader(path)) as connection:
        connection.row_factory = by_name
        try:
            connection.execute("BEGIN")  # both questions are asked of the same moment
            for statement, values in questions:
                cursor = connection.execute(statement, values)
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield rows
        except sqlite3.Error as error:
            raise broken(path, error) from error
