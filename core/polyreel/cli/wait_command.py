"""``polyreel wait``: until each video is finished, one line for each change."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from polyreel.cli import complete
from polyreel.cli.item_options import Sandbox
from polyreel.cli.name_lists import several

if TYPE_CHECKING:
    from polyreel.errors import PolyreelError
    from polyreel.hub.collection import Collection
    from polyreel.listing.waiting import WaitProgress


class Lines(StrEnum):
    """How changes are written."""

    TEXT = "text"
    JSONL = "jsonl"


LinesOption: TypeAlias = Annotated[
    Lines, typer.Option("--format", help="How changes are written.", case_sensitive=False)
]


def wait_command(
    *,
    uids: Annotated[
        list[str],
        typer.Argument(
            help="ACCOUNT:ID of each video, as a listing shows it.",
            metavar="UID...",
            show_default=False,
        ),
    ],
    until: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            help="Wait for this status; one that was passed counts. May be given several times, or with "
            "commas. Else for ready.",
            metavar="WORD",
            show_default=False,
            autocompletion=complete.several(complete.statuses),
        ),
    ] = None,
    timeout: Annotated[
        str, typer.Option(help="The longest to wait: 20m, 2h; 0m looks once.", metavar="SPAN")
    ] = "20m",
    download: Annotated[
        Path | None,
        typer.Option(
            "--download",
            help="Save the file of each video that becomes ready in this folder.",
            metavar="DIR",
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    form: LinesOption = Lines.TEXT,
    sandbox: Sandbox = False,
) -> None:
    """Wait until videos are ready; one that failed or was deleted is waited for no longer.

    Exit codes: 0 all reached what was waited for; 1 some failed, were deleted or can't be had, or a file
    can't be saved; 4 the time is over.
    """
    from polyreel.cli import exits, reporting
    from polyreel.cli.list_and_get import open_hub
    from polyreel.errors import WaitTimeout
    from polyreel.listing.time_bounds import age

    seconds = age("--timeout", timeout).total_seconds()
    words = [word.lower() for word in several("--for", until) or ()] or None
    reached: dict[str, bool] = {}
    errors: list[PolyreelError] = []
    last: dict[str, str] = {}
    with open_hub(sandbox=sandbox) as hub:
        waiting = hub.videos.wait(*uids, until=words, timeout=seconds)
        try:
            for progress in waiting:
                _write(progress, form)
                if progress.item is not None:
                    last[progress.uid] = progress.item.status
                if progress.done:
                    reached[progress.uid] = progress.reached
                    errors += [] if progress.error is None else [progress.error]
                if download is not None and _has_file(progress):
                    reached[progress.uid] &= _save(hub.videos, progress, download)
        except WaitTimeout as error:
            reporting.failed(error)
            raise typer.Exit(exits.TIME_OVER) from None
        except KeyboardInterrupt:
            known = ", ".join(f"{uid} {last.get(uid, 'not seen')}" for uid in uids)
            reporting.note(f"polyreel: interrupted; last seen: {known}")
            raise typer.Exit(exits.INTERRUPTED) from None
    if not all(reached.values()):
        none = len(errors) == len(reached)  # wrong names alone are wrong usage, as elsewhere
        raise typer.Exit(exits.code(errors) if none else exits.FAILED)


def _has_file(progress: WaitProgress[Any]) -> bool:
    return progress.done and progress.item is not None and progress.item.status == "ready"


def _save(videos: Collection[Any], progress: WaitProgress[Any], folder: Path) -> bool:
    """Save a video's file and say where it is; an error is said, and keeps nobody back."""
    from polyreel.cli import reporting
    from polyreel.errors import NotFound, PolyreelError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            saved = videos.download(progress.item, folder)
        except NotFound:  # some lists don't hold the links that a get has
            saved = videos.download(progress.uid, folder)
        reporting.note(f"saved {saved}")
    except (PolyreelError, OSError) as error:
        reporting.failed(error, about=progress.uid)
        return False
    return True


def _write(progress: WaitProgress[Any], form: Lines) -> None:
    """Write what was learnt: an item on stdout, an error that ends the wait for it on stderr as well."""
    from polyreel.cli import reporting, rows

    item, error = progress.item, progress.error
    if form is Lines.JSONL:
        row: dict[str, Any] = {"uid": progress.uid} if item is None else rows.row(item, raw=False)
        told = {**row, "before": progress.before, "done": progress.done}
        typer.echo(
            json.dumps(told | {"error_message": str(error) if error else None}, ensure_ascii=True)
        )
    elif item is not None:
        share = f" {item.progress:.0f}%" if item.progress is not None and not progress.done else ""
        before = f"{progress.before} → " if progress.before else ""
        why = f": {item.error}" if item.error and progress.done else ""
        typer.echo(
            f"{reporting.one_line(progress.uid)}  {before}{item.status}{share}{reporting.one_line(why)}"
        )
    if error is not None:
        reporting.failed(error, about=progress.uid)
