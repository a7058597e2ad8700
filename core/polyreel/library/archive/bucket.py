"""An archive in a bucket: S3 and what speaks like it, Google Cloud Storage, Azure; through obstore."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from polyreel.errors import ConfigurationError
from polyreel.http import saving
from polyreel.library.archive import lock
from polyreel.library.archive.layout import WORK
from polyreel.library.archive.store import Stat

SCHEMES = frozenset({"s3", "s3a", "gs", "az", "azure", "abfs", "abfss"})

_LOCK = f"{WORK}/lock"
_GOOD_FOR = 600.0  # seconds that another machine's lock counts for; it is renewed far more often

_log = logging.getLogger("polyreel")


class Bucket:
    """Keeps files in a bucket; each is staged on this machine until it is whole, and then put whole.

    Credentials come from the environment, as the provider's own tools read them.

    Args:
        url: Such as ``s3://bucket/path``.

    Raises:
        ConfigurationError: The extra isn't installed, or the URL or its credentials can't be used.
    """

    def __init__(self, url: str) -> None:
        try:
            import obstore
            from obstore.store import from_url
        except ImportError:
            raise ConfigurationError(
                f"an archive in a bucket ({url.partition('://')[0]}://) needs more than the basics: "
                "pip install 'polyreel[archive]'"
            ) from None
        import platformdirs

        self._obstore: Any = obstore
        self.where = url.rstrip("/")
        name = hashlib.sha256(self.where.encode()).hexdigest()[:16]
        self.cache = platformdirs.user_cache_path("polyreel") / "archives" / name
        self.staging = self.cache / "parts"
        local = url.startswith("s3") and os.environ.get("AWS_ENDPOINT_URL", "").startswith(
            "http://"
        )
        options: dict[str, Any] = {"client_options": {"allow_http": True}} if local else {}
        try:
            self._store: Any = from_url(self.where, **options)
        except Exception as error:
            raise ConfigurationError(f"{self.where} can't be used: {error}") from error

    def prepare(self) -> None:
        """Make the folders on this machine; the bucket has to be there."""
        self.staging.mkdir(mode=0o700, parents=True, exist_ok=True)

    def names(self) -> dict[str, Stat]:
        """Return every object with its state, by its path: a thousand with a request."""
        self.prepare()
        with self._named_errors():
            return {
                meta["path"]: Stat(meta["size"], str(meta["e_tag"]))
                for chunk in self._obstore.list(self._store)
                for meta in chunk
                if not meta["path"].startswith(f"{WORK}/")
            }

    def read(self, name: str) -> bytes:
        """Return the content of a small object."""
        with self._named_errors():
            return bytes(self._obstore.get(self._store, name).bytes())

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield an object piece by piece."""
        with self._named_errors():
            for piece in self._obstore.get(self._store, name):
                yield bytes(piece)

    def local(self, name: str) -> None:
        """No object lies on this machine."""

    def write(self, name: str, content: bytes) -> Stat:
        """Write a small object."""
        with self._named_errors():
            return self._put(name, content, len(content))

    def put(self, name: str, part: saving.Part) -> Stat:
        """Put a finished file whole; until that is done nobody sees any of it."""
        size = part.path.stat().st_size
        with self._named_errors():
            done = self._put(name, part.path, size)
        part.drop()
        return done

    def move(self, name: str, to: str) -> None:
        """Rename an object."""
        with self._named_errors():
            self._obstore.rename(self._store, name, to)

    def free(self) -> int | None:
        """Return the bytes that can still be staged on this machine."""
        return saving.free(self.cache)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Keep other runs away: of this machine by a file, of others by an object, where that works.

        Raises:
            ConfigurationError: Another run is at work; says which.
        """
        self.prepare()
        with lock.held(self.cache / "lock", self.where) as protected:
            over = threading.Event()
            if not self._locked():
                yield protected
                return
            renewing = threading.Thread(target=self._renew, args=(over,), daemon=True)
            renewing.start()
            try:
                yield protected
            finally:
                over.set()
                renewing.join()
                with self._named_errors():
                    self._obstore.delete(self._store, _LOCK)

    def _locked(self) -> bool:
        """Take the lock in the bucket; return whether the bucket keeps to it."""
        with self._named_errors():
            try:
                self._obstore.put(self._store, _LOCK, _holder(), mode="create")
            except self._obstore.exceptions.AlreadyExistsError:
                self._check_holder()
                self._obstore.put(self._store, _LOCK, _holder())
                return True
            except self._obstore.exceptions.NotSupportedError:
                return self._unprotected()
            try:
                self._obstore.put(self._store, _LOCK, _holder(), mode="create")
            except self._obstore.exceptions.AlreadyExistsError:
                return True
            self._obstore.delete(self._store, _LOCK)
            return self._unprotected()

    def _unprotected(self) -> bool:
        _log.warning(
            "%s has no create-only writes: let only one machine archive into it at a time",
            self.where,
        )
        return False

    def _check_holder(self) -> None:
        """Refuse while another run is at work; one whose process has ended on this machine is over."""
        try:
            holder = json.loads(self.read(_LOCK))
            host, pid, until = str(holder["host"]), int(holder["pid"]), float(holder["until"])
        except (ValueError, KeyError, TypeError):
            return
        if until > time.time() and (host != socket.gethostname() or lock.runs(pid)):
            raise ConfigurationError(
                f"{self.where} is being written to by process {pid} on {host}: wait until "
                "it is done"
            )

    def _renew(self, over: threading.Event) -> None:
        while not over.wait(_GOOD_FOR / 5):
            try:
                self._obstore.put(self._store, _LOCK, _holder())
            except Exception as error:  # noqa: BLE001 - the next one may go through
                _log.warning("the lock of %s can't be renewed: %s", self.where, error)

    def _put(self, name: str, content: Any, size: int) -> Stat:
        done = self._obstore.put(self._store, name, content)
        return Stat(size, str(done["e_tag"]))

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turn what the bucket refuses into an error that names it."""
        try:
            yield
        except (ConfigurationError, OSError):
            raise
        except self._obstore.exceptions.BaseError as error:
            said = " ".join(str(error).partition("Debug source")[0].split())[:300]
            raise ConfigurationError(f"{self.where} can't be used: {said}") from error


def _holder() -> bytes:
    told = {"host": socket.gethostname(), "pid": os.getpid(), "until": time.time() + _GOOD_FOR}
    return json.dumps(told).encode()
