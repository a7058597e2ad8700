"""Writing a file and its digest: small ones at once, the rest of large ones in a thread of its own.

While the thread writes and computes the digest, the next bytes already come from the network, and what was
written before already goes to the disk, so that little is left to be flushed when the file is whole.
"""

from __future__ import annotations

import hashlib
import io
import os
import threading
from queue import Queue

_AT_ONCE = 1024 * 1024  # bytes; a thread pays for more only
_AHEAD = 8  # pieces that may wait to be written
_PIECE = 1024 * 1024
_FLUSHED = 16 * 1024 * 1024  # bytes; as often a file is flushed to the disk while it grows
_sync = getattr(os, "fdatasync", os.fsync)


class FileWriter:
    """Writes pieces one after the other.

    Args:
        file: Open for reading and writing, without a buffer.

    Attributes:
        place: How many bytes the file has, with those that are still to be written.
    """

    def __init__(self, file: io.FileIO) -> None:
        self.place = 0
        self._file = file
        self._digest = hashlib.sha256()
        self._since = 0
        self._pieces: Queue[bytes | None] = Queue(_AHEAD)
        self._thread: threading.Thread | None = None
        self._dirty = 0
        self._flushing: threading.Thread | None = None
        self._error: Exception | None = None

    def begin(self, offset: int) -> None:
        """Keep what is there before an offset, and go on from there.

        Raises:
            OSError: It can't be read, or the file not be written to.
        """
        self.flush()
        self._file.truncate(offset)
        self._file.seek(0)
        self._digest = hashlib.sha256()
        left = offset
        while left and (piece := self._file.read(min(_PIECE, left))):
            self._digest.update(piece)
            left -= len(piece)
        self._file.seek(offset)
        self.place, self._since = offset, 0

    def write(self, piece: bytes) -> None:
        """Take a piece; it is in the file after the next `flush`.

        Raises:
            OSError: This piece, or one before it, can't be written.
        """
        if self._error is not None:
            raise self._error
        self.place += len(piece)
        self._since += len(piece)
        if self._thread is None and self._since <= _AT_ONCE:
            self._put(piece)
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="polyreel-write", daemon=True)
            self._thread.start()
        self._pieces.put(piece)

    def flush(self) -> None:
        """Wait until all is written.

        Raises:
            OSError: Something couldn't be.
        """
        self.stop()
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Wait until all is written that can be; a piece that is taken later begins a new thread."""
        if self._thread is not None:
            self._pieces.put(None)
            self._thread.join()
            self._thread = None
        if self._flushing is not None:
            self._flushing.join()
            self._flushing = None

    def sha256(self) -> str:
        """Return the digest of all that was written, in hexadecimal."""
        return self._digest.hexdigest()

    def _put(self, piece: bytes) -> None:
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]
        self._digest.update(piece)

    def _work(self) -> None:
        while (piece := self._pieces.get()) is not None:
            if self._error is None:  # what comes after a gap is of no use, but must be taken
                try:
                    self._put(piece)
                    self._flush_some(len(piece))
                except Exception as error:  # noqa: BLE001 - raised where the next piece is taken
                    self._error = error

    def _flush_some(self, count: int) -> None:
        """Begin to flush what is written, when that is much and the last flush is over."""
        self._dirty += count
        if self._dirty >= _FLUSHED and not (self._flushing and self._flushing.is_alive()):
            self._dirty = 0
            self._flushing = threading.Thread(
                target=self._flushed, name="polyreel-flush", daemon=True
            )
            self._flushing.start()

    def _flushed(self) -> None:
        try:
            _sync(self._file.fileno())
        except OSError as error:  # the system tells of it once only, so it must not be lost
            self._error = error
