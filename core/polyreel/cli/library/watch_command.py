"""``polyreel watch``: one line for each change of the accounts, as it is noticed."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli import complete
from polyreel.cli.item_options import Sandbox
from polyreel.cli.library.shared_options import AccountsOption, LibraryFile
from polyreel.cli.name_lists import several, statuses
from polyreel.cli.wait_command import Lines, LinesOption

if TYPE_CHECKING:
    from polyreel.library.catalog.storing import ItemChange


def watch_command(
    *,
    account: AccountsOption = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            help="Only changes to this status. May be given several times, or with commas.",
            metavar="WORD",
            show_default=False,
            autocompletion=complete.several(complete.statuses),
        ),
    ] = None,
    every: Annotated[str, typer.Option(help="The time between two looks.", metavar="SPAN")] = "1m",
    rounds: Annotated[
        int | None,
        typer.Option(help="End after so many looks.", metavar="N", min=1, show_default=False),
    ] = None,
    library: LibraryFile = None,
    form: LinesOption = Lines.TEXT,
    sandbox: Sandbox = False,
) -> None:
    """Watch the accounts: one line for each video or replica that is new, changed or gone.

    Each look is a sync of the library. What an empty library learns in the first one is not told.
    """
    from polyreel.cli import reporting
    from polyreel.cli.list_and_get import open_hub
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.writing import LibraryWriter
    from polyreel.library.sync.run import SyncOptions, sync, utc_now
    from polyreel.listing.time_bounds import age

    pause = age("--every", every).total_seconds()
    wanted = statuses(status)
    options = SyncOptions(accounts=several("--account", account) or ())
    path = library_path(library)
    writer = LibraryWriter(path, utc_now)
    try:
        told = not writer.seen.is_empty()
        with open_hub(sandbox=sandbox) as hub:
            looks = 0
            while rounds is None or looks < rounds:
                if looks:
                    time.sleep(pause)
                changes: list[ItemChange] = []
                report = sync(hub, writer, options, changed=changes.append)
                for error in report.errors:
                    reporting.failed(error, about=error.account)
                if told:
                    for change in sorted(changes, key=lambda each: each.rev):
                        if not wanted or change.item.status in wanted:
                            _write(change, form)
                else:
                    reporting.note(f"watching; {len(changes):,} videos and replicas are known")
                told = True
                looks += 1
    finally:
        writer.close()


def _write(change: ItemChange, form: Lines) -> None:
    from polyreel.cli import reporting, rows

    item, before = change.item, change.before
    if form is Lines.JSONL:
        row: dict[str, Any] = {"rev": change.rev, "change": change.what}
        row |= {"status_before": before.status if before else None, **rows.row(item, raw=False)}
        typer.echo(json.dumps(row, ensure_ascii=True))
    else:
        status = str(item.status)
        if before is not None and before.status != item.status:
            status = f"{before.status} → {item.status}"
        typer.echo(
            f"{change.what}  {reporting.one_line(item.uid)}  {status}  "
            f"{reporting.one_line(item.title or '')}".rstrip()
        )
