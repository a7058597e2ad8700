"""What an archive holds: read from its sidecars once, and from then on only where one has changed."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime
from typing import Any, NamedTuple

from polyreel.errors import ConfigurationError
from polyreel.http import saving
from polyreel.library.archive import sidecar
from polyreel.library.archive.layout import FORMAT, MARKER, SUMS, sums
from polyreel.library.archive.sidecar import SidecarRecord, StoredFile
from polyreel.library.archive.store import Stat, Store

_CACHE = "index.json"

_log = logging.getLogger("polyreel")


class _Noted(NamedTuple):
    """What the cache says of a sidecar: its state, that of each of its files, and what it says."""

    tag: str
    tags: list[str]
    record: SidecarRecord


class ArchiveIndex:
    """What an archive holds.

    Args:
        store: The archive's storage.

    Attributes:
        files: Every file that is there, by its path.
        records: What the sidecars say, by their paths.
        unreadable: The paths of what should be sidecars and can't be read.
        lost: What sidecars said that are gone or can't be read, by their paths, as far as it was noted.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.files: dict[str, Stat] = {}
        self.unreadable: list[str] = []
        self.records: dict[str, SidecarRecord] = {}
        self.lost: dict[str, SidecarRecord] = {}
        self._touched: list[StoredFile] = []
        self._places: dict[tuple[str, str, str], list[str]] = {}
        self._tags: dict[str, str] = {}
        self._noted = False  # whether the cache is what there is
        self._saved = False  # whether nothing has changed since the last `save`

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
            tag, noted = self.files[name].tag, known.get(name)
            if noted is not None and noted.tag == tag:
                self._take(name, noted.record, tag)
                self._touched += self._differing(noted)
                continue
            record = sidecar.read(self._store.read(name))
            if record is None:
                self.unreadable.append(name)
                continue
            self.keep(name, record, tag)
        self.lost = {
            name: noted.record for name, noted in known.items() if name not in self.records
        }
        self._noted = self._noted and not self.lost and not self._touched

    def put_aside(self) -> None:
        """Rename what should be a sidecar and can't be read, so that a new one can take its place."""
        for name in self.unreadable:
            _log.warning("%s is no sidecar that can be read; it is kept as %s.bad", name, name)
            self._store.move(name, f"{name}.bad")
            del self.files[name]

    def recheck(self) -> None:
        """Read the files that were written to since they were stored; those that changed count as missing."""
        for file in self._touched:
            if digest(self._store, file.name) != file.sha256:
                _log.warning("%s has changed since it was stored; it is got again", file.name)
                del self.files[file.name]
        self._touched = []

    def put(self, name: str, there: Stat) -> None:
        """Take in that a file was written."""
        self.files[name] = there
        self._noted = self._saved = False

    def _differing(self, noted: _Noted) -> list[StoredFile]:
        """Return those of a record's files that are there in full length and were written to."""
        found = []
        for file, tag in zip(noted.record.files, noted.tags, strict=True):
            there = self.files.get(file.name)
            if there is not None and there.tag != tag and there.size == file.size:
                found.append(file)
        return found

    def keep(self, place: str, record: SidecarRecord, tag: str) -> None:
        """Take a record in, in place of an earlier one."""
        self._noted = self._saved = False
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
        """Write ``SHA256SUMS`` and the cache, where they aren't as they should be."""
        if self._saved:
            return
        digests = {
            file.name: file.sha256
            for record in self.records.values()
            for file in self.good(record).values()
        }
        content = sums(digests)
        there = self._store.read(SUMS) if SUMS in self.files else b""
        if (
            there != content
        ):  # and none at all of nothing: sha256sum takes an empty one for an error
            self.files[SUMS] = self._store.write(SUMS, content)
        self._saved = True
        if self._noted:
            return
        rows = {
            place: [self._tags[place], self._file_tags(record), _row(record)]
            for place, record in self.records.items()
        }
        text = json.dumps({"format": FORMAT, "sidecars": rows}, separators=(",", ":"))
        saving.write(self._store.cache / _CACHE, text.encode())
        self._noted = True

    def _file_tags(self, record: SidecarRecord) -> list[str]:
        return [self.files[it.name].tag if it.name in self.files else "" for it in record.files]

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

    def _cached(self) -> dict[str, _Noted]:
        try:
            found: Any = json.loads((self._store.cache / _CACHE).read_bytes())
            if found["format"] != FORMAT:
                return {}
            return {
                name: _Noted(tag, tags, _record(row))
                for name, (tag, tags, row) in found["sidecars"].items()
            }
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def digest(store: Store, name: str) -> str:
    """Return the SHA-256 of a stored file, in hexadecimal."""
    found = hashlib.sha256()
    for piece in store.pieces(name):
        found.update(piece)
    return found.hexdigest()


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
