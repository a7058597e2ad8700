"""Options that the library's commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from polyreel.cli import complete
from polyreel.cli.output import RowFormat

LibraryFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library",
        help="The library's file; else the one in your data folder.",
        envvar="POLYREEL_LIBRARY",
        metavar="FILE",
        dir_okay=False,
        show_default=False,
    ),
]
FormatOption: TypeAlias = Annotated[
    RowFormat, typer.Option("--format", help="How rows are written.", case_sensitive=False)
]
AccountsOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        help="Only this account. May be given several times, or with commas.",
        metavar="NAME",
        show_default=False,
        autocompletion=complete.several(complete.accounts),
    ),
]
