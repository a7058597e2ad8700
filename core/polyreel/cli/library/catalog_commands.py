"""``polyreel catalog``: look after the library's file."""

from __future__ import annotations

from typing import Annotated

import typer

from polyreel.cli.library.options import LibraryFile
from polyreel.cli.library.sync_command import sync_command

catalog_app = typer.Typer(no_args_is_help=True, help="Look after the library's file.")


@catalog_app.command("rename")
def rename_command(
    *,
    old: Annotated[str, typer.Argument(help="The account's name in the library.")],
    new: Annotated[str, typer.Argument(help="Its name from now on.")],
    library: LibraryFile = None,
) -> None:
    """Let an account's items follow it when it was renamed in polyreel.toml."""
    from polyreel.cli import reporting
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.renaming import rename_account

    count = rename_account(library_path(library), old, new)
    reporting.note(f"{count:,} items of {old} are items of {new} now")


@catalog_app.command("rebuild")
def rebuild_command(*, library: LibraryFile = None) -> None:
    """Put a damaged library aside, and fill a new one from the accounts.

    What only the old file knew is lost: when items were first seen, what they were before, and what their
    providers have deleted.
    """
    from polyreel.cli import reporting
    from polyreel.library.catalog.database import library_path, put_aside

    path = library_path(library)
    if aside := put_aside(path):
        reporting.note(f"the old file is {aside} now")
    sync_command(full=True, library=path)
