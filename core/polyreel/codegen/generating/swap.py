"""Replacing a folder as a whole, so that a process killed at any moment loses nothing.

A new folder is built beside the old one under a hidden name, and then the two are exchanged in one step.
Killed before, the old one still stands; killed after, the new one does; `repair` removes what is left over.
Where the system can't exchange folders (Windows, some network drives), two renames take the place of that.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from polyreel.codegen.generating.exchange import exchange

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are the caller's to avoid
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """Yield a place to build a new version of a folder: empty, and on the same file system.

    Each run has one of its own, because a tool may go on writing after the run was killed.
    """
    place = Path(tempfile.mkdtemp(prefix=_beside(target, "work.").name, dir=target.parent))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def put_in_place(new: Path, target: Path) -> None:
    """Replace the target by a finished folder, as a whole."""
    ready, old = _beside(target, "new"), _beside(target, "old")
    _flush(new)
    new.rename(ready)  # a folder of this name is complete
    if not target.exists():
        ready.rename(target)
    elif not exchange(ready, target):
        target.rename(old)
        ready.rename(target)
    flush_names(target.parent)
    repair(target)


def repair(target: Path) -> None:
    """Undo or finish what a killed run left behind; harmless when nothing was."""
    ready, old = _beside(target, "new"), _beside(target, "old")
    if not target.exists():
        for candidate in (ready, old):
            if candidate.exists():
                candidate.rename(target)
                break
    for litter in (ready, old, *target.parent.glob(_beside(target, "work.*").name)):
        shutil.rmtree(litter, ignore_errors=True)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other run works in the folder, and keep others waiting meanwhile."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the system lets go of it even when this is killed
        yield
    finally:
        os.close(handle)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _flush(folder: Path) -> None:
    """Flush every file to the disk, before a rename declares the folder complete."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def flush_names(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system supports it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
