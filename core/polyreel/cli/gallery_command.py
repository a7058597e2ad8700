"""``polyreel gallery``: look at videos in the browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyreel.cli.item_options import Sandbox
from polyreel.cli.library.shared_options import LibraryFile

if TYPE_CHECKING:
    from polyreel.hub import Hub


def gallery_command(
    *,
    archive: Annotated[
        Path | None,
        typer.Argument(
            help="A folder that polyreel archive filled; its files are played from there.",
            show_default=False,
            exists=True,
            file_okay=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Where to listen; 0 for any free port.",
            show_default="8760, or any if that is taken",
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Don't open the browser; only print the address.")
    ] = False,
    library: LibraryFile = None,
    sandbox: Sandbox = False,
) -> None:
    """Look at all videos and replicas in the browser: a page that this machine serves to itself alone.

    It shows the library that polyreel sync fills, the ARCHIVE that is named, or both, until Ctrl-C.
    """
    from polyreel.cli import reporting

    with _sandboxed(archive, port) if sandbox else _own(library, archive, port) as address:
        print(address, flush=True)
        reporting.note("the gallery is open until Ctrl-C")
        if not no_open:
            _open(address)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            reporting.note("closed")


@contextmanager
def _own(library: Path | None, archive: Path | None, port: int | None) -> Iterator[str]:
    from contextlib import ExitStack

    from polyreel.errors import PolyreelError
    from polyreel.gallery.serving import serve
    from polyreel.hub import Hub
    from polyreel.library.archive import Archive
    from polyreel.library.catalog.database import library_path

    with ExitStack() as stack:
        try:
            hub = stack.enter_context(Hub())
        except PolyreelError:
            hub = None  # looking needs no account
        kept = Archive(archive) if archive else None
        yield stack.enter_context(serve(library_path(library), kept, port=port, hub=hub))


@contextmanager
def _sandboxed(archive: Path | None, port: int | None) -> Iterator[str]:
    from polyreel import sandbox
    from polyreel.hub import Hub

    with (
        sandbox.serve(clock=sandbox.Clock(running=True)) as box,
        Hub(box.accounts()) as hub,
        gallery_of(hub, archive, port) as address,
    ):
        yield address


@contextmanager
def gallery_of(hub: Hub, archive: Path | None = None, port: int | None = None) -> Iterator[str]:
    """Serve a gallery of what a hub's accounts hold, over a library that is made for it alone.

    Args:
        hub: The accounts.
        archive: A folder with files, or None.
        port: Where; see :func:`polyreel.gallery.serving.serve`.

    Raises:
        PolyreelError: See :func:`polyreel.gallery.serving.serve`.
    """
    import tempfile

    from polyreel.gallery.serving import serve
    from polyreel.library import Library
    from polyreel.library.archive import Archive

    with tempfile.TemporaryDirectory(prefix="polyreel-gallery-") as folder:
        library = Library.open(Path(folder) / "library.db")
        library.sync(hub)
        kept = Archive(archive) if archive else None
        with serve(library.path, kept, port=port, hub=hub) as address:
            yield address


def _open(address: str) -> None:
    import webbrowser

    from polyreel.cli import reporting

    if not webbrowser.open(address):
        reporting.note("no browser could be opened: open the address in one")
