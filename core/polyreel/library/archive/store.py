"""What an archive needs of the place where it lies: a folder, or a bucket."""

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
    """Keeps files by path; whoever looks sees a file whole or not at all."""

    @property
    def where(self) -> str:
        """Its address, for people."""

    @property
    def staging(self) -> Path:
        """The local folder for parts of files."""

    @property
    def cache(self) -> Path:
        """The local folder for what can be found out again."""

    def prepare(self) -> None:
        """Make what isn't there."""

    def names(self) -> dict[str, Stat]:
        """Return every file with its state, by its path."""

    def read(self, name: str) -> bytes:
        """Return the content of a small file."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """Return a file piece by piece."""

    def local(self, name: str) -> Path | None:
        """Return where a file lies on this machine, or None."""

    def write(self, name: str, content: bytes) -> Stat:
        """Write a small file."""

    def put(self, name: str, part: Part) -> Stat:
        """Store a finished file under its final name."""

    def move(self, name: str, to: str) -> None:
        """Rename a file."""

    def free(self) -> int | None:
        """Return the bytes that can still be staged, or None where nobody knows."""

    def alone(self) -> AbstractContextManager[bool]:
        """Keep other runs away; return whether that can be had here."""
