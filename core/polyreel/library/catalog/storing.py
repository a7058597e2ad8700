"""How a page of items is stored: its rows, what they were before, their links, their words, their changes.

All items of a page are looked up by one statement, and written by one for each table. A change of an item
takes the next number of the change log; seeing an item again as it was only notes that it was seen.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import frozen

from polyreel.files.links import expires_at
from polyreel.library.catalog.database import Row, insert
from polyreel.library.catalog.record import COLUMNS, ItemRecord, item_of, stamp, words_of
from polyreel.library.portable import portable_text
from polyreel.models import Item, Kind
from polyreel.models.status import SETTLED


@frozen
class ItemChange:
    """One change of one item.

    Attributes:
        rev: Its number in the change log.
        what: ``new``, ``changed``, ``deleted`` or ``restored``.
        item: The item as it is now; of one that was deleted the status is ``deleted``, the rest as it was.
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
    """

    changes: Sequence[ItemChange]
    settled: bool


# Uids of any number, which places for values are not. A cross join is done in the order that is written:
# the planner knows nothing of their number, and would sooner read every item of a kind.
_WANTED = "json_each(?) AS wanted CROSS JOIN"
_KNOWN = ("rev", "last_seen", "last_seen_run", "changed_at")
_ADD = f"INSERT INTO items (number, {', '.join((*COLUMNS, 'first_seen', *_KNOWN))})"
_REPLACE = (
    f"UPDATE items SET {', '.join(f'{name} = ?' for name in (*COLUMNS, *_KNOWN))}, "
    "missing_since = NULL, deleted_at = NULL WHERE number = ?"
)
_SEE = (
    "UPDATE items SET last_seen = ?, last_seen_run = max(last_seen_run, ?), missing_since = NULL "
    "WHERE number IN (SELECT value FROM json_each(?))"
)
_KEEP = (
    "INSERT INTO versions (uid, rev, seen_at, status, fingerprint, raw) "
    "SELECT uid, ?, last_seen, status, fingerprint, raw FROM items WHERE number = ?"
)
_LOG = "INSERT INTO change_log (rev, at, uid, kind, account, change, status_before, status)"
_LINK = "INSERT OR REPLACE INTO links (uid, role, url, expires_at, seen_at)"
_UNLINK = "DELETE FROM links WHERE uid = ? AND role = ?"
# Values alone: before a statement that selects, the search index would write out all that it has gathered.
_INDEX = "INSERT INTO search (rowid, title, prompt)"
_UNINDEX = "INSERT INTO search (search, rowid, title, prompt) VALUES ('delete', ?, ?, ?)"


def store(
    connection: sqlite3.Connection, run: int, at: str, kind: Kind, records: Iterable[ItemRecord]
) -> Written:
    """Store a page of items, within the caller's transaction.

    Args:
        connection: The library, whose rows come by name.
        run: The pass that saw them.
        at: When.
        kind: ``videos`` or ``replicas``.
        records: Its items; of several with one uid the last counts.
    """
    page = {one.uid: one for one in records}
    known = _known(connection, page)
    seen, differing = [], []
    for uid, one in page.items():
        old = known.get(uid)
        if old is not None and old["fingerprint"] == one.fingerprint and not old["deleted_at"]:
            seen.append(old)
        else:
            differing.append(one)
    if seen:
        connection.execute(_SEE, (at, run, json.dumps([old["number"] for old in seen])))
    changes = _store_items(connection, run, at, kind, differing, known) if differing else []
    _store_links(connection, at, page, known)
    return Written(changes, not differing and all(old["status"] in SETTLED for old in seen))


def mark_deleted(
    connection: sqlite3.Connection, at: str, kind: Kind, uids: Sequence[str]
) -> list[ItemChange]:
    """Mark items as deleted, within the caller's transaction; their rows stay, their links go."""
    there = [row for row in _rows(connection, kind, uids).values() if row["deleted_at"] is None]
    changes = []
    for rev, row in enumerate(there, _next(connection, "rev", "change_log")):
        after = item_of(row | {"status": "deleted"}, kind)
        changes.append(ItemChange(rev, "deleted", after, item_of(row, kind)))
    _log(connection, at, kind, changes)
    connection.executemany(
        "UPDATE items SET status = 'deleted', deleted_at = ?, changed_at = ?, rev = ? WHERE uid = ?",
        [(at, at, change.rev, change.item.uid) for change in changes],
    )
    connection.executemany(
        "DELETE FROM links WHERE uid = ?", [(change.item.uid,) for change in changes]
    )
    return changes


def _store_items(
    connection: sqlite3.Connection,
    run: int,
    at: str,
    kind: Kind,
    differing: Sequence[ItemRecord],
    known: Mapping[str, Row],
) -> list[ItemChange]:
    """Store items that are new or differ from what is known of them, and log it."""
    before = _rows(connection, kind, [one.uid for one in differing if one.uid in known])
    changes: list[ItemChange] = []
    added: list[tuple[object, ...]] = []
    replaced: list[tuple[object, ...]] = []
    kept: list[tuple[int, int]] = []
    words: list[tuple[object, ...]] = []
    words_before: list[tuple[object, ...]] = []
    number = _next(connection, "number", "items")
    for rev, one in enumerate(differing, _next(connection, "rev", "change_log")):
        old = known.get(one.uid)
        if old is None:
            added.append((number, *one.columns(), at, rev, at, run, at))
            words.append((number, *one.words()))
            number += 1
            changes.append(ItemChange(rev, "new", one.item, None))
        else:
            kept.append((rev, old["number"]))
            replaced.append((*one.columns(), rev, at, run, at, old["number"]))
            words_before.append((old["number"], *words_of(before[one.uid])))
            words.append((old["number"], *one.words()))
            what = "restored" if old["deleted_at"] else "changed"
            changes.append(ItemChange(rev, what, one.item, item_of(before[one.uid], kind)))
    connection.executemany(_KEEP, kept)
    connection.executemany(_UNINDEX, words_before)
    connection.executemany(_REPLACE, replaced)
    insert(connection, _ADD, added)
    insert(connection, _INDEX, words)
    _log(connection, at, kind, changes)
    return changes


def _store_links(
    connection: sqlite3.Connection,
    at: str,
    page: Mapping[str, ItemRecord],
    known: Mapping[str, Row],
) -> None:
    """Store the links of a page's items in place of those that are stored."""
    stored = {
        (row["uid"], row["role"]): row["url"]
        for row in connection.execute(
            f"SELECT uid, role, url FROM {_WANTED} links ON links.uid = wanted.value", _among(known)
        )
    }
    given = {(uid, role): url for uid, one in page.items() for role, url in one.links().items()}
    connection.executemany(_UNLINK, stored.keys() - given.keys())
    insert(
        connection,
        _LINK,
        [
            (uid, role, url, stamp(end) if (end := expires_at(url)) else None, at)
            for (uid, role), url in given.items()
            if stored.get((uid, role)) != url
        ],
    )


def _log(
    connection: sqlite3.Connection, at: str, kind: Kind, changes: Sequence[ItemChange]
) -> None:
    lines = []
    for change in changes:
        account, uid = portable_text(change.item.account), portable_text(change.item.uid)
        before = change.before.status.value if change.before else None
        status = change.item.status.value
        lines.append((change.rev, at, uid, kind, account, change.what, before, status))
    insert(connection, _LOG, lines)


def _known(connection: sqlite3.Connection, uids: Collection[str]) -> dict[str, Row]:
    """Return what tells whether items have changed, of those that are known."""
    found = connection.execute(
        "SELECT uid, number, fingerprint, status, deleted_at "
        f"FROM {_WANTED} items ON items.uid = wanted.value",
        _among(uids),
    )
    return {row["uid"]: row for row in found}


def _rows(connection: sqlite3.Connection, kind: Kind, uids: Collection[str]) -> dict[str, Row]:
    """Return items as their view shows them, by uid."""
    found = connection.execute(
        f"SELECT shown.* FROM {_WANTED} {kind} AS shown ON shown.uid = wanted.value", _among(uids)
    )
    return {row["uid"]: row for row in found}


def _among(uids: Collection[str]) -> tuple[str]:
    return (json.dumps([*uids]),)


def _next(connection: sqlite3.Connection, column: str, table: str) -> int:
    (row,) = connection.execute(f"SELECT coalesce(max({column}), 0) + 1 AS next FROM {table}")
    found: int = row["next"]
    return found
