"""What an archive holds: read from its sidecars once, and from then on only where one has changed."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from polyreel.errors import ConfigurationError
from polyreel.http import saving
from polyreel.library.archive import sidecar
from polyreel.library.archive.layout import FORMAT, MARKER, SUMS, sums
from polyreel.library.archive.sidecar import SidecarRecord, StoredFile
from polyreel.library.archive.store import Stat, Store

_CACHE = "index.json"

_log = logging.getLogger("polyreel")


class ArchiveIndex:
    """What an archive holds.

    Args:
        store: The archive's storage.

    Attributes:
        files: Every file that is there, by its path.
        records: What the sidecars say, by their paths.
        unreadable: The paths of what should be sidecars and can't be read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.files: dict[str, Stat] = {}
        self.unreadable: list[str] = []
        self.records: dict[str, SidecarRecord] = {}
        self._places: dict[tuple[str, str, str], list[str]] = {}
        self._tags: dict[str, str] = {}
        self._noted = False  # whether what was last saved is what there is

    def load(self) -> None:
        """Read what is there.

        Raises:
            ConfigurationError: The archive is of a newer format.
        """
        self.files = self._store.names()
        self._check_marker()
        known = self._cached()
        self._noted = True
        for name in sorted(self.files):
            if "/" not in name or not name.endswith(".json"):
                continue
            tag, (before, record) = self.files[name].tag, known.get(name, ("", None))
            if record is not None and before == tag:
                self._take(name, record, tag)
                continue
            record = sidecar.read(self._store.read(name))
            if record is None:
                self.unreadable.append(name)
                continue
            self.keep(name, record, tag)
        self._noted = self._noted and len(self.records) == len(known)

    def put_aside(self) -> None:
        """Rename what should be a sidecar and can't be read, so that a new one can take its place."""
        for name in self.unreadable:
            _log.warning("%s is no sidecar that can be read; it is kept as %s.bad", name, name)
            self._store.move(name, f"{name}.bad")

    def keep(self, place: str, record: SidecarRecord, tag: str) -> None:
        """Take a record in, in place of an earlier one."""
        self._noted = False
        self._take(place, record, tag)

    def _take(self, place: str, record: SidecarRecord, tag: str) -> None:
        if place not in self.records:
            self._places.setdefault(record.key, []).append(place)
        self.records[place] = record
        self._tags[place] = tag

    def of(self, key: tuple[str, str, str]) -> list[tuple[str, SidecarRecord]]:
        """Return the sidecars of an item, and what they say: one for each account that it was stored of."""
        return [(place, self.records[place]) for place in self._places.get(key, ())]

    def good(self, record: SidecarRecord | None) -> dict[str, StoredFile]:
        """Return the files of a record that are there in their full length, by role."""
        found = {}
        for file in record.files if record else ():
            there = self.files.get(file.name)
            if there is not None and there.size == file.size:
                found[file.role] = file
        return found

    def save(self) -> None:
        """Write ``SHA256SUMS``, where it isn't as it should be, and the cache."""
        digests = {
            file.name: file.sha256
            for record in self.records.values()
            for file in self.good(record).values()
        }
        content = sums(digests)
        if SUMS not in self.files or self._store.read(SUMS) != content:
            self.files[SUMS] = self._store.write(SUMS, content)
        if self._noted:
            return
        rows = {place: [self._tags[place], _row(record)] for place, record in self.records.items()}
        text = json.dumps({"format": FORMAT, "sidecars": rows}, separators=(",", ":"))
        saving.write(self._store.cache / _CACHE, text.encode())
        self._noted = True

    def mark(self) -> None:
        """Write the file that marks the place as an archive, if it isn't there."""
        if MARKER not in self.files:
            text = json.dumps({"format": FORMAT, "about": "https://pypi.org/project/polyreel"})
            self.files[MARKER] = self._store.write(MARKER, f"{text}\n".encode())

    @property
    def marked(self) -> bool:
        """Whether the file that marks an archive is there."""
        return MARKER in self.files

    def _check_marker(self) -> None:
        if not self.marked:
            return
        try:
            form = json.loads(self._store.read(MARKER))["format"]
        except (ValueError, KeyError, TypeError):
            form = None
        if form != FORMAT:
            raise ConfigurationError(
                f"{self._store.where} is an archive of another format ({form!r}) than this polyreel "
                f"writes ({FORMAT}); nothing was touched"
            )

    def _cached(self) -> dict[str, tuple[str, SidecarRecord | None]]:
        try:
            found: Any = json.loads((self._store.cache / _CACHE).read_bytes())
            if found["format"] != FORMAT:
                return {}
            return {name: (tag, _record(row)) for name, (tag, row) in found["sidecars"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


_FILE = tuple(StoredFile.__annotations__)


def _row(record: SidecarRecord) -> list[Any]:
    files = [[getattr(file, name) for name in _FILE] for file in record.files]
    at = record.archived_at.timestamp() if record.archived_at else None
    return [record.provider, record.account, record.kind, record.id, record.fingerprint, at, files]


def _record(row: list[Any]) -> SidecarRecord:
    provider, account, kind, id, fingerprint, at, files = row
    return SidecarRecord(
        provider=provider,
        account=account,
        kind=kind,
        id=id,
        fingerprint=fingerprint,
        files=tuple([StoredFile(*file) for file in files]),
        archived_at=None if at is None else datetime.fromtimestamp(at, UTC),
    )
