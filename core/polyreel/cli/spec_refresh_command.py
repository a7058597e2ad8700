"""``polyreel spec refresh``: read the providers' pages again, and say what they changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli import complete, reporting
from polyreel.cli.spec_diff_command import Form
from polyreel.errors import SpecError

if TYPE_CHECKING:
    from polyreel.codegen.refreshing.refresh import SpecOutcome


def refresh_command(
    providers: Annotated[
        list[str] | None,
        typer.Argument(
            help="Only these providers.", show_default="all", autocompletion=complete.specs
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Read copies of the pages instead of the web: a folder with all of them, by the file names "
            "in sources.toml, or a single one, and the others are taken as they were last read.",
        ),
    ] = None,
    copied: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day on which the copies were made.",
            show_default="today",
        ),
    ] = None,
    record: Annotated[
        bool,
        typer.Option("--record", help="Record the day of the check also where nothing changed."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when there is a change.")
    ] = False,
    accept_removal: Annotated[
        bool,
        typer.Option("--accept-removal", help="Accept that an operation is gone from the pages."),
    ] = False,
    form: Annotated[
        Form, typer.Option("--format", help="A table, JSON, or Markdown for a review.")
    ] = Form.TABLE,
    root: Annotated[Path, typer.Option(help="Polyreel's source tree, with specs/.")] = Path(),
) -> None:
    """Read the providers' documentation again, and say what it changes.

    Writes openapi.yaml and sources.lock where the pages say something else than they did, and nothing
    where they don't. Whatever goes wrong with a provider, its files stay as they were.
    """
    from polyreel.codegen.refreshing.refresh import refresh
    from polyreel.http.redaction import printable

    turn, seen = threading.Lock(), 0
    with reporting.progress("reading pages", table=True) as show:

        def progress(what: str) -> None:
            nonlocal seen
            with turn:  # several pages are had at once
                seen += 1
                show(f"{seen} pages had, at last {what}")

        outcomes = refresh(
            providers or None,
            specs=root / "specs",
            start=start,
            record=record,
            copied=copied.date() if copied else None,
            check=check,
            accept_removal=accept_removal,
            progress=progress,
        )
    for outcome in outcomes:
        unread = [f"a page that you don't read: {url}" for url in outcome.unread]
        for note in (*outcome.notes, *unread):
            reporting.note(f"{outcome.provider}: {printable(note, 2000)}")
    if form is Form.JSON:
        typer.echo(_as_json(outcomes), nl=False)
    elif form is Form.MARKDOWN:
        typer.echo(_as_markdown(outcomes), nl=False)
    else:
        _print(outcomes, check=check)
    _raise_for(outcomes, check=check)


def _print(outcomes: Sequence[SpecOutcome], *, check: bool) -> None:
    from rich.console import Console

    for outcome in outcomes:
        if sentence := _sentence(outcome, check=check):
            typer.echo(f"{outcome.provider}: {sentence}")
        if outcome.report:
            from polyreel.codegen.diff import report_forms

            report_forms.print_table(
                outcome.report, Console(highlight=False, markup=False, emoji=False)
            )


def _sentence(outcome: SpecOutcome, *, check: bool) -> str:
    if outcome.state == "failed":
        return ""
    if outcome.state == "unchanged":
        return "no change"
    done = "" if check else "; written"
    if outcome.state == "new":
        return f"read for the first time{done}"
    if outcome.report:
        from polyreel.codegen.diff import report_forms

        return f"{report_forms.in_words(outcome.report)}{done}"
    return f"nothing that a caller could notice, but what is stored differs{done}"


def _as_json(outcomes: Sequence[SpecOutcome]) -> str:
    import json

    from polyreel.codegen.diff import Level, report_forms

    changes: list[dict[str, Any]] = []
    summary = {level.value: 0 for level in Level}
    for outcome in outcomes:
        if outcome.report is not None:
            report = json.loads(report_forms.as_json(outcome.report))
            changes += ({"provider": outcome.provider} | each for each in report["changes"])
            summary = {level: count + report["summary"][level] for level, count in summary.items()}
    providers = {
        outcome.provider: {
            "state": outcome.state,
            "notes": list(outcome.notes),
            "unread": list(outcome.unread),
            "error": str(outcome.error) if outcome.error else None,
        }
        for outcome in outcomes
    }
    told = {"changes": changes, "summary": summary, "providers": providers}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _as_markdown(outcomes: Sequence[SpecOutcome]) -> str:
    """Return a section for each provider of which there is something to say."""
    from polyreel.codegen.diff import report_forms

    parts = []
    for outcome in outcomes:
        part = []
        if outcome.error:
            part.append(f"Not refreshed:\n\n{_code(str(outcome.error))}\n")
        elif outcome.state == "new":
            part.append("Read for the first time.\n")
        if outcome.report is not None:
            part.append(report_forms.as_markdown(outcome.report))
        elif outcome.state == "changed":
            part.append("Nothing that a caller could notice.\n")
        if outcome.notes:
            part.append(f"Notes:\n\n{_code(chr(10).join(outcome.notes))}\n")
        if outcome.unread:
            part.append(f"Pages that nobody reads:\n\n{_code(chr(10).join(outcome.unread))}\n")
        if part:
            parts.append(f"## {outcome.provider}\n\n" + "\n".join(part))
    return "\n".join(parts) or "No changes.\n"


def _code(text: str) -> str:
    """Indent what pages may have a say in, so that nothing in it acts."""
    from polyreel.http.redaction import printable

    return "\n".join(f"    {printable(line, 2000)}" for line in text.splitlines())


def _raise_for(outcomes: Sequence[SpecOutcome], *, check: bool) -> None:
    """Raise what went wrong, all of it, once everything else is done."""
    failed = [str(outcome.error) for outcome in outcomes if outcome.error is not None]
    differing = [each.provider for each in outcomes if each.state in ("changed", "new")]
    if check and differing:
        names = ", ".join(differing)
        failed.append(f"the pages have changed: {names}; run 'polyreel spec refresh'")
    if failed:
        raise SpecError("\n".join(failed))
