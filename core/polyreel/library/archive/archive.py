"""An archive: the files of items in a folder or bucket, with what is known of each beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Unpack, cast

from attrs import evolve, frozen

from polyreel.errors import ConfigurationError, NotFound, PolyreelError
from polyreel.hub import Hub
from polyreel.library.archive import stored_item
from polyreel.library.archive.archive_run import ArchiveOptions, Run
from polyreel.library.archive.bucket import SCHEMES, Bucket
from polyreel.library.archive.folder import ArchiveFolder
from polyreel.library.archive.index import ArchiveIndex, digest
from polyreel.library.archive.layout import MARKER, SUMS, sidecar_of, stem_of, sums
from polyreel.library.archive.sidecar import SidecarRecord, StoredFile
from polyreel.library.archive.store import Store
from polyreel.library.archive.store_items import FileOutcome
from polyreel.library.archive.stored_item import StoredItem
from polyreel.listing.options import ListOptions
from polyreel.models import Item, Kind, Replica


@frozen(kw_only=True)
class Problem:
    """A file of an archive that isn't as its sidecar says.

    Attributes:
        name: Its path in the archive.
        reason: What is wrong.
        record: The item that it is of, or None.
    """

    name: str
    reason: str
    record: SidecarRecord | None = None


class Archive:
    """The files of items, each whole, and what is known of them.

    Args:
        destination: A folder, or a bucket such as ``s3://videos/archive``.
        into: Use a folder even if it holds other files already.

    Raises:
        ConfigurationError: It can't be an archive; the message says why.

    Example::

        with Hub() as hub:
            for outcome in Archive("films").add(hub, provider="tavus"):
                print(outcome.state, outcome.name)
    """

    def __init__(self, destination: str | Path, *, into: bool = False) -> None:
        self._store = _store(destination)
        self._into = into

    @property
    def where(self) -> str:
        """Where it is: the folder's absolute path, or the bucket's URL."""
        place = self._store.local("")
        return str(place.absolute()) if place else self._store.where

    def add(
        self,
        hub: Hub,
        kind: Kind = "videos",
        options: ArchiveOptions | None = None,
        **filters: Unpack[ListOptions],
    ) -> Run:
        """Store what is listed and not stored yet.

        Args:
            hub: The accounts.
            kind: ``videos`` or ``replicas``.
            options: How; None for the defaults.
            filters: Of what, as for :meth:`polyreel.Collection.list`.

        Returns:
            The run, which begins when it is iterated.

        Raises:
            ConfigurationError: The folder holds other things, or is an archive of a newer format.
        """
        self._check()
        return Run(hub, kind, self._store, options or ArchiveOptions(), filters)

    def items(self) -> Iterator[StoredItem]:
        """Read back every item from its sidecar; nothing is written, not even into the archive.

        Yields:
            The items of all accounts and both kinds, in the order of their sidecars' names.

        Raises:
            ConfigurationError: There is no archive.
        """
        names = self._store.names()
        if MARKER not in names:
            raise ConfigurationError(f"{self._store.where} is no archive of polyreel's")
        for name in sorted(names):
            if "/" in name and name.endswith(".json"):
                found = stored_item.read(self._store.read(name))
                if found is not None:
                    yield found

    def find(self, item: Item) -> StoredItem | None:
        """Read back one item from the sidecar at its place, or None if there is none."""
        kind: Kind = "replicas" if isinstance(item, Replica) else "videos"
        for apart in (False, True):
            try:
                place = sidecar_of(stem_of(item, kind, apart=apart))
                found = stored_item.read(self._store.read(place))
            except (OSError, PolyreelError):
                continue
            if found is not None and found.record.key == (item.provider, kind, item.id):
                return found
        return None

    def path(self, name: str) -> Path | None:
        """Say where a file lies on this machine.

        Args:
            name: Its path in the archive, as a sidecar has it.

        Returns:
            A file within the archive's folder; None if there is none of this name, the name leads out of
            the folder, or the archive is in a bucket.
        """
        try:
            place = self._store.local(name)
            root = self._store.local("")
            if place is None or root is None:
                return None
            found = place.resolve(strict=True)
            return found if found.is_file() and found.is_relative_to(root.resolve()) else None
        except (OSError, ValueError):
            return None

    def records(self) -> Iterable[SidecarRecord]:
        """Return what is stored of every item, without reading sidecars that are as they were.

        Raises:
            ConfigurationError: There is no archive.
        """
        return self._index().records.values()

    def verify(self, *, quick: bool = False) -> Iterator[Problem]:
        """Hold every file against its sidecar.

        Args:
            quick: Compare sizes only, and read no file.

        Yields:
            Each file that is missing, shortened or changed; nothing for a good archive.

        Raises:
            ConfigurationError: There is no archive.
        """
        index = self._index()
        for name in index.unreadable:
            reason = "it is no sidecar that can be read"
            yield Problem(name=name, reason=reason, record=index.lost.get(name))
        for name, record in index.lost.items():
            if name not in index.files:
                yield Problem(name=name, reason="it is missing", record=record)
        listed: dict[str, str] = {}
        good: dict[str, str] = {}
        for record in index.records.values():
            for file in record.files:
                listed[file.name] = file.sha256
                wrong = self._wrong(index, file, quick=quick)
                if wrong is None:
                    good[file.name] = file.sha256
                else:
                    yield Problem(name=file.name, reason=wrong, record=record)
        lines = {*(self._store.read(SUMS).splitlines() if SUMS in index.files else ())}
        if not {*sums(good).splitlines()} <= lines <= {*sums(listed).splitlines()}:
            yield Problem(name=SUMS, reason="it doesn't list the files that the sidecars list")

    def _wrong(self, index: ArchiveIndex, file: StoredFile, *, quick: bool) -> str | None:
        """Say what is wrong with a file, or None."""
        there = index.files.get(file.name)
        if there is None:
            return "it is missing"
        if there.size != file.size:
            return f"it has {there.size:,} bytes instead of {file.size:,}"
        if not quick and digest(self._store, file.name) != file.sha256:
            return "its bytes have changed"
        return None

    def repair(self, hub: Hub, options: ArchiveOptions | None = None) -> Iterator[FileOutcome]:
        """Store again what `verify` finds to be wrong.

        Yields:
            What became of each file; ``gone`` for those that no provider has any more.

        Raises:
            ConfigurationError: There is no archive, or another run is at work.
        """
        problems = list(self.verify())
        broken = {(one.record.kind, one.record.uid): one.record for one in problems if one.record}
        with self._store.alone():
            index = ArchiveIndex(self._store)
            index.load()
            for name in set(index.unreadable) - index.lost.keys():
                reason = f"{name} can't be read: polyreel archive writes it anew"
                yield FileOutcome(uid="", role="", state="failed", name=name, reason=reason)
            index.put_aside()
            for problem in problems:
                index.files.pop(problem.name, None)
            for record in broken.values():
                roles = frozenset(file.role.partition(".")[0] for file in record.files)
                how = evolve(options or ArchiveOptions(), roles=roles)  # no more than there was
                run = Run(hub, record.kind, self._store, how, {})
                fetcher = run._fetcher(index, "")
                try:
                    collection = hub.videos if record.kind == "videos" else hub.replicas
                    item = collection.get(record.uid)
                except NotFound as error:
                    yield FileOutcome(
                        uid=record.uid, role="", state="gone", error=error, reason=str(error)
                    )
                except PolyreelError as error:
                    yield FileOutcome(
                        uid=record.uid, role="", state="failed", error=error, reason=str(error)
                    )
                else:
                    yield from fetcher.store(item)
            index.save()

    def rebuild(self) -> int:
        """Write ``SHA256SUMS`` and the cache from the sidecars; return how many items are stored.

        Raises:
            ConfigurationError: There is no archive, or another run is at work.
        """
        self._index()
        with self._store.alone():
            index = ArchiveIndex(self._store)
            index.load()
            index.put_aside()
            index.save()
            return len(index.records)

    def _index(self) -> ArchiveIndex:
        index = ArchiveIndex(self._store)
        index.load()
        if not index.marked:
            raise ConfigurationError(f"{self._store.where} is no archive of polyreel's")
        return index

    def _check(self) -> None:
        """Refuse a folder that is something else; of an archive, nothing but its marker is looked at."""
        with suppress(OSError):
            self._store.read(MARKER)
            return
        others = () if self._into else self._store.names()
        if others:
            raise ConfigurationError(
                f"{self._store.where} holds other things ({min(others)}): name an empty folder, "
                "or use it all the same with --into"
            )


def _store(destination: str | Path) -> Store:
    text = str(destination)
    scheme, separator, _ = text.partition("://")
    if isinstance(destination, Path) or not separator:
        return cast(Store, ArchiveFolder(Path(destination).expanduser()))
    if scheme == "file":
        from urllib.parse import unquote, urlsplit

        return cast(Store, ArchiveFolder(Path(unquote(urlsplit(text).path))))
    if scheme in SCHEMES:
        return cast(Store, Bucket(text))
    raise ConfigurationError(
        f"{scheme}:// is no place for an archive: name a folder, or a bucket (s3://, gs://, az://)"
    )
