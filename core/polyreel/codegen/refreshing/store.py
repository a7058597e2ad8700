"""The two files that refresh writes, ``openapi.yaml`` and ``sources.lock``, as one state.

Both are written whole under hidden names first. Then renaming the lock decides: it names the digest of
its spec, so a run that is killed before leaves the old state and litter, and one that is killed
after leaves a new lock and a hidden spec that fits it, which the next run puts in place.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from attrs import frozen

from polyreel.codegen.refreshing import lock
from polyreel.codegen.refreshing.lock import Lock
from polyreel.errors import SpecError

SPEC = "openapi.yaml"


@frozen
class Stored:
    """What is known of a provider.

    Attributes:
        spec: The text of its ``openapi.yaml``; None if there is none yet.
        lock: What its pages said; None if there is none yet.
    """

    spec: str | None
    lock: Lock | None

    @property
    def whole(self) -> bool:
        """Whether the spec is the one that the lock was written with."""
        return bool(self.spec and self.lock and digest(self.spec) == self.lock.spec)


def load(folder: Path) -> Stored:
    """Load a provider's state, as a killed run has left it at worst. Nothing is written.

    Raises:
        SpecError: A file can't be read, or is damaged.
    """
    found = lock.load_lock(folder)
    pending = _text(_hidden(folder / SPEC))
    if found and pending is not None and digest(pending) == found.spec:
        return Stored(pending, found)
    return Stored(_text(folder / SPEC), found)


def repair(folder: Path) -> None:
    """Finish or undo what a killed run left behind; harmless when nothing was."""
    pending = _hidden(folder / SPEC)
    if pending.exists():
        found, text = lock.load_lock(folder), _text(pending)
        if found and text is not None and digest(text) == found.spec:
            pending.replace(folder / SPEC)
        else:
            pending.unlink()
    _hidden(folder / lock.FILE_NAME).unlink(missing_ok=True)


def save(folder: Path, spec: str, new: Lock) -> None:
    """Replace both files, as far as they differ.

    Args:
        folder: The provider's folder.
        spec: The text of the new spec.
        new: The lock that names its digest.
    """
    changed = spec != _text(folder / SPEC)
    if changed:
        _write(_hidden(folder / SPEC), spec)
    _write(_hidden(folder / lock.FILE_NAME), lock.dump_lock(new))
    _hidden(folder / lock.FILE_NAME).replace(folder / lock.FILE_NAME)
    _flush(folder)
    if changed:
        _hidden(folder / SPEC).replace(folder / SPEC)
        _flush(folder)


def digest(text: str) -> str:
    """Give the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: can't be read: {error}") from error


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Have the new names on disk too, where the system can say so."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
