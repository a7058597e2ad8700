"""``polyreel load``: bring a warehouse up to date with the library."""

from __future__ import annotations

from typing import Annotated

import typer

from polyreel.cli.library.shared_options import LibraryFile


def load_command(
    *,
    destination: Annotated[
        str,
        typer.Argument(
            help="duckdb:///FILE, postgresql://USER@HOST/DATABASE, or the name of a dlt destination.",
            metavar="[DESTINATION]",
        ),
    ] = "duckdb:///polyreel.duckdb",
    dataset: Annotated[
        str, typer.Option(help="The schema that holds the tables.", metavar="NAME")
    ] = "ai_videos",
    hard_delete: Annotated[
        bool,
        typer.Option("--hard-delete", help="Remove deleted rows; else deleted_at says when."),
    ] = False,
    library: LibraryFile = None,
) -> None:
    """Load what is new in the library into a warehouse: tables videos, replicas and files.

    Rows are merged by their uid; a second load of nothing new sends nothing. A password is best left to
    the driver's or dlt's own variables, such as DESTINATION__POSTGRES__CREDENTIALS.
    """
    from polyreel.cli import reporting
    from polyreel.integrations.warehouse import load
    from polyreel.library import Library

    with (
        Library.open(library) as opened,
        reporting.progress("loading", table=True),
    ):
        counts = load(opened, destination, dataset=dataset, hard_delete=hard_delete)
    told = ", ".join(f"{count:,} {table}" for table, count in counts.items())
    reporting.note(f"{told} sent" if told else "nothing new to send")
