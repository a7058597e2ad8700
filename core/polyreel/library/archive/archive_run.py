"""One run of an archive: what is listed is stored while the listing goes on, soonest ending links first."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from queue import PriorityQueue, Queue
from typing import Any

from attrs import field, frozen

from polyreel.errors import LibraryError, PolyreelError
from polyreel.files.links import expires_at
from polyreel.hub import Hub
from polyreel.hub.inside import secrets_of
from polyreel.library.archive.control import Control, Stopped, is_full
from polyreel.library.archive.index import ArchiveIndex
from polyreel.library.archive.store import Store
from polyreel.library.archive.store_items import FileOutcome, ItemFetcher
from polyreel.listing.iterate import Listing
from polyreel.models import Item, Kind, Status

ROLES = frozenset({"video", "thumbnail", "captions"})
"""The files that are stored when nobody says which."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_CLOSING = 5.0  # seconds that workers have to put down what they are at


@frozen(kw_only=True)
class ArchiveOptions:
    """How a run stores.

    Attributes:
        roles: Which files, by role: ``video``, ``thumbnail``, ``preview``, ``captions``, …; None for
            all that there are.
        workers: How many files come at a time, and of one account at most its ``in_flight``.
        max_bytes: The most bytes to get in this run; what is more is left for another. None for all.
        rate: The most bytes per second, over all files; None for no limit.
        prompts: Keep prompts and the provider's own JSON in sidecars.
        nfo: Write what Jellyfin, Kodi and their likes show of each item, beside it.
        dry_run: Store nothing; only say what would be, and how large, as far as file servers tell.
    """

    roles: frozenset[str] | None = ROLES
    workers: int = 4
    max_bytes: int | None = None
    rate: float | None = None
    prompts: bool = True
    nfo: bool = False
    dry_run: bool = False


@frozen
class _Job:
    """An item in the queue; the one whose link ends first comes first, then the oldest."""

    item: Item | None = field(eq=False)
    order: tuple[float, float, int]

    def __lt__(self, other: _Job) -> bool:
        return self.order < other.order


class Run:
    """A run under way: an iterator of what becomes of each file, as it does.

    Attributes:
        counts: How many files came to which state; ``kept`` counts items of which all is stored,
            ``waiting`` those that aren't ready, ``unsized`` planned files whose size nobody tells.
        planned: The bytes that a dry run would get, as far as they are known.
        errors: What kept accounts from being listed whole.
        control: How much has come.
    """

    def __init__(
        self,
        hub: Hub,
        kind: Kind,
        store: Store,
        options: ArchiveOptions,
        filters: Mapping[str, Any],
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[PolyreelError] = []
        self.planned = 0
        self.control = Control(options.max_bytes, options.rate, options.workers)
        self._hub = hub
        self._kind = kind
        self._store = store
        self._options = options
        self._filters = filters
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._outcomes: Queue[FileOutcome | None] = Queue()
        self._index_read = threading.Event()
        self._numbers = count()
        # While one more is checked and stored, as many as there are workers go on coming.
        self._threads = options.workers + options.workers // 2
        self._collection = hub.videos if kind == "videos" else hub.replicas

    @property
    def waiting(self) -> int:
        """How many items are still to be stored, as far as they are listed."""
        return self._jobs.qsize()

    def __iter__(self) -> Iterator[FileOutcome]:
        """Store everything, and yield what became of each file.

        Raises:
            LibraryError: The disk is full.
            ConfigurationError: Another run is at work, the place can't be used, or there is no account
                to ask.
            UnsupportedError: There is no such filter.
        """
        listing = self._collection.list(**{**self._filters, "on_error": "skip"})
        with self._entered() as protected:
            index = ArchiveIndex(self._store)
            fetcher = self._fetcher(index, "" if protected else f"-{secrets.token_hex(6)}")
            # The list begins to come while what is stored is read.
            threads = [self._start(partial(self._list, listing, fetcher))]
            try:
                self._read(index)
                threads += [self._start(partial(self._work, fetcher)) for _ in range(self._threads)]
                self._index_read.set()
                yield from self._results(len(threads))
            finally:
                self.control.stop()
                self._index_read.set()
                for _ in threads:
                    self._jobs.put(_Job(None, (-1, 0, next(self._numbers))))
                for thread in threads:
                    thread.join(_CLOSING)
                if not self._options.dry_run and not (self.control.error and self._full()):
                    index.save()
        if self.control.error:
            raise self.control.error

    @staticmethod
    def _start(work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True, name="polyreel-archive")
        thread.start()
        return thread

    def _read(self, index: ArchiveIndex) -> None:
        """Read what is stored; put aside what can't be read, and look again at what was written to."""
        index.load()
        if not self._options.dry_run:
            index.put_aside()
            index.recheck()
            index.mark()
            index.save()

    @contextmanager
    def _entered(self) -> Iterator[bool]:
        """Keep other runs away; a dry run leaves no trace, and needs nobody to be away."""
        if self._options.dry_run:
            yield True
            return
        self._store.prepare()
        with self._store.alone() as protected:
            yield protected

    def _full(self) -> bool:
        return self._store.free() == 0

    def _results(self, running: int) -> Iterator[FileOutcome]:
        while running:
            outcome = self._outcomes.get()
            if outcome is None:
                running -= 1
                continue
            self.counts[outcome.state] += 1
            if outcome.state == "planned":
                self.planned += outcome.size
                self.counts["unsized"] += not outcome.size
            yield outcome

    def _fetcher(self, index: ArchiveIndex, mark: str) -> ItemFetcher:
        hidden = {name: self._secrets(name) for name in self._hub.accounts}
        return ItemFetcher(
            self._collection,
            self._kind,
            self._store,
            index,
            self.control,
            roles=self._options.roles,
            prompts=self._options.prompts,
            nfo=self._options.nfo,
            secrets=hidden,
            mark=mark,
        )

    def _secrets(self, account: str) -> tuple[str, ...]:
        try:
            return secrets_of(self._hub, account)
        except PolyreelError:
            return ()  # an account that can't be used lists nothing

    def _list(self, listing: Listing[Any], fetcher: ItemFetcher) -> None:
        """List items into the queue; the workers are at it from the first page on."""
        try:
            for item in self._known_items(listing):
                if self.control.stopped:
                    break
                self._sort(fetcher, item)
            self.errors += listing.errors
        except PolyreelError as error:
            self.errors.append(error)
        except Exception as error:  # noqa: BLE001 - told to whoever started the run
            self.errors.append(LibraryError(f"{type(error).__name__}: {error}"))
        finally:
            for _ in range(self._threads):
                self._jobs.put(_Job(None, (float("inf"), 0, next(self._numbers))))
            self._outcomes.put(None)

    def _known_items(self, listing: Listing[Any]) -> Iterator[Item]:
        """Yield a listing's items, from when it is known what is stored."""
        early: list[Item] = []
        for item in listing:
            if not self._index_read.is_set():
                early.append(item)
                continue
            yield from early
            early = []
            yield item
        self._index_read.wait()
        yield from early

    def _sort(self, fetcher: ItemFetcher, item: Item) -> None:
        """Put an item that something is to be done for into the queue."""
        record = fetcher.record(item)
        missing = fetcher.missing(item, record)
        known = bool(missing) or record is not None
        if item.status is not Status.READY and not missing:
            self.counts["waiting"] += not known
            return
        if record is not None and not missing and not fetcher.changed(item, record):
            self.counts["kept"] += 1
            return
        ends = [end for file in missing if (end := expires_at(file.url)) is not None]
        made = item.created_at or _NEVER
        order = (min(ends, default=_NEVER).timestamp(), made.timestamp(), next(self._numbers))
        self._jobs.put(_Job(item, order))

    def _work(self, fetcher: ItemFetcher) -> None:
        try:
            while (item := self._jobs.get().item) is not None:
                for outcome in self._stored(fetcher, item):
                    self._outcomes.put(outcome)
        except Stopped:
            pass
        finally:
            self._outcomes.put(None)

    def _stored(self, fetcher: ItemFetcher, item: Item) -> Iterator[FileOutcome]:
        """Store an item; whatever goes wrong with it costs no other one."""
        try:
            yield from fetcher.plan(item) if self._options.dry_run else fetcher.store(item)
        except PolyreelError as error:
            yield FileOutcome(uid=item.uid, role="", state="failed", error=error, reason=str(error))
        except Exception as error:
            if isinstance(error, Stopped):
                raise
            if isinstance(error, OSError) and is_full(error):
                self.control.full(self._store.where)
                raise Stopped from None
            reason = f"{type(error).__name__}: {error}"
            yield FileOutcome(
                uid=item.uid, role="", state="failed", error=LibraryError(reason), reason=reason
            )
