"""The storage interface of an archive, which folders and buckets implement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from attrs import frozen

from polyreel.http.saving import Part


@frozen
class Stat:
    """The state of a file.

    Attributes:
        size: Its bytes.
        tag: Changes whenever the file is written.
    """

    size: int
    tag: str


class Store(Protocol):
    """Stores files by path. A reader sees a file whole or not at all."""

    @property
    def where(self) -> str:
        """Its address, for people."""

    @property
    def staging(self) -> Path:
        """The local folder for unfinished files."""

    @property
    def cache(self) -> Path:
        """The local folder for caches, which can be rebuilt."""

    def prepare(self) -> None:
        """Create the missing folders."""

    def names(self) -> dict[str, Stat]:
        """Return every file with its state, by its path."""

    def read(self, name: str) -> bytes:
        """Return the content of a small file."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """Return a file piece by piece."""

    def local(self, name: str) -> Path | None:
        """Return a file's path on this machine, or None if it is stored elsewhere."""

    def write(self, name: str, content: bytes) -> Stat:
        """Write a small file."""

    def put(self, name: str, part: Part) -> Stat:
        """Store a finished file under its final name."""

    def move(self, name: str, to: str) -> None:
        """Rename a file."""

    def free(self) -> int | None:
        """Return the free bytes for unfinished files, or None if they can't be determined."""

    def alone(self) -> AbstractContextManager[bool]:
        """Lock out other runs while the context is open; yield whether locks are available here."""
