"""Rename an account in the library, with everything stored about it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from polyreel.errors import ConfigurationError
from polyreel.library.catalog.database import broken, open_writer, transaction
from polyreel.library.catalog.record import stamp

# A uid is "account:id"; what follows the old name stays.
_NEW_UID = "? || substr(uid, length(?) + 1)"


def rename_account(path: Path, old: str, new: str) -> int:
    """Rename an account in the library; return how many items it has.

    The change log has two lines for each item, both ``renamed``: one for the old uid, which no item has
    any more, and one for the new uid. So whoever follows the log learns of both.

    Args:
        path: The library's file.
        old: The account's name in the library.
        new: Its name from now on.

    Raises:
        ConfigurationError: The library knows items of the new name already, or none of the old one.
        LibraryError: The file can't be used.
    """
    with closing(open_writer(path)) as connection:
        try:
            with transaction(connection):
                return _rename(connection, old, new)
        except sqlite3.Error as error:
            raise broken(path, error) from error


def _rename(connection: sqlite3.Connection, old: str, new: str) -> int:
    if taken := _count(connection, new):
        raise ConfigurationError(f"the library has {taken:,} items of an account {new!r} already")
    if not _count(connection, old):
        rows = connection.execute("SELECT DISTINCT account FROM items ORDER BY 1")
        known = ", ".join(account for (account,) in rows) or "none"
        raise ConfigurationError(
            f"the library has no items of an account {old!r} (accounts: {known})"
        )
    files = connection.execute(
        "SELECT uid, role, archive FROM stored_files WHERE uid IN "
        "(SELECT uid FROM items WHERE account = ?)",
        (old,),
    ).fetchall()
    for table in ("links", "versions", "change_log"):
        connection.execute(
            f"UPDATE {table} SET uid = {_NEW_UID} WHERE uid IN "
            "(SELECT uid FROM items WHERE account = ?)",
            (new, old, old),
        )
    for table in ("change_log", "passes"):
        connection.execute(f"UPDATE {table} SET account = ? WHERE account = ?", (new, old))
    _log(connection, old)
    count = connection.execute(
        f"UPDATE items SET uid = {_NEW_UID}, account = ? WHERE account = ?", (new, old, new, old)
    ).rowcount
    _log(connection, new)
    connection.execute(
        "UPDATE items SET rev = (SELECT max(rev) FROM change_log WHERE change_log.uid = items.uid) "
        "WHERE account = ?",
        (new,),
    )
    _rename_files(connection, old, new, files)
    return count


def _count(connection: sqlite3.Connection, account: str) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM items WHERE account = ?", (account,)
    ).fetchone()
    return int(count)


def _log(connection: sqlite3.Connection, account: str) -> None:
    connection.execute(
        "INSERT INTO change_log (at, uid, kind, account, change, status_before, status) "
        "SELECT ?, uid, kind, account, 'renamed', status, status FROM items WHERE account = ? "
        "ORDER BY created_at, uid",
        (stamp(datetime.now(UTC)), account),
    )


def _rename_files(
    connection: sqlite3.Connection, old: str, new: str, files: list[tuple[str, str, str]]
) -> None:
    """Note an account's files under the new uids; those of the old ones are noted as removed."""
    at = stamp(datetime.now(UTC))
    for uid, role, archive in files:
        place = (uid, role, archive)
        connection.execute(
            "INSERT OR REPLACE INTO stored_files SELECT ?, role, archive, name, size, sha256, content_type, "
            "stored_at, removed_at, (SELECT max(rev) + 1 FROM stored_files) FROM stored_files "
            "WHERE uid = ? AND role = ? AND archive = ?",
            (new + uid.removeprefix(old), *place),
        )
        connection.execute(
            "UPDATE stored_files SET removed_at = coalesce(removed_at, ?), "
            "rev = (SELECT max(rev) + 1 FROM stored_files) "
            "WHERE uid = ? AND role = ? AND archive = ?",
            (at, *place),
        )
