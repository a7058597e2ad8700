"""One pass over one account: which pages are read, which items are asked for alone, what is gone.

A *full* pass reads every page. A *head* pass reads the newest pages of a newest-first list until a settled
page: one whose items are all known, unchanged, and ready, failed or deleted; then it asks for the older items
that were not settled when they were last seen. What a head pass can't notice (an old item that was
renamed or deleted) the next full pass does.

Some providers list the items of the last days only. An item that is older than this window is missing from
the list because of its age; only ``get`` can tell whether it still exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import Factory, field, frozen

from polyreel.errors import NotFound, PolyreelError
from polyreel.hub import Hub
from polyreel.library.catalog.storing import ItemChange
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.sync.report import SyncOutcome
from polyreel.models import Item, Kind, Page
from polyreel.provider import Resource

_GETS = 50  # items asked for alone; more than that cost more than reading on
_CONFIRMED = (
    100  # missing items whose absence is confirmed one by one; the next full pass does the rest
)
_FEW = 20  # so many deletions are believed whatever share they are
_DISORDER = timedelta(seconds=1)
_EDGE = timedelta(days=1)  # so much younger than a list's window an item is surely in the list


@frozen(kw_only=True)
class SyncPass:
    """One account's items of one kind, to be brought up to date.

    Attributes:
        hub: Where the account is.
        writer: The library.
        account: The account's name.
        kind: ``videos`` or ``replicas``.
        resource: What the provider can do with this kind.
        full: Whether every page is to be read whatever is known.
        accept_deletions: Whether to believe that more than half of all items are gone.
        changed: Called with each change, once it is stored.
        progress: Called with the number of items that were read so far.
        now: Gives the current time.
    """

    hub: Hub
    writer: LibraryWriter
    account: str
    kind: Kind
    resource: Resource
    full: bool
    accept_deletions: bool
    changed: Callable[[ItemChange], None]
    progress: Callable[[int], None]
    now: Callable[[], datetime]
    outcome: SyncOutcome = field(
        init=False,
        default=Factory(lambda self: SyncOutcome(self.account, self.kind), takes_self=True),
    )

    def run(self) -> SyncOutcome:
        """Make the pass; what fails stands in the outcome."""
        outcome = self.outcome
        outcome.mode = "full" if self.full or not self._newest_first() else "head"
        run = self.writer.begin(
            self.account, self.kind, outcome.mode, provider=self.hub.provider(self.account).name
        )
        complete = False
        try:
            complete = self._read(run)
            if complete:
                outcome.mode = "full"
                listed_since = self._listed_since()
                self._find_deleted(run, listed_since)
                if listed_since is not None:
                    self._ask_for_older(run, listed_since)
            else:
                self._ask_for_unsettled(run)
        except PolyreelError as error:
            outcome.error = error
        finally:
            self.writer.end(
                run,
                outcome.mode,
                complete=complete and outcome.error is None,
                error=str(outcome.error) if outcome.error else None,
                requests=outcome.requests,
                new=outcome.new,
                changed=outcome.changed,
                gone=outcome.gone,
            )
        return outcome

    def _newest_first(self) -> bool:
        return bool(self.resource.newest_first) or "desc" in self.resource.orders

    def _read(self, run: int) -> bool:
        """Read pages until the end, or until a settled one; say whether it was the end."""
        items, latest = 0, None
        for page in self._pages():
            self.outcome.requests += 1
            written = self.writer.page(run, self.kind, page.items)
            self._tell(written.changes)
            items += len(page.items)
            self.progress(items)
            if self.outcome.mode == "full":
                continue
            latest, ordered = _in_order(page, latest)
            if not ordered:
                self.outcome.mode = "full"
                self.outcome.notes.append("the list isn't newest-first, so all of it was read")
            elif page.items and written.settled:
                if len(self.writer.seen.unsettled(run, self.account, self.kind)) <= _GETS:
                    return False
                self.outcome.mode = "full"
        return True

    def _pages(self) -> Iterator[Page[Item]]:
        order = "desc" if "desc" in self.resource.orders else None
        collection = getattr(self.hub, self.kind)
        pages: Iterator[Page[Item]] = collection.list(account=self.account, order=order).pages()
        return pages

    def _ask_for_unsettled(self, run: int) -> None:
        if not self.resource.can_get:
            return
        for id in self.writer.seen.unsettled(run, self.account, self.kind):
            if self._ask(run, id) is None:
                self._delete([id])

    def _listed_since(self) -> datetime | None:
        """Say since when items must have been made to be in the list; None where it holds all."""
        window = self.resource.window
        return None if window is None else self.now() - max(window - _EDGE, timedelta(0))

    def _ask_for_older(self, run: int, listed_since: datetime) -> None:
        """Ask for items that are too old for the list, some in each pass."""
        if self.resource.can_get:
            ids = self.writer.seen.beyond(run, self.account, self.kind, listed_since, _CONFIRMED)
            self._delete(self._absent(run, ids, listed=False))

    def _find_deleted(self, run: int, listed_since: datetime | None) -> None:
        missing = self.writer.seen.missing(run, self.account, self.kind, listed_since)
        known = self.writer.seen.count(self.account, self.kind, listed_since)
        if len(missing) > _FEW and len(missing) > known / 2 and not self.accept_deletions:
            self.outcome.refused = len(missing)
            self.outcome.notes.append(
                f"{len(missing):,} of {known:,} are in the list no more; none was marked as deleted. If "
                "they really are gone: polyreel sync --accept-deletions"
            )
            return
        before = self.writer.seen.missed_before(self.account, self.kind)
        self.writer.note_missing(self.account, missing)
        asked = missing[:_CONFIRMED] if self.resource.can_get else []
        gone = [id for id in missing[len(asked) :] if id in before]
        self._delete(gone + self._absent(run, asked, listed=True))

    def _absent(self, run: int, ids: Sequence[str], *, listed: bool) -> list[str]:
        """Ask for items one by one; return those that don't exist, of those that could be asked for.

        Args:
            run: The pass.
            ids: Whom to ask for.
            listed: Whether an item that exists should have been in the list.
        """
        absent = []
        for id in ids:
            try:
                found = self._ask(run, id)
            except PolyreelError as error:
                self.outcome.notes.append(
                    f"whether {self.account}:{id} is gone can't be told: {error}"
                )
                break
            if found is None:
                absent.append(id)
            elif listed:
                self.outcome.notes.append(f"{found.uid} exists, but is not in the list")
        return absent

    def _ask(self, run: int, id: str) -> Item | None:
        """Get one item and store it; None if there is no such item."""
        self.outcome.requests += 1
        try:
            item: Item = getattr(self.hub, self.kind).get(id, account=self.account)
        except NotFound:
            return None
        self._tell(self.writer.page(run, self.kind, [item]).changes)
        return item

    def _delete(self, ids: list[str]) -> None:
        changes = self.writer.delete(self.account, self.kind, ids)
        self.outcome.gone += len(changes)
        for change in changes:
            self.changed(change)

    def _tell(self, changes: Sequence[ItemChange]) -> None:
        for change in changes:
            if change.what == "new":
                self.outcome.new += 1
            else:
                self.outcome.changed += 1
            self.changed(change)


def _in_order(page: Page[Item], latest: datetime | None) -> tuple[datetime | None, bool]:
    """Say whether a page goes on from a time towards older ones; return the time where it stops."""
    for item in page.items:
        if item.created_at is None:
            continue
        if latest is not None and item.created_at > latest + _DISORDER:
            return latest, False
        latest = item.created_at
    return latest, True
