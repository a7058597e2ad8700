"""One sync: every account and kind side by side, one library written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import get_args

from attrs import field, frozen

from polyreel.errors import ConfigurationError, PolyreelError
from polyreel.hub import Hub
from polyreel.hub.inside import notify
from polyreel.library.catalog.storing import ItemChange
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.sync.passes import SyncPass
from polyreel.library.sync.report import SyncOutcome, SyncReport
from polyreel.models import Kind
from polyreel.provider import Resource

FULL_EVERY = timedelta(days=7)
_AT_ONCE = 16  # accounts; each has limits of its own


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


@frozen(kw_only=True)
class SyncOptions:
    """What is synced, and how thoroughly.

    Attributes:
        accounts: Only these accounts; empty for all that can list.
        kinds: ``videos``, ``replicas`` or both.
        full: Read every page of every account.
        full_every: Read every page of an account when that was last done so long ago.
        accept_deletions: Believe it when more than half of an account's items are gone.
    """

    accounts: Sequence[str] = ()
    kinds: Sequence[Kind] = field(default=get_args(Kind))
    full: bool = False
    full_every: timedelta = FULL_EVERY
    accept_deletions: bool = False


def sync(
    hub: Hub,
    writer: LibraryWriter,
    options: SyncOptions | None = None,
    *,
    now: Callable[[], datetime] = utc_now,
    changed: Callable[[ItemChange], None] = lambda _change: None,
    progress: Callable[[str, Kind, int], None] = lambda _account, _kind, _items: None,
) -> SyncReport:
    """Bring a library up to date with the accounts of a hub.

    Args:
        hub: The accounts.
        writer: The library.
        options: What is synced; None for everything, as thoroughly as needed.
        now: Gives the current time.
        changed: Called with each change, once it is stored; from several threads.
        progress: Called with an account, a kind and how many items were read; from several threads.

    Returns:
        What became of each account; a failing one costs itself alone.

    Raises:
        ConfigurationError: There is no such account, or none that can list.
        LibraryError: The library can't be written.
    """
    options = options or SyncOptions()
    wanted = list(_wanted(hub, options))
    if not wanted:
        raise ConfigurationError("no account can list what is asked for; see polyreel providers")

    def tell(change: ItemChange) -> None:
        changed(change)
        notify(hub, "polyreel_changed", item=change.item, before=change.before)

    def one(account: str, kind: Kind, resource: Resource) -> SyncOutcome:
        started = time.monotonic()
        last = writer.seen.last_full_pass(account, kind)
        due = last is None or datetime.fromisoformat(last) + options.full_every <= now()
        outcome = SyncPass(
            hub=hub,
            writer=writer,
            account=account,
            kind=kind,
            resource=resource,
            full=options.full or due,
            accept_deletions=options.accept_deletions,
            changed=tell,
            progress=lambda items: progress(account, kind, items),
            now=now,
        ).run()
        outcome.seconds = time.monotonic() - started
        return outcome

    with ThreadPoolExecutor(min(len(wanted), _AT_ONCE), thread_name_prefix="polyreel-sync") as pool:
        running = [
            each if isinstance(each, SyncOutcome) else pool.submit(one, *each) for each in wanted
        ]
        return SyncReport(
            [each if isinstance(each, SyncOutcome) else each.result() for each in running]
        )


def _wanted(hub: Hub, options: SyncOptions) -> Iterable[SyncOutcome | tuple[str, Kind, Resource]]:
    """Yield what is to be read of each account, or the outcome of one that can't be used."""
    if unknown := set(options.accounts) - set(hub.accounts):
        known = ", ".join(hub.accounts) or "none"
        raise ConfigurationError(f"there is no account {min(unknown)!r} (accounts: {known})")
    asked = [name for name, account in hub.accounts.items() if not account.only_by_name]
    for name in options.accounts or asked:
        try:
            resources = hub.provider(name).resources
        except PolyreelError as error:
            yield SyncOutcome(name, options.kinds[0], error=error)
            continue
        for kind in options.kinds:
            resource = resources.get(kind)
            if resource is not None and resource.can_list:
                yield name, kind, resource
