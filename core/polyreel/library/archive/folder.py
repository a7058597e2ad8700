"""An archive in a folder of this machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polyreel.errors import ConfigurationError
from polyreel.http import saving
from polyreel.library.archive import lock
from polyreel.library.archive.layout import WORK
from polyreel.library.archive.store import Stat


class ArchiveFolder:
    """An archive's files in a folder, readable to their owner only.

    Args:
        root: The folder; it is made with the first file.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.where = str(root)
        self.staging = root / WORK / "parts"
        self.cache = root / WORK
        if root.exists() and not root.is_dir():
            raise ConfigurationError(f"{root} is a file: name a folder for the archive")

    def prepare(self) -> None:
        """Create the missing folders, accessible to their owner only."""
        _make(self.root)
        self.cache.mkdir(mode=0o700, exist_ok=True)
        self.staging.mkdir(mode=0o700, exist_ok=True)

    def names(self) -> dict[str, Stat]:
        """Return every file of the archive with its state, by its path."""
        found: dict[str, Stat] = {}
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(self.root / folder))
            except FileNotFoundError:
                continue
            for entry in entries:
                name = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if name != WORK:
                        waiting.append(f"{name}/")
                else:
                    told = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(told.st_mode):
                        found[name] = Stat(told.st_size, f"{told.st_mtime_ns}")
        return found

    def read(self, name: str) -> bytes:
        """Return the content of a small file."""
        return (self.root / name).read_bytes()

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file piece by piece."""
        with (self.root / name).open("rb") as file:
            while piece := file.read(1024 * 1024):
                yield piece

    def local(self, name: str) -> Path:
        """Return a file's path on this machine."""
        return self.root / name

    def write(self, name: str, content: bytes) -> Stat:
        """Write a small file whole or not at all."""
        place = self._place(name)
        saving.write(place, content, staging=self.staging)
        return self._stat(place)

    def put(self, name: str, part: saving.Part) -> Stat:
        """Rename a finished file to its final name."""
        place = self._place(name)
        part.move(place)
        return self._stat(place)

    def move(self, name: str, to: str) -> None:
        """Rename a file."""
        (self.root / name).replace(self._place(to))

    def free(self) -> int | None:
        """Return the free bytes for unfinished files, or None if they can't be determined."""
        return saving.free(self.cache)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Lock out other runs while the context is open; yield whether this file system has locks.

        Raises:
            ConfigurationError: Another run is at work; says which.
        """
        with lock.held(self.cache / "lock", self.where) as protected:
            if protected:
                for pattern in ("*.new", "*-*"):  # by runs that were killed, or had no lock
                    for left in self.staging.glob(pattern):
                        left.unlink(missing_ok=True)
            yield protected

    def _place(self, name: str) -> Path:
        place = self.root / name
        _make(place.parent)
        return place

    def _stat(self, place: Path) -> Stat:
        told = place.stat()
        return Stat(told.st_size, f"{told.st_mtime_ns}")


def _make(folder: Path) -> None:
    """Create a folder and its missing parents, accessible to their owner only."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
