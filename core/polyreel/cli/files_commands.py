"""``polyreel videos download`` and ``open``: the files of single items."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from polyreel.models import Kind

_STDOUT = "-"


def download(
    kind: Kind, uids: list[str], output: str | None, role: str | None, *, sandbox: bool
) -> None:
    """Save files, or write one to stdout.

    Args:
        kind: ``videos`` or ``replicas``.
        uids: Whose.
        output: A file, a folder, ``-`` for stdout, or None for the current folder.
        role: Which file; None for the most important one.
        sandbox: Ask a sandbox instead of the configured accounts.

    Raises:
        typer.Exit: Something failed; it has been said.
    """
    from polyreel.cli import exits, reporting
    from polyreel.cli.list_and_get import open_hub
    from polyreel.errors import PolyreelError

    if len(uids) > 1 and output is not None and not Path(output).is_dir():
        raise typer.BadParameter("several files need a folder", param_hint="--output")
    errors: list[PolyreelError] = []
    with open_hub(sandbox=sandbox) as hub:
        collection = hub.videos if kind == "videos" else hub.replicas
        for uid in uids:
            try:
                if output == _STDOUT:
                    with collection.open(uid, role=role) as stream:
                        for piece in stream:
                            sys.stdout.buffer.write(piece)
                        sys.stdout.buffer.flush()
                else:
                    print(collection.download(uid, output, role=role), flush=True)
            except PolyreelError as error:
                errors.append(error)
                reporting.failed(error, about=uid if len(uids) > 1 else None)
    if errors:
        raise typer.Exit(exits.code(errors, delivered=len(errors) < len(uids)))


def show(kind: Kind, uid: str, *, sandbox: bool) -> None:
    """Open an item's page, or else its file, in the web browser; only what http or https gives.

    Raises:
        NotFound: It has neither.
        ConfigurationError: No browser can be opened here.
    """
    import webbrowser

    from polyreel.cli.list_and_get import open_hub
    from polyreel.errors import ConfigurationError, NotFound
    from polyreel.http.urls import origin

    with open_hub(sandbox=sandbox) as hub:
        collection = hub.videos if kind == "videos" else hub.replicas
        item = collection.get(uid)
        own = origin(hub.accounts[item.account].base_url or hub.provider(item.account).base_url)
        # A link to the provider's API would need the key, which no browser gets.
        links = [getattr(item, "page_url", None), *(file.url for file in collection.files(item))]
        places = [(link, origin(link)) for link in links if link]
        found = next(
            (link for link, at in places if at[0] in {"http", "https"} and at != own), None
        )
        if found is None:
            raise NotFound(
                f"{uid} is {item.status} and has nothing that a browser can open; "
                f"get its file with: polyreel {kind} download {uid}"
            )
        if not webbrowser.open(found):
            raise ConfigurationError(
                f"no browser can be opened here; polyreel {kind} get {uid} shows the links"
            )
