"""What a sync writes: a page of items at a time, each page in one transaction.

A change of an item (new, changed, deleted, restored) takes the next number of the change log, which
whoever follows the library asks for; seeing an item again as it was only notes that it was seen.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from attrs import frozen

from polyreel.files.links import expires_at
from polyreel.library.catalog.database import Row, broken, by_name, open_writer, transaction
from polyreel.library.catalog.record import Record, item_of, record, stamp
from polyreel.library.catalog.seen import Seen
from polyreel.models import Item, Kind
from polyreel.models.status import SETTLED


@frozen
class Change:
    """One change of one item.

    Attributes:
        rev: Its number in the change log.
        what: ``new``, ``changed``, ``deleted`` or ``restored``.
        item: The item as it is now, or as it was last seen if it was deleted.
        before: The item as it was, or None for a new one.
    """

    rev: int
    what: str
    item: Item
    before: Item | None


@frozen
class Written:
    """What one page changed.

    Attributes:
        changes: The changes, in the page's order.
        settled: Whether every item was known, unchanged, and ready, failed or deleted.
        known: Whether no item was new.
    """

    changes: Sequence[Change]
    settled: bool
    known: bool


class Writer:
    """Writes to a library; threads of one process take turns, processes wait for each other.

    Args:
        path: The library's file; made if it isn't there.
        now: Gives the current time.

    Raises:
        LibraryError: The file can't be used.

    Attributes:
        seen: What a pass asks about what is stored.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._connection = open_writer(path)
        self._connection.row_factory = by_name
        self.seen = Seen(self._connection)
        self._turn = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def begin(self, account: str, kind: Kind, mode: str) -> int:
        """Note that a pass over one account begins; return its number."""
        with self._writing():
            cursor = self._connection.execute(
                "INSERT INTO passes (started, account, kind, mode) VALUES (?, ?, ?, ?)",
                (self._stamp(), account, kind, mode),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def end(self, run: int, mode: str, *, complete: bool, error: str | None, **counts: int) -> None:
        """Note how a pass ended.

        Args:
            run: Its number.
            mode: ``full`` or ``head``, as it turned out.
            complete: Whether every item that exists was seen.
            error: Why it ended early, or None.
            counts: ``requests``, ``new``, ``changed`` and ``gone``.
        """
        with self._writing():
            self._connection.execute(
                "UPDATE passes SET ended = ?, mode = ?, complete = ?, error = ?, requests = ?, new = ?, "
                "changed = ?, gone = ? WHERE run = ?",
                (
                    self._stamp(), mode, complete, error,
                    *(counts.get(name, 0) for name in ("requests", "new", "changed", "gone")), run,
                ),
            )  # fmt: skip

    def page(self, run: int, kind: Kind, items: Iterable[Item]) -> Written:
        """Store the items of one page."""
        records = [(item, record(item, kind)) for item in items]
        with self._writing():
            at = self._stamp()
            uids = [one.uid for _, one in records]
            before, links = self._rows(uids, kind), self._kept_links(uids)
            changes: list[Change] = []
            settled = known = True
            for item, one in records:
                old = before.get(one.uid)
                known = known and old is not None
                settled = settled and _is_settled(one, old)
                change = self._item(run, at, item, one, old)
                if change is not None:
                    changes.append(change)
                self._links(one, links.get(one.uid, {}), at)
            return Written(tuple(changes), settled, known)

    def uids(self) -> set[str]:
        """Return the uids of all items, the deleted ones too."""
        return {row["uid"] for row in self._connection.execute("SELECT uid FROM items")}

    def note_missing(self, account: str, ids: Iterable[str]) -> None:
        """Note that a full pass didn't see these items."""
        with self._writing():
            at = self._stamp()
            self._connection.executemany(
                "UPDATE items SET missing_since = coalesce(missing_since, ?) WHERE uid = ?",
                [(at, f"{account}:{id}") for id in ids],
            )

    def delete(self, account: str, kind: Kind, ids: Iterable[str]) -> list[Change]:
        """Mark items as deleted; their rows stay."""
        uids = [f"{account}:{id}" for id in ids]
        with self._writing():
            at = self._stamp()
            changes = []
            for uid, row in self._rows(uids, kind).items():
                if row["deleted_at"] is not None:
                    continue
                rev = self._log(at, uid, row, "deleted", row["status"], row["status"])
                self._connection.execute(
                    "UPDATE items SET deleted_at = ?, changed_at = ?, rev = ? WHERE uid = ?",
                    (at, at, rev, uid),
                )
                item = item_of(row, kind)
                changes.append(Change(rev, "deleted", item, item))
            self._connection.executemany(
                "DELETE FROM links WHERE uid = ?", [(change.item.uid,) for change in changes]
            )
            return changes

    def _item(self, run: int, at: str, item: Item, one: Record, old: Row | None) -> Change | None:
        if old is not None and old["fingerprint"] == one.fingerprint and not old["deleted_at"]:
            self._connection.execute(
                "UPDATE items SET last_seen = ?, last_seen_run = max(last_seen_run, ?), "
                "missing_since = NULL WHERE uid = ?",
                (at, run, one.uid),
            )
            return None
        what = "new" if old is None else "restored" if old["deleted_at"] else "changed"
        rev = self._log(
            at, one.uid, {"kind": one.kind, "account": item.account}, what,
            old["status"] if old else None, one.values["status"],
        )  # fmt: skip
        before = None
        if old is not None:
            before = item_of(old, one.kind)
            self._connection.execute(
                "INSERT INTO versions (uid, rev, seen_at, status, fingerprint, raw) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (one.uid, rev, old["last_seen"], old["status"], old["fingerprint"], old["raw"]),
            )
        self._put(run, at, one, rev)
        return Change(rev, what, item, before)

    def _put(self, run: int, at: str, one: Record, rev: int) -> None:
        row = {
            **one.values, "uid": one.uid, "kind": one.kind, "raw": one.raw,
            "fingerprint": one.fingerprint, "rev": rev, "first_seen": at, "last_seen": at,
            "last_seen_run": run, "changed_at": at, "missing_since": None, "deleted_at": None,
        }  # fmt: skip
        kept = ", ".join(
            f"{name} = excluded.{name}" for name in row if name not in {"uid", "first_seen"}
        )
        self._connection.execute(
            f"INSERT INTO items ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "
            f"ON CONFLICT (uid) DO UPDATE SET {kept}",
            tuple(row.values()),
        )

    def _kept_links(self, uids: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the links that are stored of these items, by uid and role."""
        found: dict[str, dict[str, str]] = {}
        for row in self._connection.execute(
            f"SELECT uid, role, url FROM links WHERE uid IN ({', '.join('?' * len(uids))})", uids
        ):
            found.setdefault(row["uid"], {})[row["role"]] = row["url"]
        return found

    def _links(self, one: Record, kept: dict[str, str], at: str) -> None:
        for role in kept.keys() - one.links.keys():
            self._connection.execute(
                "DELETE FROM links WHERE uid = ? AND role = ?", (one.uid, role)
            )
        for role, url in one.links.items():
            if kept.get(role) != url:
                end = expires_at(url)
                self._connection.execute(
                    "INSERT OR REPLACE INTO links (uid, role, url, expires_at, seen_at) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (one.uid, role, url, stamp(end) if end else None, at),
                )

    def _log(self, at: str, uid: str, row: Row, change: str, before: object, status: object) -> int:
        cursor = self._connection.execute(
            "INSERT INTO change_log (at, uid, kind, account, change, status_before, status) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (at, uid, row["kind"], row["account"], change, before, status),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _rows(self, uids: Sequence[str], kind: Kind) -> dict[str, Row]:
        """Return what is stored of these items, as their view shows it and with what a writer needs."""
        found = self._connection.execute(
            f"SELECT {kind}.*, items.kind, items.fingerprint FROM {kind} "
            f"JOIN items USING (uid) WHERE uid IN ({', '.join('?' * len(uids))})",
            uids,
        )
        return {row["uid"]: row for row in found}

    def _stamp(self) -> str:
        return stamp(self._now())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Take this thread's turn for one transaction; SQLite's errors become the library's."""
        try:
            with self._turn, transaction(self._connection):
                yield
        except sqlite3.Error as error:
            raise broken(self._path, error) from error


def _is_settled(one: Record, old: Row | None) -> bool:
    return (
        old is not None
        and old["fingerprint"] == one.fingerprint
        and old["deleted_at"] is None
        and one.values["status"] in SETTLED
    )
