"""The two files that refresh writes, ``openapi.yaml`` and ``sources.lock``, as one state.

Both are written whole under hidden names first. Then renaming the spec decides: the lock names the digest of
its spec, so a run that is killed before leaves the old state and litter, and one that is killed after leaves
the new spec and a hidden lock that fits it, which counts at once and which the next run puts in place.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from attrs import frozen

from polyreel.codegen.generating.swap import flush_names
from polyreel.codegen.refreshing import sources_lock
from polyreel.codegen.refreshing.sources_lock import Lock
from polyreel.errors import SpecError

SPEC = "openapi.yaml"


@frozen
class StoredSpec:
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


def load(folder: Path) -> StoredSpec:
    """Load a provider's state, as a killed run has left it at worst. Nothing is written.

    Raises:
        SpecError: A file can't be read, or is damaged.
    """
    spec = _text(folder / SPEC)
    return StoredSpec(spec, _pending(folder, spec) or sources_lock.load_lock(folder))


def repair(folder: Path) -> None:
    """Finish or undo what a killed run left behind; harmless when nothing was."""
    if _pending(folder, _text(folder / SPEC)):
        _hidden(folder / sources_lock.FILE_NAME).replace(_real(folder / sources_lock.FILE_NAME))
    for file in (SPEC, sources_lock.FILE_NAME):
        _hidden(folder / file).unlink(missing_ok=True)


def save(folder: Path, spec: str, new: Lock) -> None:
    """Replace both files, as far as they differ.

    Args:
        folder: The provider's folder.
        spec: The text of the new spec.
        new: The lock that names its digest.

    Raises:
        OSError: They can't be written; what was there is as it was.
    """
    try:
        _write(_hidden(folder / sources_lock.FILE_NAME), sources_lock.dump_lock(new))
        if spec != _text(folder / SPEC):
            _write(_hidden(folder / SPEC), spec)
            flush_names(folder)
            _hidden(folder / SPEC).replace(_real(folder / SPEC))
            flush_names(folder)
    except OSError:
        with contextlib.suppress(OSError):
            repair(folder)
        raise
    _hidden(folder / sources_lock.FILE_NAME).replace(_real(folder / sources_lock.FILE_NAME))
    flush_names(folder)


def _pending(folder: Path, spec: str | None) -> Lock | None:
    """Load the lock that a killed run has not put in place, if it is that of the spec."""
    try:
        found = sources_lock.load_lock(folder, _hidden(folder / sources_lock.FILE_NAME).name)
    except SpecError:  # it was killed while it wrote the lock
        return None
    return found if found and spec is not None and digest(spec) == found.spec else None


def _real(path: Path) -> Path:
    """Follow a symbolic link to the file that is replaced, so that the link stays."""
    return path.resolve() if path.is_symlink() else path


def digest(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _hidden(path: Path) -> Path:
    """Name the file beside the real one that a new version is written to."""
    return _real(path).with_name(f".{path.name}.new")


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
