"""What a library answers to somebody who looks through it: items a page at a time, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import field, frozen

from polyreel.convert import time
from polyreel.library.catalog.reading import LibraryReader, match
from polyreel.library.catalog.record import item_of
from polyreel.models import Item, Kind

FACETS: Mapping[str, str] = {
    "account": "account",
    "provider": "provider",
    "status": "coalesce(status, '')",
    "model": "coalesce(model, '')",
    "month": "coalesce(substr(created_at, 1, 7), '')",
}
"""What items are counted by, and the SQL of its value; an empty text where an item has none."""


@frozen(kw_only=True)
class ItemSelection:
    """Which items somebody looks at; empty means all, also those that the provider has deleted.

    Attributes:
        words: Words that title or prompt holds, in any order; the last may be the beginning of one.
        chosen: Facet to the values that are wanted; several widen, several facets narrow.
    """

    words: str = ""
    chosen: Mapping[str, Sequence[str]] = field(factory=dict)


@frozen(order=False)
class BrowsingPlace:
    """Where an item stands: the newest first, those without a time last, then by uid.

    Attributes:
        created_at: Its time as the library writes it, or None.
        uid: Its uid.
    """

    created_at: str | None
    uid: str


@frozen
class FileInArchive:
    """A file of an item in an archive, as the library knows of it.

    Attributes:
        role: What it is for.
        archive: Where the archive is: a folder, or a bucket's URL.
        name: The file's path in it.
        content_type: What it is by its first bytes, or None.
    """

    role: str
    archive: str
    name: str
    content_type: str | None


@frozen(kw_only=True)
class LibraryEntry:
    """An item, and what the library knows beyond it.

    Attributes:
        item: As it was last seen.
        kind: ``videos`` or ``replicas``.
        place: Where it stands among the others.
        first_seen: When it was first seen.
        last_seen: When it was last seen.
        changed_at: When a change of it was last noticed.
        deleted_at: When it was noticed that the provider has deleted it, or None.
        stored: Its files that lie in archives.
    """

    item: Item
    kind: Kind
    place: BrowsingPlace
    first_seen: datetime | None
    last_seen: datetime | None
    changed_at: datetime | None
    deleted_at: datetime | None
    stored: tuple[FileInArchive, ...]


class Browser(LibraryReader):
    """Reads a library a page at a time, and counts."""

    def page(
        self, kind: Kind, selection: ItemSelection, limit: int, after: BrowsingPlace | None = None
    ) -> list[LibraryEntry]:
        """Return the next items in order.

        Args:
            kind: ``videos`` or ``replicas``.
            selection: Which of them.
            limit: At most so many.
            after: The place of the last item that is known; None for the first page.
        """
        where, values = _conditions(kind, selection)
        uids: list[str] = []
        if after is None or after.created_at is not None:
            begin, bounds = "created_at IS NOT NULL", []
            if after is not None:
                begin = "created_at <= ? AND (created_at < ? OR uid > ?)"
                bounds = [after.created_at, after.created_at, after.uid]
            uids = self._uids(f"{where} AND {begin}", [*values, *bounds], limit)
        if len(uids) < limit:
            behind = after.uid if after is not None and after.created_at is None else ""
            dateless = f"{where} AND created_at IS NULL AND uid > ?"
            uids += self._uids(dateless, [*values, behind], limit - len(uids))
        found = {entry.item.uid: entry for entry in self._entries(kind, uids)}
        return [found[uid] for uid in uids if uid in found]

    def entry(self, uid: str) -> LibraryEntry | None:
        """Return one item of either kind, or None if the library has never seen it."""
        for row in self._rows("SELECT kind FROM items WHERE uid = ?", (uid,)):
            return next(iter(self._entries(row["kind"], [uid])), None)
        return None

    def tally(self, kind: Kind, words: str = "") -> Counter[tuple[str, ...]]:
        """Count the items that hold some words, by all facets at once.

        Returns:
            The values of `FACETS`, in that order, to the number of items that have just these.
        """
        where, values = _conditions(kind, ItemSelection(words=words))
        columns = ", ".join(f"{value} AS {name}" for name, value in FACETS.items())
        numbers = ", ".join(str(number + 1) for number in range(len(FACETS)))
        rows = self._rows(
            f"SELECT {columns}, count(*) AS n FROM items WHERE {where} GROUP BY {numbers}", values
        )
        return Counter({tuple(row[name] for name in FACETS): row["n"] for row in rows})

    def latest(self) -> int:
        """Return the number of the latest change; 0 in an empty library."""
        for row in self._rows("SELECT max(rev) AS rev FROM change_log", ()):
            return row["rev"] or 0
        return 0

    def uids(self) -> set[str]:
        """Return the uids of everything that was ever seen."""
        return {row["uid"] for row in self._rows("SELECT uid FROM items", ())}

    def _uids(self, where: str, values: Sequence[object], limit: int) -> list[str]:
        rows = self._rows(
            f"SELECT uid FROM items WHERE {where} ORDER BY created_at DESC, uid LIMIT ?",
            (*values, limit),
        )
        return [row["uid"] for row in rows]

    def _entries(self, kind: Kind, uids: Sequence[str]) -> Iterator[LibraryEntry]:
        """Yield items in any order; those that aren't there are left out."""
        places = ", ".join("?" * len(uids))
        stored: dict[str, list[FileInArchive]] = {}
        for row in self._rows(f"SELECT * FROM files WHERE uid IN ({places})", uids):
            file = FileInArchive(row["role"], row["archive"], row["name"], row["content_type"])
            stored.setdefault(row["uid"], []).append(file)
        for row in self._rows(f"SELECT * FROM {kind} WHERE uid IN ({places})", uids):
            yield LibraryEntry(
                item=item_of(row, kind),
                kind=kind,
                place=BrowsingPlace(row["created_at"], row["uid"]),
                stored=tuple(stored.get(row["uid"], ())),
                **{name: time(row[name]) for name in _SEEN},
            )


_SEEN = ("first_seen", "last_seen", "changed_at", "deleted_at")


def _conditions(kind: Kind, selection: ItemSelection) -> tuple[str, list[object]]:
    """Turn a selection into a WHERE clause over the table of items, and its values."""
    found, bound = ["kind = ?"], list[object]([kind])
    for facet, wanted in selection.chosen.items():
        if wanted:
            found.append(f"{FACETS[facet]} IN ({', '.join('?' * len(wanted))})")
            bound += wanted
    if query := match(selection.words):
        found.append("number IN (SELECT rowid FROM search WHERE search MATCH ?)")
        bound.append(query)
    return " AND ".join(found), bound
