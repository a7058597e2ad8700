"""The files that archives hold, as the library has them; each change takes the next number of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from attrs import astuple, frozen

from polyreel.library.catalog.database import broken, open_writer, transaction
from polyreel.library.catalog.record import stamp

_NEXT = "(SELECT coalesce(max(rev), 0) + 1 FROM stored_files)"


@frozen(kw_only=True)
class FileRow:
    """A file in an archive.

    Attributes:
        uid: The item that it is of.
        role: What it is for: ``video``, ``thumbnail``, …
        name: Its path in the archive.
        size: Its bytes.
        sha256: Its digest, in hexadecimal.
        content_type: What it is by its first bytes.
        stored_at: When it was stored, or None.
    """

    uid: str
    role: str
    name: str
    size: int
    sha256: str
    content_type: str
    stored_at: datetime | None


class FileTable:
    """Writes which files archives hold.

    Args:
        path: The library's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def replace(self, archive: str, files: Iterable[FileRow]) -> int:
        """Note an archive's files in place of those that were noted before; return how many there are.

        Args:
            archive: Where the archive is.
            files: All of its files.

        Raises:
            LibraryError: The library can't be written.
        """
        there = {(each.uid, each.role): each for each in files}
        with closing(open_writer(self._path)) as connection:
            try:
                with transaction(connection):
                    self._replace(connection, archive, there)
            except sqlite3.Error as error:
                raise broken(self._path, error) from error
        return len(there)

    def _replace(
        self, connection: sqlite3.Connection, archive: str, there: dict[tuple[str, str], FileRow]
    ) -> None:
        known = {
            (row[0], row[1]): row[:7]
            for row in connection.execute(
                "SELECT uid, role, name, size, sha256, content_type, stored_at FROM stored_files "
                "WHERE archive = ? AND removed_at IS NULL",
                (archive,),
            )
        }
        for place in known.keys() - there.keys():
            connection.execute(
                f"UPDATE stored_files SET removed_at = ?, rev = {_NEXT} "
                "WHERE uid = ? AND role = ? AND archive = ?",
                (stamp(datetime.now(UTC)), *place, archive),
            )
        for place, file in there.items():
            *told, stored_at = astuple(file)
            row = (*told, stamp(stored_at) if stored_at else None)
            if known.get(place) != row:
                connection.execute(
                    "INSERT OR REPLACE INTO stored_files "
                    "(uid, role, name, size, sha256, content_type, stored_at, archive, rev) "
                    f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, {_NEXT})",
                    (*row, archive),
                )
