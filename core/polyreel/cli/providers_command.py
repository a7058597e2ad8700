"""``polyreel providers``: what is installed, what it can do, and whether there is an account for it."""

from __future__ import annotations

from typing import Annotated

import typer

from polyreel.cli import complete
from polyreel.cli.output import RowFormat


def providers_command(
    *,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Show only these, with everything that is known of each.",
            metavar="[NAME...]",
            autocompletion=complete.providers,
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        RowFormat, typer.Option("--format", help="How they are written.", case_sensitive=False)
    ] = RowFormat.TABLE,
) -> None:
    """Show the installed providers: what they can do, their accounts, where each service stands."""
    from polyreel.cli import inventory
    from polyreel.cli.output import writing

    rows = inventory.rows(names or [])
    columns = None if names else inventory.COLUMNS
    with writing(form, keys=inventory.KEYS, columns=columns) as out:
        out.write(rows)
