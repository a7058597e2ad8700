"""Waiting until items are finished: whom to ask next, after which pause, and what each response means.

Does no I/O and reads no clock: a hub (one driver each, sync and async) asks what is to be asked, hands in
what came, and pauses as it is told. Three items or more of one account are asked for by pages of its list,
as long as that costs fewer requests than asking for each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Generic

from attrs import define, field, frozen

from polyreel.errors import NotFound, PolyreelError, WaitTimeout
from polyreel.models import Status, T
from polyreel.models.status import SETTLED

_FIRST_PAUSE = 2.0  # seconds
_LONGEST_PAUSE = 30.0
_GROWTH = 1.5
_BY_PAGES = 3  # items of one account
_RANK = {Status.QUEUED: 1, Status.RUNNING: 2, Status.READY: 3}


@frozen
class WaitProgress(Generic[T]):
    """Something that was learnt of an item while waiting for it.

    Attributes:
        uid: The item's uid, as it was asked for.
        item: The item as it is now; None if it can't be had.
        before: Its status when it was last seen; None the first time.
        error: Why it can't be had, or None. It is waited for no longer.
        done: Whether it is waited for no longer.
        reached: Whether it has, or has passed, a status that was waited for.
    """

    uid: str
    item: T | None
    before: Status | None
    error: PolyreelError | None
    done: bool
    reached: bool


@define
class Waiting(Generic[T]):
    """What is still waited for.

    Args:
        uids: What is waited for, in the order in which it is asked for.
        accounts: The account of each uid.
        listing: The accounts whose lists hold the items, newest first.
        until: The statuses that are waited for; an item that is settled ends the wait for it in any case.
        timeout: Seconds, or None to wait without an end. 0 looks once.
    """

    uids: Sequence[str]
    accounts: Mapping[str, str]
    listing: Collection[str]
    until: frozenset[Status]
    timeout: float | None
    _seen: dict[str, Status] = field(factory=dict, init=False)
    _done: set[str] = field(factory=set, init=False)
    _pause: float = field(default=_FIRST_PAUSE, init=False)
    _asked_for: float | None = field(default=None, init=False)

    @property
    def pending(self) -> list[str]:
        """The uids that are still waited for."""
        return [uid for uid in self.uids if uid not in self._done]

    def looks(self) -> list[Look[T]]:
        """Return the accounts whose lists are to be read in this round, and what is looked for there."""
        found: dict[str, list[str]] = {}
        for uid in self.pending:
            found.setdefault(self.accounts[uid], []).append(uid)
        return [
            Look(self, account, frozenset(uids))
            for account, uids in found.items()
            if len(uids) >= _BY_PAGES and account in self.listing
        ]

    def to_get(self, looks: Iterable[Look[T]]) -> list[str]:
        """Return the uids to ask for one by one: those that no list has dealt with in this round."""
        dealt_with = {uid for look in looks for uid in look.dealt_with}
        return [uid for uid in self.pending if uid not in dealt_with]

    def came(self, uid: str, item: T, poll_after: float | None = None) -> Iterable[WaitProgress[T]]:
        """Take an item; yield what is new about it, if anything is.

        Args:
            uid: As it was asked for.
            item: The item.
            poll_after: After how many seconds the provider asks to be asked again, or None.
        """
        if poll_after is not None:
            self._asked_for = max(self._asked_for or 0.0, poll_after)
        if uid in self._done:
            return
        before, now = self._seen.get(uid), item.status
        reached = self._reached(now)
        done = reached or now in SETTLED
        self._seen[uid] = now
        if done:
            self._done.add(uid)
        if done or now != before:
            yield WaitProgress(uid, item, before, None, done, reached)

    def failed(self, uid: str, error: PolyreelError) -> Iterable[WaitProgress[T]]:
        """Take an error; one that may pass is waited out, any other ends the wait for this item."""
        if error.retryable and not isinstance(error, NotFound):
            self._asked_for = max(
                self._asked_for or 0.0, getattr(error, "retry_after", None) or 0.0
            )
            return
        self._done.add(uid)
        yield WaitProgress(uid, None, self._seen.get(uid), error, True, False)

    def pause(self, elapsed: float) -> float:
        """Return the seconds to wait before the next round.

        Args:
            elapsed: Seconds since the wait began.

        Raises:
            WaitTimeout: The time is over, and something is still waited for.
        """
        if self.timeout is not None and elapsed >= self.timeout:
            raise self._time_is_over()
        wanted = self._pause if not self._asked_for else self._asked_for
        self._asked_for = None
        self._pause = min(self._pause * _GROWTH, _LONGEST_PAUSE)
        return wanted if self.timeout is None else min(wanted, self.timeout - elapsed)

    def _reached(self, status: Status) -> bool:
        if status in self.until:
            return True
        # A status that was passed between two looks counts as reached.
        passed = [_RANK[each] for each in self.until if each in _RANK]
        return status in _RANK and bool(passed) and _RANK[status] > min(passed)

    def _time_is_over(self) -> WaitTimeout:
        pending = self.pending
        shown = ", ".join(f"{uid} ({self._seen.get(uid, 'not seen')})" for uid in pending[:5])
        more = f" and {len(pending) - 5} more" if len(pending) > 5 else ""
        error = WaitTimeout(
            f"the time is over: {len(pending)} of {len(self.uids)} still waited for: {shown}{more}"
        )
        error.pending = tuple(pending)
        return error


@define
class Look(Generic[T]):
    """One reading of an account's list, newest first, for the items that are waited for.

    Attributes:
        account: The account's name.
        uids: What is looked for.
        dealt_with: What needs not be asked for in this round any more.
    """

    _waiting: Waiting[T]
    account: str
    uids: frozenset[str]
    dealt_with: set[str] = field(factory=set)
    _pages: int = 0

    def page(self, items: Iterable[T]) -> Iterable[WaitProgress[T]]:
        """Take a page; yield what is new about the items on it."""
        self._pages += 1
        for item in items:
            if item.uid in self.uids:
                self.dealt_with.add(item.uid)
                yield from self._waiting.came(item.uid, item)

    @property
    def enough(self) -> bool:
        """Whether to stop: all were found, or asking for the rest costs no more than reading on."""
        return self.uids <= self.dealt_with or self._pages >= len(self.uids)

    def failed(self, error: PolyreelError) -> None:
        """Take an error of the list; one that may pass is waited out, else items are asked for alone."""
        if error.retryable:
            self.dealt_with |= self.uids
