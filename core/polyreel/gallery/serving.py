"""The gallery on a port of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from socket import socket

from polyreel.accounts import Account
from polyreel.errors import ConfigurationError, PolyreelError
from polyreel.gallery.item_files import Media
from polyreel.gallery.shelf import ArchiveShelf
from polyreel.gallery.sources import GallerySources
from polyreel.http import loopback
from polyreel.hub import Hub
from polyreel.library.archive import Archive
from polyreel.library.archive.layout import MARKER
from polyreel.library.catalog.browsing import Browser
from polyreel.models import Item
from polyreel.registry import Registry

PORT = 8760
"""Where the gallery is unless another port is named, so that its links can be kept."""


@contextmanager
def serve(
    library: Path,
    archive: Archive | None = None,
    *,
    port: int | None = None,
    hub: Hub | None = None,
) -> Iterator[str]:
    """Serve the gallery as long as the context lasts; yield its address.

    Args:
        library: The library's file; if it isn't there, the page says how to fill one.
        archive: An archive in a folder, or None.
        port: Where; 0 for any free port, None for `PORT` or, where that is taken, any.
        hub: The accounts, for files that only their keys open; None for none.

    Raises:
        ConfigurationError: The extra isn't installed, the port is taken, or the folder is no archive.
        LibraryError: The library can't be read.
    """
    try:
        import uvicorn  # noqa: F401 - both or none: they come with one extra

        from polyreel.gallery.application import application
    except ImportError as error:
        raise ConfigurationError(
            f"the gallery needs more ({error}): pip install 'polyreel[gallery]'"
        ) from error
    if archive is not None and archive.path(MARKER) is None:
        raise ConfigurationError(
            "that folder is no archive of polyreel's: polyreel archive fills one"
        )
    known: frozenset[str] = frozenset()
    if library.is_file():
        browser = Browser(library)
        try:
            known = frozenset(browser.uids()) if archive else known
        finally:
            browser.close()
    with ExitStack() as stack:
        listener = stack.enter_context(_listener(port))
        shelf = None
        if archive is not None:
            shelf = ArchiveShelf(archive)
            stack.callback(shelf.close)
            shelf.read(known)
        media = Media(GallerySources(library, shelf), hub, _api(hub.accounts if hub else {}))
        stack.enter_context(loopback.running(application(media), [listener]))
        yield f"{loopback.origin(listener)}/"


def _listener(port: int | None) -> socket:
    if port is not None:
        return loopback.listener(port)
    try:
        return loopback.listener(PORT)
    except ConfigurationError:
        return loopback.listener(0)


def _api(accounts: Mapping[str, Account]) -> Callable[[Item], frozenset[str]]:
    """Return what says which base URLs need the key of an item's account."""
    registry = Registry()

    @cache
    def documented(provider: str) -> str | None:
        try:
            return registry.provider(provider).base_url
        except PolyreelError:
            return None  # not installed any more

    def bases(item: Item) -> frozenset[str]:
        account = accounts.get(item.account)
        urls = (account.base_url if account else None, documented(item.provider))
        return frozenset(url for url in urls if url)

    return bases
