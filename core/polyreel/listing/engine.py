"""What a listing asks next, and what it gives of what came, across sources. Does no I/O.

A driver (one for each hub, in :mod:`iterate`) starts the jobs that the engine wants, hands back their
outcomes in whatever order they come, and takes finished batches.

Without limit and order, batches come as their pages arrive. With either, and several sources, the result
must not depend on who answers first: the items of all sources whose order of time is known are merged by
time, and the others' follow, source by source. A source that hangs is waited for until its requests
have failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic

from attrs import frozen

from polyreel.errors import PolyreelError
from polyreel.listing.cursors import Position
from polyreel.listing.list_source import ListSource, Wanted
from polyreel.listing.stream import Batch, Stream
from polyreel.listing.windows import Ask
from polyreel.models import Order, Page, T


@frozen
class Job:
    """One page that an engine wants: of which source, and which page."""

    source: str
    ask: Ask


class ListingEngine(Generic[T]):
    """A listing across sources, as a machine that wants jobs and gives batches.

    Args:
        sources: What is read.
        bookmark: Writes positions by source as a cursor that a caller can resume from.
        wanted: Which items the caller wants.
        limit: How many of them at most, or None.
        merge: The order of time in which the sources are merged; None for batches as they arrive.
    """

    def __init__(
        self,
        sources: Iterable[ListSource],
        bookmark: Callable[[Mapping[str, Position]], str],
        *,
        wanted: Wanted,
        limit: int | None = None,
        merge: Order | None = None,
    ) -> None:
        self._streams: dict[str, Stream[T]] = {
            source.name: Stream(source, wanted, merge if source.order == merge else None)
            for source in sources
        }
        self._merged = [
            stream for stream in self._streams.values() if merge and stream.source.order == merge
        ]
        self._others = [stream for stream in self._streams.values() if stream not in self._merged]
        self._merging = merge is not None
        self._bookmark = bookmark
        self._left = limit

    @property
    def finished(self) -> bool:
        """Nothing is left to take."""
        return self._left == 0 or all(stream.finished for stream in self._streams.values())

    @property
    def positions(self) -> dict[str, Position | None]:
        """Where each source stands behind what was taken; None at its end."""
        return {name: stream.position for name, stream in self._streams.items()}

    @property
    def errors(self) -> list[PolyreelError]:
        """Why sources ended early, one error each, with a cursor to resume from."""
        found = []
        for name, stream in self._streams.items():
            if (error := stream.error) is None:
                continue
            if position := stream.position:
                error.resume = self._bookmark({name: position})
            found.append(error)
        return found

    @property
    def untimed(self) -> dict[str, int]:
        """How many items each source had that are in no time window, for want of a time."""
        return {name: stream.untimed for name, stream in self._streams.items() if stream.untimed}

    def wanted(self) -> list[Job]:
        """Return the jobs to start now; each is given once."""
        if self._left == 0:
            return []
        return [
            Job(stream.source.name, ask)
            for stream in self._asked_now()
            for ask in stream.pages(self._left)
        ]

    def arrived(self, job: Job, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one job; they may come in any order."""
        self._streams[job.source].arrived(job.ask, outcome)

    def take(self) -> Batch[T] | None:
        """Return the next batch, cut to what the caller wants; None while there is none."""
        if self._left == 0:
            return None
        batch = self._next_merged() if self._merging else self._next_arrived()
        if batch is not None and self._left is not None:
            self._left -= len(batch.page.items)
        return batch

    def _asked_now(self) -> list[Stream[T]]:
        # Those that come last are not asked before it is known that they are needed.
        waiting = [stream for stream in self._merged if not stream.finished]
        return waiting or self._others

    def _next_arrived(self) -> Batch[T] | None:
        for stream in self._others:
            if batch := stream.take(self._left):
                return batch
        return None

    def _next_merged(self) -> Batch[T] | None:
        heads = []
        for place, stream in enumerate(self._merged):
            if stream.load():
                heads.append((stream.key, place, stream))
            elif not stream.finished:
                return None  # its next item may be the first of all
        if heads:
            heads.sort()
            (_, place, first), *others = heads
            before = (others[0][0], place < others[0][1]) if others else None
            return first.take(self._left, before)
        for stream in self._others:
            if stream.load():
                return stream.take(self._left)
            if not stream.finished:
                return None
        return None
