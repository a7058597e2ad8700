"""Storing one item: its files one by one, each whole or not at all, and its sidecar in the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from attrs import frozen

from polyreel.errors import LinkEnded, NotFound, PolyreelError
from polyreel.files import File, media
from polyreel.files.links import expires_at, without_credentials
from polyreel.http.download import Begin
from polyreel.http.files import families
from polyreel.http.saving import Part
from polyreel.hub.collection import Collection
from polyreel.library.archive import nfo, sidecar
from polyreel.library.archive.control import Control, Left, Stopped, is_full
from polyreel.library.archive.index import ArchiveIndex
from polyreel.library.archive.layout import nfo_of, path_of, sidecar_of, stem_of
from polyreel.library.archive.sidecar import SidecarRecord, StoredFile
from polyreel.library.archive.store import Store
from polyreel.models import Item, Kind, Status

State = Literal["stored", "failed", "gone", "left", "planned"]

_SOON = timedelta(seconds=60)


@frozen(kw_only=True)
class FileOutcome:
    """What became of one file of an item.

    Attributes:
        uid: The item.
        role: Which file; "" for the item as a whole.
        state: ``stored``; ``failed``; ``gone`` (the provider has it no more); ``left`` for a later run;
            ``planned`` in a dry run.
        name: Its path in the archive, or "".
        size: Its bytes, or 0.
        error: The error that kept it from being stored, or None.
        reason: The same in words, or "".
    """

    uid: str
    role: str
    state: State
    name: str = ""
    size: int = 0
    error: PolyreelError | None = None
    reason: str = ""


class ItemFetcher:
    """Stores items.

    Args:
        collection: Gets items anew, and their files.
        kind: Of what kind they are.
        store: Where they are stored.
        index: What is stored already.
        control: The run's bounds.
        roles: Which files are wanted, by role; None for all.
        prompts: Whether prompts are kept.
        nfo: Whether what media centres read is written, too.
        secrets: What must not be stored, by account; it has every account that there is.
        mark: Added to the names of parts, where runs can't be kept apart.
    """

    def __init__(
        self,
        collection: Collection[Any],
        kind: Kind,
        store: Store,
        index: ArchiveIndex,
        control: Control,
        *,
        roles: frozenset[str] | None,
        prompts: bool,
        nfo: bool,
        secrets: dict[str, tuple[str, ...]],
        mark: str,
    ) -> None:
        self._collection = collection
        self._kind = kind
        self._store = store
        self._index = index
        self._control = control
        self._roles = roles
        self._prompts = prompts
        self._nfo = nfo
        self._secrets = secrets
        self._mark = mark

    def wanted(self, item: Item) -> list[File]:
        """Return the files of an item that are wanted, the most important one first."""
        files = self._collection.files(item)
        roles = self._roles
        return [one for one in files if roles is None or one.role.partition(".")[0] in roles]

    def record(self, item: Item) -> SidecarRecord | None:
        """Return what is stored of an item, or None."""
        known = self._known(item)
        return known[1] if known else None

    def missing(self, item: Item, record: SidecarRecord | None) -> list[File]:
        """Return the files that are wanted and not stored."""
        good = self._index.good(record)
        return [file for file in self.wanted(item) if file.role not in good]

    def changed(self, item: Item, record: SidecarRecord) -> bool:
        """Tell whether something else is to be written of a stored item than there is."""
        if self._nfo and record.files and nfo_of(self._stem(item)) not in self._index.files:
            return True
        return record.fingerprint != sidecar.fingerprint(item, prompts=self._prompts)

    def plan(self, item: Item) -> Iterator[FileOutcome]:
        """Yield what `store` would store, with its size as far as the file's server tells it."""
        if item.status is Status.READY and not self._collection.files(item):
            item = self._anew(item)
        for file in self.missing(item, self.record(item)):
            size = self._collection.size(item, file) or 0
            yield FileOutcome(uid=item.uid, role=file.role, state="planned", size=size)

    def store(self, item: Item) -> Iterator[FileOutcome]:
        """Store what is missing of an item, and yield what became of each file.

        Raises:
            Stopped: The run is over.
        """
        record = self.record(item)
        good = self._index.good(record)
        stem = self._stem(item)
        renewed = False
        if item.status is Status.READY and not self._collection.files(item):
            item, renewed = self._anew(item), True  # some lists leave links out
        for role in [file.role for file in self.missing(item, record)]:
            try:
                try:
                    item, renewed = self._with_good_link(item, role, renewed)
                    stored = self._one(item, role, stem)
                except LinkEnded:
                    if renewed:
                        raise
                    item, renewed = self._anew(item), True
                    stored = self._one(item, role, stem)
            except (LinkEnded, NotFound) as error:
                yield FileOutcome(
                    uid=item.uid, role=role, state="gone", error=error, reason=str(error)
                )
            except Left as left:
                yield FileOutcome(uid=item.uid, role=role, state="left", reason=str(left))
            except PolyreelError as error:
                yield FileOutcome(
                    uid=item.uid, role=role, state="failed", error=error, reason=str(error)
                )
            else:
                good[role] = stored
                yield FileOutcome(
                    uid=item.uid, role=role, state="stored", name=stored.name, size=stored.size
                )
        self._note(item, stem, record, good)

    def _known(self, item: Item) -> tuple[str, SidecarRecord] | None:
        """Find an item's sidecar, also under the name that its account had before."""
        former = None
        for place, record in self._index.of((item.provider, self._kind, item.id)):
            if record.account == item.account:
                return place, record
            if record.account not in self._secrets:
                former = place, record
        return former

    def _stem(self, item: Item) -> str:
        known = self._known(item)
        if known:
            return known[0].removesuffix(".json")
        stem = stem_of(item, self._kind)
        taken = sidecar_of(stem) in self._index.records
        return stem_of(item, self._kind, apart=True) if taken else stem

    def _note(
        self, item: Item, stem: str, record: SidecarRecord | None, good: dict[str, StoredFile]
    ) -> None:
        """Write the sidecar, which says that the item is stored; only where something has changed."""
        if not good:
            return
        # What was stored and is lost stays listed, so that it is looked for again, and named.
        files = {file.role: file for file in record.files} | good if record else good
        made, content = sidecar.write(
            item,
            self._kind,
            files.values(),
            secrets=self._secrets.get(item.account, ()),
            prompts=self._prompts,
        )
        if record is None or made != record:
            place = sidecar_of(stem)
            written = self._store.write(place, content)
            self._index.put(place, written)
            self._index.keep(place, made, written.tag)
        place = nfo_of(stem)
        if self._nfo and (record is None or made != record or place not in self._index.files):
            self._index.put(place, self._store.write(place, nfo.write(content)))

    def _anew(self, item: Item) -> Item:
        found: Item = self._collection.get(item.uid)
        return found

    def _with_good_link(self, item: Item, role: str, renewed: bool) -> tuple[Item, bool]:
        """Get an item again whose link is about to end."""
        end = expires_at(self._link(item, role).url)
        if renewed or end is None or end - datetime.now(UTC) > _SOON:
            return item, renewed
        return self._anew(item), True

    def _link(self, item: Item, role: str) -> File:
        for file in self._collection.files(item):
            if file.role == role:
                return file
        raise NotFound(f"{item.uid} has no {role} any more", provider=item.provider)

    def _one(self, item: Item, role: str, stem: str) -> StoredFile:
        """Get one file and store it."""
        file = self._link(item, role)
        if (found := self._adopted(role, stem)) is not None:
            return found
        digest = hashlib.sha256(f"{stem}/{role}".encode())
        path = self._store.staging / f"{digest.hexdigest()[:32]}{self._mark}.part"
        with Part(path) as part:
            try:
                return self._got(item, file, stem, part)
            except OSError as error:
                if not is_full(error):
                    raise
                self._control.full(self._store.where, part.missing)
                raise Stopped from None

    def _got(self, item: Item, file: File, stem: str, part: Part) -> StoredFile:
        promised = False
        pieces = self._collection.pieces(item, file, have=part.have, validator=part.validator)
        with self._control.coming, closing(pieces):
            for piece in pieces:
                if isinstance(piece, Begin):
                    self._begin(piece, promised=promised)
                    promised = True
                else:
                    self._control.passed(len(piece))
                part.take(piece)
        saved = part.finish(families(file.role))
        name = path_of(stem, file.role, saved.type.extension)
        self._index.put(name, self._store.put(name, part))
        return StoredFile(
            role=file.role,
            name=name,
            size=saved.size,
            sha256=saved.sha256,
            content_type=saved.type.media,
            etag=saved.validator,
            source=without_credentials(file.url),
        )

    def _begin(self, begin: Begin, *, promised: bool) -> None:
        """Look whether there is room for a file before it comes."""
        more = (begin.size or 0) - begin.offset
        free = self._store.free()
        if free is not None and more > free:
            self._control.full(self._store.where, more - free)
            raise Stopped
        if not promised:
            self._control.begin(max(more, 0))

    def _adopted(self, role: str, stem: str) -> StoredFile | None:
        """Find a file that a killed run gave its final name, but no sidecar."""
        for extension, family in media.EXTENSIONS.items():
            if family not in families(role):
                continue
            name = path_of(stem, role, extension)
            place = self._store.local(name) if name in self._index.files else None
            if place is None:
                continue
            with place.open("rb") as file:
                if media.incomplete(file) is not None:
                    continue
                file.seek(0)
                found = media.sniff(file.read(media.HEAD))
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if found is not None and found.extension == extension:
                return StoredFile(
                    role=role,
                    name=name,
                    size=self._index.files[name].size,
                    sha256=digest,
                    content_type=found.media,
                    etag=None,
                    source="",
                )
        return None
