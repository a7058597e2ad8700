"""A file on its way to the disk: whole under its name, or a part under another one, never else.

The part lies beside its place, named after it, until the file is whole: ``clip.mp4.part``. What is
needed to go on with it stands in ``clip.mp4.part.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path
from typing import Any, Self

from attrs import frozen

from polyreel.errors import BrokenFile
from polyreel.files import media
from polyreel.http.download import Begin

_PIECE = 1024 * 1024


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
    type: media.Type
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
        self._digest = hashlib.sha256()
        known = self._known()
        self.validator: str | None = known.get("validator")
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.fdopen(os.open(path, flags, 0o600), "r+b")
        if not self.validator:
            self._file.truncate(0)
        self.have = self._file.seek(0, os.SEEK_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self, piece: Begin | bytes) -> None:
        """Take a piece of a transfer in.

        Raises:
            OSError: The disk is full, or gone.
        """
        if isinstance(piece, bytes):
            self._file.write(piece)
            self._digest.update(piece)
            self.have += len(piece)
            return
        self._file.flush()
        self._file.truncate(piece.offset)
        self._hash(piece.offset)
        self.have = piece.offset
        told = piece.type or self._begin.type
        self._begin = Begin(
            offset=piece.offset, size=piece.size, type=told, validator=piece.validator
        )
        self._note(piece.validator)

    def finish(self, families: frozenset[media.Family]) -> Saved:
        """Check that the file is whole, and make sure that it is on the disk.

        Args:
            families: What the file may be.

        Raises:
            BrokenFile: It isn't whole, or something else; says what. The part is gone then.
        """
        self._file.flush()
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
            sha256=self._digest.hexdigest(),
            type=found,
            told=self._begin.type,
            validator=self._begin.validator,
        )

    def move(self, place: Path) -> None:
        """Give the finished file its final name, which lasts from then on."""
        self._file.close()
        self.path.replace(place)
        self._notes.unlink(missing_ok=True)
        sync_folder(place.parent)

    def drop(self) -> None:
        """Remove the part."""
        self._file.close()
        self._notes.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _hash(self, until: int) -> None:
        self._digest = hashlib.sha256()
        self._file.seek(0)
        left = until
        while left and (piece := self._file.read(min(_PIECE, left))):
            self._digest.update(piece)
            left -= len(piece)
        self._file.seek(until)

    def _known(self) -> dict[str, Any]:
        try:
            known = json.loads(self._notes.read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _note(self, validator: str | None) -> None:
        """Note what the part is of, before anything of it is written: a part without is void."""
        self.validator = validator
        if validator is None:
            self._notes.unlink(missing_ok=True)
        else:
            write(self._notes, json.dumps({"validator": validator}).encode())


def write(path: Path, content: bytes, *, staging: Path | None = None) -> None:
    """Write a small file whole or not at all, readable to its owner alone, and onto the disk.

    Args:
        path: Its place.
        content: What it holds.
        staging: A folder of the same file system for what isn't whole yet; None for the place's own.
    """
    # Two threads may write files of the same name in two folders.
    new = (staging or path.parent) / f"{path.name}.{threading.get_ident()}.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let what was renamed in a folder last, where the system can do that."""
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
