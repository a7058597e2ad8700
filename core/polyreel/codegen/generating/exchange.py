"""Exchanging two folders in one step, where the system can: at no moment is there neither of them."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths as they are
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, two: Path) -> bool:
    """Exchange what two names stand for, both of which exist.

    Returns:
        Whether it was done; False where the system or the file system has no such step.

    Raises:
        OSError: It has, and the names can't be exchanged.
    """
    paths = os.fsencode(one), os.fsencode(two)
    library = _library()
    if library is not None and hasattr(library, "renameat2"):
        done = library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    elif library is not None and hasattr(library, "renamex_np"):
        done = library.renamex_np(*paths, _EXCHANGE)
    else:
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(two))


def _library() -> ctypes.CDLL | None:
    """Load the system's C library; None on Windows, which has no such step."""
    return None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)
