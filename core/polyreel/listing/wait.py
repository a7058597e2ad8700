"""The two drivers of a wait, which differ in nothing but how they wait; see :mod:`waiting`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing
from typing import Any, TypeAlias

from polyreel.errors import PolyreelError
from polyreel.listing.waiting import Waiting, WaitProgress
from polyreel.models import Page, T

Got: TypeAlias = tuple[T, float | None]
"""An item, and after how many seconds the provider asks to be asked again, or None."""


def wait_for(
    waiting: Waiting[T],
    get: Callable[[str], Got[T]],
    pages: Callable[[str], Iterable[Page[T]]],
    sleep: Callable[[float], None],
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[WaitProgress[T]]:
    """Wait, blocking.

    Args:
        waiting: What is waited for.
        get: Gets one item by its uid.
        pages: Lists an account, newest first.
        sleep: Waits for so many seconds.
        clock: Gives seconds that only ever grow.

    Yields:
        What is learnt of each item.

    Raises:
        WaitTimeout: The time is over.
    """
    begin = clock()
    while waiting.pending:
        looks = waiting.looks()
        for look in looks:
            try:
                for page in pages(look.account):
                    yield from look.page(page.items)
                    if look.enough:
                        break
            except PolyreelError as error:
                look.failed(error)
        for uid in waiting.to_get(looks):
            try:
                item, poll_after = get(uid)
            except PolyreelError as error:
                yield from waiting.failed(uid, error)
            else:
                yield from waiting.came(uid, item, poll_after)
        if waiting.pending:
            sleep(waiting.pause(clock() - begin))


async def wait_for_async(
    waiting: Waiting[T],
    get: Callable[[str], Awaitable[Got[T]]],
    pages: Callable[[str], AsyncGenerator[Page[T], None]],
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncGenerator[WaitProgress[T], None]:
    """Wait in an event loop; :func:`wait_for` says what the arguments mean."""
    begin = clock()
    while waiting.pending:
        looks = waiting.looks()
        for look in looks:
            try:
                async with aclosing(pages(look.account)) as reading:
                    async for page in reading:
                        for progress in look.page(page.items):
                            yield progress
                        if look.enough:
                            break
            except PolyreelError as error:
                look.failed(error)
        for progress in await _gotten(waiting, waiting.to_get(looks), get):
            yield progress
        if waiting.pending:
            await sleep(waiting.pause(clock() - begin))


async def _gotten(
    waiting: Waiting[T], uids: Iterable[str], get: Callable[[str], Awaitable[Got[T]]]
) -> list[WaitProgress[T]]:
    """Ask for items at the same time; the account's own limits hold."""

    async def one(uid: str) -> list[WaitProgress[T]]:
        try:
            item, poll_after = await get(uid)
        except PolyreelError as error:
            return list(waiting.failed(uid, error))
        return list(waiting.came(uid, item, poll_after))

    return [each for found in await asyncio.gather(*map(one, uids)) for each in found]
