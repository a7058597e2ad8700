"""Where refresh takes doc pages from: the web, a folder of copies, or a copy of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from attrs import frozen

from polyreel.codegen.refreshing.fetch import Copy, DocFetcher, from_file
from polyreel.codegen.refreshing.page_sources import PageSource, PageSources, SiteIndex
from polyreel.codegen.refreshing.sources_lock import LockedPage
from polyreel.codegen.refreshing.whole_pages import fetch_whole, file_whole
from polyreel.errors import ConfigurationError


class Origin(Protocol):
    """The interface of an origin of doc pages; used from several threads."""

    def place(self, source: PageSource) -> str:
        """Say where a doc page is taken from, for messages."""

    def take(self, source: PageSource, known: LockedPage | None) -> Copy | None:
        """Return a doc page; None where it is as it was when it became known.

        Raises:
            SpecError: It can't be had.
        """

    def index(self, index: SiteIndex) -> str | None:
        """Return the site's index; None if there is none here.

        Raises:
            SpecError: It can't be had.
        """


@frozen
class Web:
    """The addresses that the sources name."""

    fetcher: DocFetcher

    def place(self, source: PageSource) -> str:
        """Return the address."""
        return source.url

    def take(self, source: PageSource, known: LockedPage | None) -> Copy | None:
        """Fetch a page, unless it is still the one that is known, or read by hand alone."""
        if source.by_hand:
            return None
        if known is None:
            return fetch_whole(self.fetcher, source.url)
        return fetch_whole(
            self.fetcher, source.url, etag=known.etag, last_modified=known.last_modified
        )

    def index(self, index: SiteIndex) -> str | None:
        """Fetch the site's index."""
        return self.fetcher.fetch(index.url).text  # type: ignore[union-attr]  # asked without conditions


@frozen
class DocFolder:
    """A folder with a copy of every page, by file name."""

    path: Path

    def place(self, source: PageSource) -> str:
        """Return the file's path."""
        return str(self.path / source.file)

    def take(self, source: PageSource, known: LockedPage | None) -> Copy | None:  # noqa: ARG002
        """Read the page's file."""
        return file_whole(self.path / source.file)

    def index(self, index: SiteIndex) -> str | None:
        """Read the site's index, if a copy of it lies there too."""
        path = self.path / index.url.rpartition("/")[2]
        return from_file(path).text if path.is_file() else None


@frozen
class OneFile:
    """A copy of one page; the others are as they were last read."""

    path: Path

    def place(self, source: PageSource) -> str:
        """Return the file's path."""
        return str(self.path) if source.file == self.path.name else source.file

    def take(self, source: PageSource, known: LockedPage | None) -> Copy | None:  # noqa: ARG002
        """Read the file, if it is this page's."""
        return file_whole(self.path) if source.file == self.path.name else None

    def index(self, index: SiteIndex) -> str | None:  # noqa: ARG002
        """Return nothing: one page says nothing of others."""
        return None


def local(
    start: Path, known: Sequence[PageSources], *, named: bool
) -> list[tuple[PageSources, Origin]]:
    """Find out whose pages lie in a folder, or in a file.

    Args:
        start: A folder with pages, or with one such folder per provider; or a single page.
        known: The providers that come into question.
        named: Whether all of them were asked for by name.

    Raises:
        ConfigurationError: There is no such path, or it has no page of theirs, or nobody can tell
            whose page it has.
    """
    if not start.exists():
        raise ConfigurationError(f"there is no {start} to read pages from")
    if start.is_file():
        fitting = [each for each in known if start.name in _files(each)]
        found: list[tuple[PageSources, Origin]] = [(each, OneFile(start)) for each in fitting]
        ambiguous = len(found) > 1
    else:
        own = [(each, start / each.provider) for each in known]
        here = [each for each in known if _lie_in(each, start)]
        found = [(each, DocFolder(folder)) for each, folder in own if _lie_in(each, folder)]
        beside = {each.provider for each, _ in found}
        flat = [(each, DocFolder(start)) for each in here if each.provider not in beside]
        ambiguous = len(flat) > 1
        found += flat
    missing = {each.provider for each in known} - {each.provider for each, _ in found}
    if missing if named else not found:
        files = ", ".join(file for each in known for file in _files(each))
        raise ConfigurationError(f"{start} is no page, and holds none, of those wanted: {files}")
    if ambiguous and not named:
        names = ", ".join(each.provider for each, _ in found)
        raise ConfigurationError(
            f"{start} fits several providers: {names}; name the one that is meant"
        )
    return found


def _files(sources: PageSources) -> list[str]:
    return [source.file for source in sources.sources]


def _lie_in(sources: PageSources, folder: Path) -> bool:
    return any((folder / file).is_file() for file in _files(sources))
