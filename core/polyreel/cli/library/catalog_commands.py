"""``polyreel catalog``: look after the library's file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from polyreel.cli.item_options import Sandbox
from polyreel.cli.library.shared_options import LibraryFile
from polyreel.cli.library.sync_command import sync_command

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from polyreel.library.archive import Archive

ArchiveOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--archive",
        help="Fill it from this archive's sidecars, a folder or a bucket. May be given several times.",
        metavar="DEST",
        show_default=False,
    ),
]
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
def rebuild_command(
    *, archive: ArchiveOption = None, library: LibraryFile = None, sandbox: Sandbox = False
) -> None:
    """Put a damaged library aside, and fill a new one from an archive, or else from the accounts.

    From an archive no account is asked; the next sync adds what it doesn't hold. What only the old file
    knew is lost: when items were first seen, what they were before, and what their providers have deleted.
    """
    from polyreel.cli import reporting
    from polyreel.library.catalog.database import library_path, put_aside

    path = library_path(library)
    archives = [_archive(each) for each in archive or ()]
    if aside := put_aside(path):
        reporting.note(f"the old file is {aside} now")
    if not archives:
        sync_command(full=True, library=path, sandbox=sandbox)
        return
    fill(path, archives)


@catalog_app.command("files")
def files_command(
    *,
    archive: Annotated[
        str, typer.Argument(help="The archive: a folder or a bucket.", metavar="DEST")
    ],
    library: LibraryFile = None,
) -> None:
    """Note in the library which files an archive holds, for polyreel sql, load and the gallery.

    polyreel archive does so by itself, for a library that is there.
    """
    from polyreel.cli import reporting
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.stored_files import FileTable
    from polyreel.library.from_archive import take_files

    found = _archive(archive)
    count = take_files(FileTable(library_path(library)), found)
    reporting.note(f"{count:,} files of {found.where}")


def fill(path: Path, archives: Sequence[Archive]) -> None:
    """Put into a library what archives hold: their files, and the items that it doesn't know."""
    from polyreel.cli import reporting
    from polyreel.library.catalog.stored_files import FileTable
    from polyreel.library.catalog.writing import LibraryWriter
    from polyreel.library.from_archive import take_files, take_items
    from polyreel.library.sync.run import utc_now

    with closing(LibraryWriter(path, utc_now)) as writer:
        for each in archives:
            count = take_items(writer, each)
            files = take_files(FileTable(path), each)
            reporting.note(f"{count:,} new items and {files:,} files of {each.where}")
    reporting.note(f"the library is {path}")


def note_files(archive: Archive, library: Path | None) -> None:
    """Note in a library which files an archive holds: in a named one, or the usual one if it is there.

    A library that can't be written costs a warning; the archive is what it is.
    """
    from polyreel.cli import reporting
    from polyreel.errors import PolyreelError
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.stored_files import FileTable
    from polyreel.library.from_archive import take_files

    path = library_path(library)
    if library is None and not path.exists():
        return
    try:
        take_files(FileTable(path), archive)
    except PolyreelError as error:
        reporting.note(f"the library doesn't know of these files: {error}")


def _archive(destination: str) -> Archive:
    """Open an archive that there is.

    Raises:
        ConfigurationError: There is none.
    """
    from polyreel.library.archive import Archive

    archive = Archive(destination)
    next(archive.items(), None)
    return archive
