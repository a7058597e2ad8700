"""``polyreel doctor``: what is installed and configured, and whether it can be used."""

from __future__ import annotations

from typing import Annotated

import typer


def doctor_command(
    *,
    online: Annotated[
        bool,
        typer.Option(
            "--online", help="Also ask each account for one item, and say what came back."
        ),
    ] = False,
) -> None:
    """Check plugins, configuration and accounts; exit 1 when something is broken.

    Shows where each key comes from, never the key.
    """
    from polyreel.cli import checkup, exits

    if not checkup.show(checkup.everything(online=online)):
        raise typer.Exit(exits.FAILED)
