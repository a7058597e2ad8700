"""An account that bears another name from now on, with all that the library knows of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from polyreel.errors import ConfigurationError
from polyreel.library.catalog.database import broken, open_writer, transaction

# A uid is "account:id"; what follows the old name stays.
_NEW_UID = "? || substr(uid, length(?) + 1)"


def rename_account(path: Path, old: str, new: str) -> int:
    """Let an account's items follow its new name; give how many there are.

    Args:
        path: The library's file.
        old: The account's name in the library.
        new: Its name from now on.

    Raises:
        ConfigurationError: The library knows items of the new name already.
        LibraryError: The file can't be used.
    """
    with closing(open_writer(path)) as connection:
        try:
            with transaction(connection):
                return _rename(connection, old, new)
        except sqlite3.Error as error:
            raise broken(path, error) from error


def _rename(connection: sqlite3.Connection, old: str, new: str) -> int:
    (taken,) = connection.execute("SELECT count(*) FROM items WHERE account = ?", (new,)).fetchone()
    if taken:
        raise ConfigurationError(f"the library has {taken:,} items of an account {new!r} already")
    for table in ("links", "stored_files", "versions", "change_log"):
        connection.execute(
            f"UPDATE {table} SET uid = {_NEW_UID} WHERE uid IN "
            "(SELECT uid FROM items WHERE account = ?)",
            (new, old, old),
        )
    for table in ("change_log", "passes"):
        connection.execute(f"UPDATE {table} SET account = ? WHERE account = ?", (new, old))
    return connection.execute(
        f"UPDATE items SET uid = {_NEW_UID}, account = ? WHERE account = ?", (new, old, new, old)
    ).rowcount
