"""``polyreel spec``: read doc pages, and see what reading them left open."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyreel.cli import complete, reporting
from polyreel.cli.spec_diff_command import diff_command
from polyreel.cli.spec_refresh_command import refresh_command
from polyreel.errors import ConfigurationError, SpecError

if TYPE_CHECKING:
    from polyreel.codegen.reading.read import Reading

spec_app = typer.Typer(no_args_is_help=True, help="Read, compare and refresh the providers' specs.")
spec_app.command("diff")(diff_command)
spec_app.command("refresh")(refresh_command)


class DocumentFormat(StrEnum):
    """How a document is written."""

    YAML = "yaml"
    JSON = "json"


_Files = Annotated[
    list[Path], typer.Argument(help="Pages of one provider, in any formats.", show_default=False)
]
_Root = Annotated[Path, typer.Option(help="Polyreel's source tree, with specs/.")]


@spec_app.command("read")
def read_command(
    files: _Files,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to a file instead of stdout.")
    ] = None,
    format: Annotated[  # noqa: A002
        DocumentFormat, typer.Option(help="How the spec is written.")
    ] = DocumentFormat.YAML,
    root: _Root = Path(),
) -> None:
    """Read documentation pages into one OpenAPI document, facts only.

    Pages that a provider's sources.toml names by these file names are read as it says, whatever the
    order of the arguments. Contradictions between pages and notes go to stderr.
    """
    from polyreel.openapi.documents import dump_json, dump_yaml

    reading = _read(files, root)
    dump = dump_json if format is DocumentFormat.JSON else dump_yaml
    text = dump(reading.document)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
    for line in (*reading.conflicts, *reading.notes):
        reporting.note(str(line))


@spec_app.command("lint")
def lint_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Providers, or pages of one provider.",
            show_default="all providers",
            autocompletion=complete.specs,
        ),
    ] = None,
    root: _Root = Path(),
) -> None:
    """Show what needs review: unread sentences, contradictions, and the overlay's reasons.

    For pages: sentences that look like facts and were not understood, and contradictions. For
    providers: every action of the overlay with its reason.
    """
    from polyreel.codegen.generating.overlay import actions_of
    from polyreel.codegen.refreshing.lint import lint_overlay, lint_reading

    folders = {path.parent.name: path.parent for path in sorted(root.glob("specs/*/sources.toml"))}
    wanted = names or list(folders)
    if not wanted:
        raise ConfigurationError(
            f"there are no specs in {root / 'specs'}; name pages, or use --root"
        )
    files = [Path(name) for name in wanted if name not in folders]
    if files:
        for line in lint_reading(_read(files, root)):
            typer.echo(line)
    for name in wanted:
        if name in folders:
            for line in lint_overlay(name, actions_of(folders[name] / "overlay.yaml")):
                typer.echo(line)


def _read(files: Sequence[Path], root: Path) -> Reading:
    """Read files as the sources that they are, or as pages of a provider that nobody has named."""
    from polyreel.codegen.reading.read import DocPage, read_pages
    from polyreel.codegen.refreshing.page_sources import find_sources

    texts = {file: _text(file) for file in files}
    by_name = {file.name: text for file, text in texts.items()}
    sources = find_sources(root / "specs", by_name) if len(by_name) == len(texts) else None
    if sources is None:
        return read_pages([DocPage(file.name, text) for file, text in texts.items()])
    return read_pages(
        sources.pages(by_name),
        title=sources.title,
        server=sources.server,
        in_order=True,
        complete=False,
    )


def _text(file: Path) -> str:
    from polyreel.codegen.refreshing.whole_pages import file_text_whole

    try:
        return file_text_whole(file)
    except FileNotFoundError as error:
        raise ConfigurationError(f"there is no file {file}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{file}: not UTF-8 text, so no documentation page") from error
    except OSError as error:
        raise SpecError(f"{file}: {error.strerror or error}") from error
