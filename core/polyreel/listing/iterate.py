"""What ``list`` gives: items, or pages of them, read as they are asked for.

The two drivers below differ in nothing but how they wait; what is asked, kept, and raised is decided
in :mod:`engine`. While the caller works on one page, the next ones are already on their way.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import aclosing
from operator import length_hint
from threading import Thread
from typing import Any, Generic, TypeVar

from attrs import evolve

from polyreel.errors import PartialFailure, PolyreelError
from polyreel.listing.cursors import Position
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.plan import ListPlan
from polyreel.listing.stream import Batch
from polyreel.models import MODELS, Page, T, render

P = TypeVar("P")

_log = logging.getLogger("polyreel")

# Seconds. A thread to fetch the next page pays when the caller works on this one for longer than it
# takes to hand the page over; a caller who only iterates is served faster without.
_WORTH_A_THREAD = 0.002


class _Listing(Generic[T, P]):
    """What both hubs' listings know: how to begin, where they stand, and what to say at the end."""

    def __init__(
        self,
        plan: ListPlan[T],
        perform: Callable[[Job], P],
        require_usable: Callable[[], None],
    ) -> None:
        self._plan = plan
        self._perform = perform
        self._require_usable = require_usable
        self._positions = self._start()
        self._within: tuple[Batch[T], Iterator[T]] | None = None
        self._engine: ListingEngine[T] | None = None

    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of the accounts that are asked."""
        return self._plan.binding.accounts

    @property
    def errors(self) -> list[PolyreelError]:
        """Why accounts failed, in the latest iteration so far; each has a cursor in its ``resume``."""
        return self._engine.errors if self._engine is not None else []

    @property
    def cursor(self) -> str | None:
        """Where ``list(cursor=…)`` would go on, behind the latest item or page; None at the end.

        It belongs to this listing's kind, accounts and options, which must be given with it again.
        """
        ahead = {name: at for name, at in self._positions.items() if at is not None}
        if self._within is not None:
            batch, items = self._within
            if taken := len(batch.page.items) - length_hint(items):
                ahead[batch.source] = batch.position(taken)
        return self._plan.cursor(ahead) if ahead else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._plan}>"

    def _repr_html_(self) -> str:
        # What a notebook shows. It asks nobody: a cell's last line must not start requests by itself.
        facts = {
            "accounts": ", ".join(self.accounts),
            **self._plan.asked,
            "failed": "; ".join(f"{error.account}: {error}" for error in self.errors) or None,
            "read": "when it is iterated over, or made a data frame",
        }
        return render.html_fields(f"{type(self).__name__} of {self._plan.kind}", facts)

    def _start(self) -> dict[str, Position | None]:
        return {name: source.start for name, source in self._plan.sources.items()}

    def _begin(self) -> ListingEngine[T]:
        self._require_usable()
        self._positions = self._start()
        self._within = None
        self._engine = self._plan.engine()
        return self._engine

    def _page(self, batch: Batch[T]) -> Page[T]:
        """Return a page as callers see it: of a named account, and with the listing's own cursor."""
        self._positions[batch.source] = batch.after
        return evolve(batch.page, account=batch.account, next=self.cursor)

    def _items(self, batch: Batch[T]) -> Iterator[T]:
        """Begin with a batch's items; where the caller stands is worked out if the cursor is asked for."""
        items = iter(batch.page.items)
        self._within = batch, items
        return items

    def _done(self, batch: Batch[T]) -> None:
        """Note that the caller has had all items of a batch."""
        self._within = None
        self._positions[batch.source] = batch.after

    def _end(self, engine: ListingEngine[T]) -> None:
        self._positions = engine.positions
        errors = engine.errors
        if errors:
            self._require_usable()  # a hub that was closed meanwhile is no failure of its accounts
        for source, count in engine.untimed.items():
            _log.warning(
                "%s: %d %s without a time of creation were left out: nobody knows whether they are "
                "in the time window",
                source,
                count,
                self._plan.kind,
            )
        if not errors or self._plan.options.on_error == "skip":
            return
        if len(self._plan.sources) == 1:
            raise errors[0]
        failed = sorted({str(error.account) for error in errors})
        raise PartialFailure(
            f"{len(failed)} of {len(self.accounts)} accounts failed: {', '.join(failed)}",
            errors,
        )


class Listing(_Listing[T, Page[T]]):
    """A lazy listing: iterate over it for items, or over ``pages()``.

    Each iteration starts anew. Errors are raised when everything that could be read was delivered:
    the account's own error when there is one account, else a :class:`PartialFailure`.
    """

    def __iter__(self) -> Iterator[T]:
        for batch in self._batches():
            yield from self._items(batch)
            self._done(batch)

    def pages(self) -> Iterator[Page[T]]:
        """Iterate over pages instead of items.

        Yields:
            Pages with the items that are new and wanted, possibly none of them.
        """
        return map(self._page, self._batches())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the items to a data frame or a database, page by page as it reads them.

        ``polars.DataFrame(listing)``, ``pandas.DataFrame.from_arrow(listing)``, ``pyarrow.table(listing)``
        and DuckDB's ``from listing`` call this. The columns are fixed: :func:`polyreel.models.arrow.stream`.

        Raises:
            ImportError: The extra ``arrow`` isn't installed.
        """
        from polyreel.models import arrow

        pages = (page.items for page in self.pages())
        return arrow.stream(MODELS[self._plan.kind], pages, requested_schema)

    def _batches(self) -> Iterator[Batch[T]]:
        engine = self._begin()
        running: dict[Future[Page[T] | PolyreelError], Job] = {}
        ahead = False
        while True:
            while batch := engine.take():
                if ahead:
                    self._start_jobs(engine.wanted(), running)
                begin = time.monotonic()
                yield batch
                ahead = time.monotonic() - begin > _WORTH_A_THREAD
            if engine.finished:
                break
            jobs = engine.wanted()
            if len(jobs) == 1 and not running:  # nothing to overlap with
                engine.arrived(jobs[0], self._outcome(jobs[0]))
                continue
            self._start_jobs(jobs, running)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                engine.arrived(running.pop(future), future.result())
        self._end(engine)

    def _start_jobs(
        self, jobs: list[Job], running: dict[Future[Page[T] | PolyreelError], Job]
    ) -> None:
        running.update({_in_thread(self._outcome, job): job for job in jobs})

    def _outcome(self, job: Job) -> Page[T] | PolyreelError:
        try:
            return self._perform(job)
        except PolyreelError as error:
            return error


class AsyncListing(_Listing[T, Awaitable[Page[T]]]):
    """A lazy listing: ``async for`` over it for items, or over ``pages()``.

    Each iteration starts anew. Errors are raised when everything that could be read was delivered:
    the account's own error when there is one account, else a :class:`PartialFailure`.
    """

    async def __aiter__(self) -> AsyncGenerator[T, None]:
        async with aclosing(self._batches()) as batches:
            async for batch in batches:
                for item in self._items(batch):
                    yield item
                self._done(batch)

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Iterate over pages instead of items.

        Yields:
            Pages with the items that are new and wanted, possibly none of them.
        """
        async with aclosing(self._batches()) as batches:
            async for batch in batches:
                yield self._page(batch)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Refuse, since consumers of Arrow streams can't await.

        Raises:
            TypeError: Always; the message says what to do instead.
        """
        raise TypeError(
            "an async listing can't be read as a data frame: use Hub instead of AsyncHub, or make one of "
            "[video.to_dict() async for video in listing]"
        )

    async def _batches(self) -> AsyncGenerator[Batch[T], None]:
        engine = self._begin()
        running: dict[asyncio.Task[Page[T] | PolyreelError], Job] = {}
        try:
            while True:
                while batch := engine.take():
                    self._start_jobs(engine, running)
                    yield batch
                if engine.finished:
                    break
                self._start_jobs(engine, running)
                for task in await _done(running):
                    engine.arrived(running.pop(task), task.result())
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        self._end(engine)

    def _start_jobs(
        self, engine: ListingEngine[T], running: dict[asyncio.Task[Page[T] | PolyreelError], Job]
    ) -> None:
        for job in engine.wanted():
            running[asyncio.create_task(self._outcome(job))] = job

    async def _outcome(self, job: Job) -> Page[T] | PolyreelError:
        try:
            return await self._perform(job)
        except PolyreelError as error:
            return error


async def _done(running: Collection[asyncio.Task[P]]) -> Collection[asyncio.Task[P]]:
    """Wait until at least one task is done."""
    if len(running) > 1:
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        return done
    for task in running:
        await task  # quicker than to wait for the first of one
    return list(running)


def _in_thread(work: Callable[[Job], P], job: Job) -> Future[P]:
    """Run some work in a thread of its own, which doesn't keep a program from ending."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(work(job))
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is taken
            future.set_exception(error)

    Thread(target=run, name=f"polyreel-{job.source}", daemon=True).start()
    return future
