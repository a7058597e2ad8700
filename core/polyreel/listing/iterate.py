"""What ``list`` gives: items, or pages of them, read as they are asked for.

The two drivers below differ in nothing but how they wait; what is asked, kept, and raised is decided
in :mod:`engine`. While the caller works on one page, the next ones are already on their way.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import aclosing
from threading import Thread
from typing import Any, Generic, TypeVar

from attrs import evolve

from polyreel.errors import PartialFailure, PolyreelError
from polyreel.listing.cursors import Position, encode
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.paginator import Delivery
from polyreel.listing.plan import ListPlan
from polyreel.models import Page, T

P = TypeVar("P")

# Seconds. A thread to fetch the next page pays when the caller works on this one for longer than it
# takes to hand the page over; a caller who only iterates is served faster without.
_WORTH_A_THREAD = 0.002


class _Listing(Generic[T, P]):
    """What both twins know: how to begin, where they stand, and what to say at the end.

    Attributes:
        errors: Why accounts failed, of the latest iteration; one error each.
    """

    def __init__(self, plan: ListPlan[T], perform: Callable[[Job], P]) -> None:
        self._plan = plan
        self._perform = perform
        self._positions: dict[str, Position | None] = dict(plan.start)
        self._within: tuple[Delivery[T], int] | None = None
        self.errors: list[PolyreelError] = []

    @property
    def cursor(self) -> str | None:
        """Where ``list(cursor=…)`` would go on, behind the latest item or page; None at the end."""
        ahead = {name: at for name, at in self._positions.items() if at is not None}
        if self._within is not None:
            delivery, number = self._within
            item = delivery.page.items[number - 1]
            ahead[delivery.account] = delivery.before.past(item.id, number)
        return encode(ahead) if ahead else None

    def _begin(self) -> ListingEngine[T]:
        self._positions = dict(self._plan.start)
        self._within = None
        self.errors = []
        return self._plan.engine()

    def _page(self, delivery: Delivery[T]) -> Page[T]:
        """Give a page as callers see it: of a named account, resumable by ``list(cursor=page.next)``."""
        after = delivery.after
        self._positions[delivery.account] = after
        return evolve(
            delivery.page,
            account=delivery.account,
            next=encode({delivery.account: after}) if after else None,
            ahead=(),
        )

    def _items(self, delivery: Delivery[T]) -> Iterator[T]:
        # Where the caller stands within the page is worked out if somebody asks for the cursor.
        for number, item in enumerate(delivery.page.items, 1):
            self._within = delivery, number
            yield item
        self._within = None
        self._positions[delivery.account] = delivery.after

    def _end(self, engine: ListingEngine[T]) -> None:
        self.errors = engine.errors
        self._positions = engine.positions or self._positions
        if not self.errors or self._plan.options.on_error == "skip":
            return
        if len(self._plan.start) == 1:
            raise self.errors[0]
        failed = ", ".join(sorted(str(error.account) for error in self.errors))
        raise PartialFailure(
            f"{len(self.errors)} of {len(self._plan.start)} accounts failed: {failed}", self.errors
        )


class Listing(_Listing[T, Page[T]]):
    """A lazy listing: iterate over it for items, or over ``pages()``.

    Each iteration starts anew. Errors are raised when everything that could be read was delivered:
    the account's own error when there is one account, else a :class:`PartialFailure`.
    """

    def __iter__(self) -> Iterator[T]:
        for delivery in self._deliveries():
            yield from self._items(delivery)

    def pages(self) -> Iterator[Page[T]]:
        """Iterate over pages instead of items.

        Yields:
            Pages with the items that are new and wanted, possibly none of them.
        """
        return map(self._page, self._deliveries())

    def _deliveries(self) -> Iterator[Delivery[T]]:
        engine = self._begin()
        running: dict[Future[Page[T] | PolyreelError], Job] = {}
        ahead = False
        while True:
            while delivery := engine.take():
                if ahead:
                    self._start_jobs(engine.wanted(), running)
                begin = time.monotonic()
                yield delivery
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
        async with aclosing(self._deliveries()) as deliveries:
            async for delivery in deliveries:
                for item in self._items(delivery):
                    yield item

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Iterate over pages instead of items.

        Yields:
            Pages with the items that are new and wanted, possibly none of them.
        """
        async with aclosing(self._deliveries()) as deliveries:
            async for delivery in deliveries:
                yield self._page(delivery)

    async def _deliveries(self) -> AsyncGenerator[Delivery[T], None]:
        engine = self._begin()
        running: dict[asyncio.Task[Page[T] | PolyreelError], Job] = {}
        try:
            while True:
                while delivery := engine.take():
                    self._start_jobs(engine, running)
                    yield delivery
                if engine.finished:
                    break
                self._start_jobs(engine, running)
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
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


def _in_thread(work: Callable[[Job], P], job: Job) -> Future[P]:
    """Run some work in a thread of its own, which doesn't keep a program from ending."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(work(job))
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is taken
            future.set_exception(error)

    Thread(target=run, name=f"polyreel-{job.account}", daemon=True).start()
    return future
