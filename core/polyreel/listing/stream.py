"""One source's items as a caller wants them: cut to status and time, and held to their order."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Generic

from attrs import define, evolve, frozen

from polyreel.errors import PaginationError, PolyreelError
from polyreel.listing.cursors import Position
from polyreel.listing.list_source import ListSource, Wanted
from polyreel.listing.paginator import Delivery, Paginator
from polyreel.listing.windows import Ask
from polyreel.models import Item, Order, Page, T

_log = logging.getLogger("polyreel")

# Seconds. Providers sort by when they stored an item, which may be a moment after it was made.
_SLACK = 1.0
_UNKNOWN = float("inf")  # where an item without a time is merged: behind all others


@frozen(kw_only=True)
class Batch(Generic[T]):
    """Wanted items of one source, and where the source stands behind each of them.

    Attributes:
        source: The source's name.
        account: The account's name.
        page: The provider's page, with these items alone.
        before: Where the source stands before the first of them.
        after: Where the source stands behind the last of them, or None at its end.
    """

    source: str
    account: str
    page: Page[T]
    before: Position
    after: Position | None
    _delivery: Delivery[T]
    _places: Sequence[int]  # for each item, how many of the delivery's items come up to it

    def position(self, number: int) -> Position:
        """Return where the source stands behind so many of these items; at least one."""
        return _position(self._delivery, self._places[number - 1])


@define
class _Chunk(Generic[T]):
    """A page of the source: what is wanted of it, and how much of that was taken."""

    delivery: Delivery[T]
    items: Sequence[T]
    places: Sequence[int]
    after: Position | None
    keys: Sequence[float] = ()
    taken: int = 0

    @property
    def position(self) -> Position:
        return (
            _position(self.delivery, self.places[self.taken - 1])
            if self.taken
            else (self.delivery.before)
        )


class Stream(Generic[T]):
    """One source's wanted items, in its order.

    Args:
        source: The source.
        wanted: Which of its items are wanted.
        merge: In which order of time its items will be merged with those of others, or None.

    Attributes:
        source: The source.
        error: Why the source ended early, or None.
        untimed: How many items were left out of a time window because they have no time.
    """

    def __init__(self, source: ListSource, wanted: Wanted, merge: Order | None) -> None:
        self.source = source
        self.untimed = 0
        self._paginator: Paginator[T] = Paginator(
            source.account,
            source.start,
            source.query.page_size,
            source.window,
            source.means,
            source.began,
        )
        self._wanted = wanted
        self._merge = merge
        self._chunk: _Chunk[T] | None = None
        self._stopped = False
        self._broken: tuple[PolyreelError, Position] | None = None
        self._watching = source.order is not None and (
            source.strict or merge is not None or wanted.by_time
        )
        self._first: float | None = None  # the extremes of time that came, counted in its order
        self._furthest: float | None = None
        self._last_key: float | None = None

    @property
    def finished(self) -> bool:
        """No item is left to take, and none will come."""
        return self._chunk is None and self._ended

    @property
    def error(self) -> PolyreelError | None:
        """Why the source ended early, or None."""
        return self._broken[0] if self._broken else self._paginator.error

    @property
    def position(self) -> Position | None:
        """Where the source stands behind what was taken; None at its end."""
        if self._chunk is not None:
            return self._chunk.position
        if self._broken is not None:
            return self._broken[1]
        return None if self._stopped else self._paginator.position

    def pages(self, most: int | None) -> Iterator[Ask]:
        """Yield the pages to ask for now, each once.

        Args:
            most: How many items the caller still takes, or None for all.
        """
        if self._ended:
            return
        useful = 1_000_000
        if most is not None and self._wanted.everything:
            waiting = 0 if self._chunk is None else len(self._chunk.items) - self._chunk.taken
            useful = -(-max(0, most - waiting) // (self.source.query.page_size or 1))
        yield from self._paginator.wanted(useful)

    def arrived(self, ask: Ask, outcome: Page[T] | PolyreelError) -> None:
        """Take the outcome of one page that was asked for; they may come in any order."""
        self._paginator.arrived(ask, outcome)

    def load(self) -> bool:
        """Read pages that have come until one holds a wanted item; tell whether one does."""
        while self._chunk is None:
            if not self._open():
                return False
            if self._chunk is not None and not self._chunk.items:
                self._chunk = None
        return True

    @property
    def key(self) -> float:
        """Where the next item is merged: the least comes first. Only after :meth:`load` gave True."""
        assert self._chunk is not None
        return self._chunk.keys[self._chunk.taken]

    def take(self, most: int | None, before: tuple[float, bool] | None = None) -> Batch[T] | None:
        """Return the next items of a page, possibly none of them; None while no page has come.

        Args:
            most: At most so many items, or None for all.
            before: The key of another stream's next item, and whether this stream goes first when
                they are equal: only items that are merged before it.
        """
        if self._chunk is None and not self._open():
            return None
        chunk = self._chunk
        assert chunk is not None
        start, end, position = chunk.taken, len(chunk.items), chunk.position
        if most is not None:
            end = min(end, start + most)
        if before is not None:
            key, first = before
            end = next(
                (n for n in range(start, end) if not (chunk.keys[n], not first) < (key, True)), end
            )
        chunk.taken = end
        done = end == len(chunk.items)
        if done:
            self._chunk = None
        page, items = chunk.delivery.page, tuple(chunk.items[start:end])
        return Batch(
            source=self.source.name,
            account=self.source.account,
            page=page if items is page.items else evolve(page, items=items),
            before=position,
            after=chunk.after if done else chunk.position,
            delivery=chunk.delivery,
            places=chunk.places[start:end],
        )

    @property
    def _ended(self) -> bool:
        return self._stopped or self._broken is not None or self._paginator.finished

    def _open(self) -> bool:
        """Take a page that has come, if there is one that can be used."""
        if self._ended:
            return False
        delivery = self._paginator.take()
        if delivery is None:
            return False
        items = delivery.page.items
        if self._watching and not self._in_order(delivery):
            return False
        self._stopped = self._is_beyond(items) and self._paginator.stop()
        places: Sequence[int] = range(1, len(items) + 1)
        wanted: Sequence[T] = items
        if not self._wanted.everything:
            places = [n for n, item in enumerate(items, 1) if self._wanted.takes(item)]
            wanted = [items[n - 1] for n in places]
        if self._wanted.by_time:
            self.untimed += sum(item.created_at is None for item in items)
        self._chunk = _Chunk(
            delivery,
            wanted,
            places,
            None if self._stopped else delivery.after,
            self._keys(wanted) if self._merge else (),
        )
        return True

    def _in_order(self, delivery: Delivery[T]) -> bool:
        """Tell whether a page can be used: its items come in the order that the source has."""
        sign = -1 if self.source.order == "desc" else 1
        times = [
            (sign * item.created_at.timestamp(), item)
            for item in delivery.page.items
            if item.created_at is not None
        ]
        late = self._late(times)
        if late is None or (delivery.again and not self.source.strict):
            return True
        self._watching = False
        if self.source.strict:
            self._broken = self._out_of_order(late), delivery.before
            return False
        _log.warning(
            "%s: its items don't come in the order of time that its plugin declares; they are taken as "
            "they come",
            self.source.name,
        )
        return True

    def _late(self, times: list[tuple[float, T]]) -> T | None:
        """Find an item that should have come before another one.

        On one page any item may show it. A later page may also hold items that were made since the
        listing began; those belong before the first item that came, and show nothing.
        """
        first, furthest = self._first, self._furthest
        within: float | None = None
        for time, item in times:
            if within is not None and time <= within - _SLACK:
                return item
            within = time if within is None else max(time, within)
            if first is not None and time < first:
                continue
            if furthest is not None and time <= furthest - _SLACK:
                return item
            self._furthest = time if self._furthest is None else max(time, self._furthest)
        if times:
            least = min(time for time, _ in times)
            self._first = least if first is None else min(least, first)
        return None

    def _out_of_order(self, item: Item) -> PaginationError:
        return PaginationError(
            f"account {self.source.account!r} doesn't keep the order {self.source.order!r} that it was "
            f"asked for: {item.id!r} of {item.created_at:%Y-%m-%d %H:%M:%S} comes too late. What it "
            "gives is not the end of the list that was meant; leave order out to list it nevertheless",
            account=self.source.account,
        )

    def _is_beyond(self, items: Sequence[T]) -> bool:
        """Tell whether no item behind these can be in the time window."""
        end = self._wanted.since if self.source.order == "desc" else self._wanted.until
        if end is None or not self._watching:
            return False
        sign = -1 if self.source.order == "desc" else 1
        beyond = sign * end.timestamp() + _SLACK
        return any(sign * at.timestamp() > beyond for item in items if (at := item.created_at))

    def _keys(self, items: Sequence[T]) -> list[float]:
        """Return where each item is merged; one without a time goes with its neighbour."""
        sign = -1 if self._merge == "desc" else 1
        times = [
            None if item.created_at is None else sign * item.created_at.timestamp()
            for item in items
        ]
        known = next((time for time in times if time is not None), None)
        last = known if self._last_key is None else self._last_key
        keys = []
        for time in times:
            last = last if time is None else time
            keys.append(_UNKNOWN if last is None else last)
        self._last_key = last
        return keys


def _position(delivery: Delivery[T], place: int) -> Position:
    return delivery.before.past([item.id for item in delivery.page.items[:place]])
