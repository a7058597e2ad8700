"""Saving a download: a file has its final name only when it is whole; until then it is a part file.

The part lies beside its place, named after it, until the file is whole: ``clip.mp4.part``. What is
needed to go on with it stands in ``clip.mp4.part.json``.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Self

from attrs import evolve, frozen

from polyreel.errors import BrokenFile
from polyreel.files import media
from polyreel.http.download import Begin
from polyreel.http.file_writer import FileWriter

_SMALL = 1024 * 1024  # bytes; what a killed process has of less than that is not worth a note


@frozen(kw_only=True)
class Saved:
    """A whole file.

    Attributes:
        size: Its bytes.
        sha256: Its digest, in hexadecimal.
        type: What it is by its first bytes.
        told: The media type that the server named, or "".
        validator: What named the file's state at the server, or None.
    """

    size: int
    sha256: str
    type: media.MediaType
    told: str
    validator: str | None


class Part:
    """The part of a file that has come; a context manager that closes it.

    Args:
        path: Where the part lies, and what is known of it beside it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notes = path.with_name(f"{path.name}.json")
        self._begin = Begin(offset=0, size=None, type="", validator=None)
        self.validator = self._noted = self._known()
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
        if not self.validator:
            self._file.truncate(0)
        self.have = self._file.seek(0, os.SEEK_END)
        self._writer = FileWriter(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file.closed:
            return  # finished, or dropped
        if not self.have or not self.validator:
            self.drop()  # nothing that could be gone on with
            return
        self._writer.stop()
        self._file.close()
        with suppress(OSError):  # on a full disk the part is void, no more
            self._note(self.validator)

    @property
    def missing(self) -> int | None:
        """How many bytes of the file are still to come, or None where the server names no size."""
        size = self._begin.size
        return None if size is None else size - self.have

    def take(self, piece: Begin | bytes) -> None:
        """Write a piece of a transfer.

        Raises:
            OSError: The disk is full, or gone.
        """
        if isinstance(piece, bytes):
            self._writer.write(piece)
            self.have = self._writer.place
            return
        if self._noted not in {None, piece.validator}:
            self._note(None)
        self._writer.begin(piece.offset)
        self.have, self.validator = piece.offset, piece.validator
        self._begin = evolve(piece, type=piece.type or self._begin.type)
        if piece.size is None or piece.size > _SMALL:
            self._note(piece.validator)

    def finish(self, families: frozenset[media.Family]) -> Saved:
        """Check that the file is whole, and flush it to the disk.

        Args:
            families: What the file may be.

        Raises:
            BrokenFile: It isn't whole, or something else; says what. The part is gone then.
        """
        self._writer.flush()
        self._file.seek(0)
        found = media.sniff(self._file.read(media.HEAD))
        wrong = media.incomplete(self._file)
        if found is not None and wrong is None and found.family not in families:
            wrong = f"it is {found.media}"
        if wrong is not None or found is None:
            self.drop()
            raise BrokenFile(f"what came is not the file that was promised: {wrong}")
        os.fsync(self._file.fileno())
        return Saved(
            size=self.have,
            sha256=self._writer.sha256(),
            type=found,
            told=self._begin.type,
            validator=self._begin.validator,
        )

    def move(self, place: Path) -> None:
        """Rename the finished file to its final name, durably."""
        self._file.close()
        self.path.replace(place)
        self._note(None)
        sync_folder(place.parent)

    def drop(self) -> None:
        """Remove the part."""
        self._writer.stop()
        self._file.close()
        self._note(None)
        self.path.unlink(missing_ok=True)

    def _known(self) -> str | None:
        try:
            return str(json.loads(self._notes.read_bytes())["validator"])
        except OSError:
            return None
        except (ValueError, LookupError, TypeError):
            self._notes.unlink(missing_ok=True)
            return None

    def _note(self, validator: str | None) -> None:
        """Note beside the part which file it is of, or that it is void. A part without a note is void."""
        if validator == self._noted:
            return
        if validator is None:
            self._notes.unlink(missing_ok=True)
        else:
            write(self._notes, json.dumps({"validator": validator}).encode())
        self._noted = validator


def write(path: Path, content: bytes, *, staging: Path | None = None) -> None:
    """Write a small file whole or not at all, readable to its owner alone, and onto the disk.

    Args:
        path: Its place.
        content: What it holds.
        staging: A folder of the same file system for what isn't whole yet; None for the place's own.
    """
    # Threads, processes and machines may write files of the same name at the same time.
    new = (staging or path.parent) / f"{path.name}.{secrets.token_hex(6)}.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def free(folder: Path) -> int | None:
    """Return the free bytes on a folder's disk, or None if they can't be determined."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Flush a folder's renames to the disk, where the system supports it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems refuse
    finally:
        os.close(handle)
