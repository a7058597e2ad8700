"""``polyreel sync``: bring the library up to date with the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli.item_options import Sandbox
from polyreel.cli.library.shared_options import AccountsOption, FormatOption, LibraryFile
from polyreel.cli.name_lists import several
from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from polyreel.library.sync.report import SyncOutcome

KEYS = (
    "account", "kind", "mode", "requests", "new", "changed", "gone", "seconds", "error",
)  # fmt: skip


def sync_command(
    *,
    account: AccountsOption = None,
    full: Annotated[bool, typer.Option("--full", help="Read every page of every account.")] = False,
    full_every: Annotated[
        str,
        typer.Option(
            help="Read every page of an account when that was last done so long ago.",
            metavar="SPAN",
        ),
    ] = "7d",
    accept_deletions: Annotated[
        bool,
        typer.Option(
            "--accept-deletions", help="Believe it when more than half of an account is gone."
        ),
    ] = False,
    library: LibraryFile = None,
    form: FormatOption = RowFormat.TABLE,
    sandbox: Sandbox = False,
) -> None:
    """Bring the library on this machine up to date: what is new, changed or gone.

    The first time, every seventh day, and with --full, every page is read. Otherwise the newest pages are
    read until nothing on one is new, then the older items that were not ready yet are asked for.
    """
    from polyreel.cli import exits, reporting
    from polyreel.cli.library.columns import columns
    from polyreel.cli.list_and_get import open_hub
    from polyreel.cli.output import writing
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.writing import LibraryWriter
    from polyreel.library.sync.run import SyncOptions, sync, utc_now
    from polyreel.listing.time_bounds import age

    options = SyncOptions(
        accounts=several("--account", account) or (),
        full=full,
        full_every=age("--full-every", full_every),
        accept_deletions=accept_deletions,
    )
    path = library_path(library)
    with open_hub(sandbox=sandbox) as hub:
        writer = LibraryWriter(path, utc_now)
        read: dict[tuple[str, str], int] = {}
        try:
            with reporting.progress("syncing", table=form is RowFormat.TABLE) as progress:

                def tell(account: str, kind: str, items: int) -> None:
                    read[account, kind] = items
                    progress(f"syncing: {sum(read.values()):,} items read")

                report = sync(hub, writer, options, progress=tell)
        finally:
            writer.close()
    with writing(form, keys=KEYS, columns=columns(KEYS[:-1])) as out:
        out.write(map(_row, report.outcomes))
    for outcome in report.outcomes:
        for note in outcome.notes:
            reporting.note(f"{outcome.account}: {note}")
        if outcome.error is not None:
            reporting.failed(outcome.error, about=outcome.account)
    reporting.note(f"the library is {path}")
    fine = any(outcome.error is None for outcome in report.outcomes)
    if code := exits.code(report.errors, delivered=fine):
        raise typer.Exit(code)
    if any(outcome.refused for outcome in report.outcomes):
        raise typer.Exit(exits.PARTLY)


def _row(outcome: SyncOutcome) -> dict[str, Any]:
    return {
        "account": outcome.account,
        "kind": outcome.kind,
        "mode": outcome.mode,
        "requests": outcome.requests,
        "new": outcome.new,
        "changed": outcome.changed,
        "gone": outcome.gone,
        "seconds": round(outcome.seconds, 1),
        "error": str(outcome.error) if outcome.error else None,
    }
