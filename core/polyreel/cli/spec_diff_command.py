"""``polyreel spec diff``: what changed between two specs, and whom it breaks."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyreel.errors import SpecError

if TYPE_CHECKING:
    from polyreel.openapi.documents import Document


_NOTES_SHOWN = 5


class Form(StrEnum):
    """How the changes are written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class Worst(StrEnum):
    """The levels, as the command line takes them."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFO = "info"


def diff_command(
    old: Annotated[
        Path, typer.Argument(exists=True, help="The spec that callers know, YAML or JSON.")
    ],
    new: Annotated[Path, typer.Argument(exists=True, help="The spec that takes its place.")],
    form: Annotated[
        Form, typer.Option("--format", help="A table, JSON, or Markdown for a review.")
    ] = Form.TABLE,
    overlay: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            help="What people add to the spec, by which the plugin's uses are known.",
            show_default="overlay.yaml beside NEW, else beside OLD",
        ),
    ] = None,
    fail_on: Annotated[
        Worst | None,
        typer.Option(help="Exit with 1 when there is a change of this level or a worse one."),
    ] = None,
) -> None:
    """Say what changed between two specs, and whom it breaks.

    What a request sends may only widen, and what a response returns may only narrow. What the plugin
    uses, by the annotations of an overlay and by what it reads itself, must stay. What can't be read is
    named, and the rest is compared.
    """
    from polyreel.codegen.diff import Level, diff, report_forms
    from polyreel.codegen.diff.plugin_reads import reads
    from polyreel.codegen.diff.plugin_statuses import statuses
    from polyreel.codegen.generating.overlay import load_overlay

    beside = (spec.with_name("overlay.yaml") for spec in (new, old))
    file = overlay or next((path for path in beside if path.exists()), None)
    report = diff(
        _read(old),
        _read(new),
        overlay=load_overlay(file) if file else None,
        reads=reads(file.absolute().parent.name) if file else None,
        statuses=statuses(file.absolute().parent.name) if file else None,
    )
    if form is Form.JSON:
        typer.echo(report_forms.as_json(report), nl=False)
    elif form is Form.MARKDOWN:
        typer.echo(report_forms.as_markdown(report), nl=False)
    elif report:
        from rich.console import Console

        report_forms.print_table(report, Console(highlight=False, markup=False, emoji=False))
    typer.echo(report_forms.in_words(report) if report else "no changes", err=True)
    if fail_on is not None and report.reaches(Level(fail_on)):
        raise typer.Exit(1)


def _read(path: Path) -> Document:
    from polyreel.codegen.refreshing.whole_pages import file_text_whole
    from polyreel.openapi.documents import load_document

    try:
        text = file_text_whole(path)
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: can't be read: {error}") from error
    notes: list[str] = []
    document = load_document(text, where=str(path), notes=notes)
    for note in notes[:_NOTES_SHOWN]:
        typer.echo(note, err=True)
    if len(notes) > _NOTES_SHOWN:
        typer.echo(f"{path}: {len(notes) - _NOTES_SHOWN} more of this kind", err=True)
    return document
