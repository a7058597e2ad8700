"""A library file opened: made or brought up to date for a writer, read-only for a reader."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from polyreel.errors import LibraryError
from polyreel.library.catalog.schema import APPLICATION, FIRST, STEPS

Row: TypeAlias = dict[str, Any]
"""A row by the names of its columns."""

_PARAMETERS = 30_000  # SQLite takes a few more in one statement
_BUSY = 30.0  # seconds that a writer waits for another one's page


def library_path(named: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file: the one that is named, else ``POLYREEL_LIBRARY``, else the user's data folder."""
    if named is not None:
        return named
    if chosen := environ.get("POLYREEL_LIBRARY"):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_data_path("polyreel") / "library.db"


def open_writer(path: Path) -> sqlite3.Connection:
    """Open a library for reading and writing; make it if it isn't there.

    Raises:
        LibraryError: It can't be made, or is damaged, of a newer format, or no library.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise LibraryError(f"the library {path} can't be written: {error.strerror}") from error
    with _library_errors(path):
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=_BUSY, check_same_thread=False
        )
        try:
            _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a library read-only; a sync that is going on is not disturbed.

    Raises:
        LibraryError: There is none, or it is damaged, of another format, or no library.
    """
    if not path.is_file():
        raise LibraryError(f"there is no library at {path} yet: fill one with polyreel sync")
    with _library_errors(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=_BUSY, check_same_thread=False)
        try:
            version = _version(connection, path)
            if not version:
                raise LibraryError(f"the library {path} is empty: fill it with polyreel sync")
            if version < len(STEPS):
                raise LibraryError(
                    f"the library {path} was written by an older polyreel; polyreel sync brings it "
                    "up to date"
                )
        except BaseException:
            connection.close()
            raise
    return connection


def put_aside(path: Path) -> Path | None:
    """Rename a library's file, so that a new one can take its place; None if there is none.

    Raises:
        LibraryError: It can't be renamed.
    """
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(f"{path.name}{suffix}")
            if part.exists():
                part.rename(aside.with_name(f"{aside.name}{suffix}"))
    except OSError as error:
        raise LibraryError(f"the library {path} can't be put aside: {error.strerror}") from error
    return aside


def by_name(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Row:
    """Make a row of a tuple: what a connection takes as its row factory."""
    return dict(zip((column[0] for column in cursor.description), row, strict=True))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make what is written inside one change: all of it, or on an error nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def insert(connection: sqlite3.Connection, into: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows by few statements: SQLite lets other threads run while it works, once for each of them.

    Args:
        connection: The library.
        into: The beginning of the statement, up to its values.
        rows: The values, of one length.
    """
    most = _PARAMETERS // len(rows[0]) if rows else 1
    for first in range(0, len(rows), most):
        part = rows[first : first + most]
        connection.execute(into + _places(len(part), len(part[0])), [*chain.from_iterable(part)])


@lru_cache(maxsize=64)
def _places(rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f" VALUES {', '.join([row] * rows)}"


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection, path)
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise LibraryError(
            f"the library {path} lies where SQLite can't keep a write-ahead log, such as on a network "
            "file system; name another file with --library or POLYREEL_LIBRARY"
        )
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == len(STEPS):
        return
    if version:
        copy = path.with_name(f"{path.name}.v{version}")
        with closing(sqlite3.connect(copy)) as kept:
            connection.backup(kept)
        shutil.copymode(path, copy)
    with transaction(connection):
        # Another process may have done it while this one waited for its turn.
        for step in STEPS[_version(connection, path) :]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a file's tables, 0 for an empty file.

    Raises:
        LibraryError: It is newer than this code, or another program's.
    """
    # One statement, so that another process can't change the file between two looks at it.
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if tables == 0 and application in {0, APPLICATION}:
        return 0
    if application != APPLICATION:
        raise LibraryError(f"{path} is a database of something else, not a polyreel library")
    if version < FIRST:
        raise LibraryError(
            f"the library {path} was written before polyreel's first release: polyreel catalog rebuild "
            "puts it aside and fills a new one"
        )
    if version > len(STEPS):
        raise LibraryError(
            f"the library {path} was written by a newer polyreel (format {version}; this one knows "
            f"{len(STEPS)}): update polyreel, or name another file with --library"
        )
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """Split a script; executescript would end the transaction that it runs in."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


@contextmanager
def _library_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors while a file is opened into what a person can do about them."""
    try:
        yield
    except sqlite3.Error as error:
        raise broken(path, error) from error


def broken(path: Path, error: sqlite3.Error) -> LibraryError:
    """Return the error for what SQLite says of a file."""
    told = str(error)
    if "locked" in told:
        return LibraryError(
            f"the library {path} is being written by another process; try again when it is done"
        )
    if "full" in told:
        return LibraryError(f"the disk that holds the library {path} is full")
    if "readonly" in told or "unable to open" in told:
        return LibraryError(f"the library {path} can't be opened for writing: {told}")
    if isinstance(error, sqlite3.DatabaseError) and (
        "malformed" in told or "not a database" in told or "corrupt" in told
    ):
        return LibraryError(
            f"the library {path} is damaged ({told}): polyreel catalog rebuild makes it anew"
        )
    return LibraryError(f"the library {path}: {told}")
