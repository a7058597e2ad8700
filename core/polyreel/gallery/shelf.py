"""An archive as the gallery uses it: its files by item, and its items where no library knows them."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from polyreel.errors import PolyreelError
from polyreel.library.archive import Archive, StoredItem
from polyreel.library.archive.sidecar import StoredFile
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.models import Item, Kind

_AT_ONCE = 200

_log = logging.getLogger("polyreel")


class ArchiveShelf:
    """An archive that is read while the gallery is already open.

    Args:
        archive: The archive; it is only read.

    Attributes:
        archive: The archive.
        index: A library of the items that were read, in a temporary folder.
        items: How many items have been read.
        reading: Whether more are to come.
        error: What kept it from being read to its end, or None.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.items = 0
        self.reading = True
        self.error: PolyreelError | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="polyreel-gallery-"))
        self.index = self._folder / "archive.db"
        # Made before anybody looks, so that nobody finds it half made.
        self._writer = LibraryWriter(self.index, lambda: datetime.now(UTC))
        self._files: dict[tuple[str, str, str], tuple[StoredFile, ...]] = {}
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def read(self, known: frozenset[str] = frozenset()) -> None:
        """Begin to read the archive.

        Args:
            known: The uids of items that a library shows already.
        """
        self._thread = threading.Thread(
            target=self._read, args=(known,), name="polyreel-gallery-archive", daemon=True
        )
        self._thread.start()

    def wait(self) -> None:
        """Return when everything has been read."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop reading, and remove what was made."""
        self._closing.set()
        self.wait()
        self._writer.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def local(self, item: Item, kind: Kind, role: str) -> tuple[Path, str] | None:
        """Return the path and media type of an item's file, or None if the archive doesn't hold it."""
        files = self._files.get((item.provider, kind, item.id))
        if files is None and (stored := self.archive.find(item)):  # archived since
            files = stored.record.files
        for file in files or ():
            if file.role == role and (path := self.archive.path(file.name)):
                return path, file.content_type
        return None

    def _read(self, known: frozenset[str]) -> None:
        try:
            stored = self.archive.items()
            while page := [*islice(stored, _AT_ONCE)]:
                if self._closing.is_set():
                    break
                self._keep(page, known)
        except PolyreelError as error:
            self.error = error
        except OSError as error:
            self.error = PolyreelError(f"the archive can't be read: {error}")
        finally:
            self.reading = False

    def _keep(self, page: list[StoredItem], known: frozenset[str]) -> None:
        for one in page:
            self._files[one.record.key] = one.record.files
        for kind in _KINDS:
            items = [
                one.item for one in page if one.record.kind == kind and one.item.uid not in known
            ]
            if items:
                self._writer.page(self._writer.begin("", kind, "full"), kind, items)
        self.items += len(page)


_KINDS: tuple[Kind, ...] = ("videos", "replicas")
