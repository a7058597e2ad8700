"""``specs/<provider>/sources.toml``: which pages a provider's spec is read from, and in which order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from polyreel.codegen.reading.readers.doc_page import DocPage
from polyreel.errors import SpecError
from polyreel.openapi.methods import METHODS

FILE_NAME = "sources.toml"


@frozen
class PageSource:
    """One page.

    Attributes:
        url: Where it is published.
        file: The file name by which it is taken from a folder instead.
        operations: What is wanted of it, such as ``("GET /v2/videos",)``; empty for all that it has.
        by_hand: No address gives its text; a person saves what a browser shows, and names the file.
    """

    url: str
    file: str
    operations: tuple[str, ...]
    by_hand: bool = False

    def page(self, text: str) -> DocPage:
        """Make the page of a text that was fetched or read for this source."""
        return DocPage(self.file, text, source=self.url, operations=self.operations)


@frozen
class SiteIndex:
    """An index of a documentation site's pages, such as an ``llms.txt``.

    Attributes:
        url: Where it is published.
        prefixes: Addresses below which a page that isn't a source is reported.
    """

    url: str
    prefixes: tuple[str, ...]


@frozen
class PageSources:
    """What one provider's spec is read from.

    Attributes:
        provider: The provider's name; its folder's.
        title: Its name for people.
        server: The base URL, for pages that don't say it; None where they do.
        sources: The pages; the earlier is believed where two contradict each other.
        index: The site's index, if there is one to watch.
    """

    provider: str
    title: str
    server: str | None
    sources: tuple[PageSource, ...]
    index: SiteIndex | None

    def pages(self, texts: Mapping[str, str]) -> list[DocPage]:
        """Put texts, by file name, into the order of the sources; those that are missing are left out."""
        return [source.page(texts[source.file]) for source in self.sources if source.file in texts]


def load_sources(folder: Path) -> PageSources:
    """Load a provider's ``sources.toml``.

    Args:
        folder: The provider's folder, such as ``specs/tavus``.

    Raises:
        SpecError: It is missing, isn't TOML, or says something else than it may.
    """
    path = folder / FILE_NAME
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SpecError(
            f"{path} is missing; it names the pages that the spec is read from"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SpecError(f"{path}: {error}") from error
    return _Loader(path).sources(raw)


def find_sources(specs: Path, files: Collection[str]) -> PageSources | None:
    """Find the provider whose sources bear these file names; None where none, or more than one, does."""
    known = [load_sources(path.parent) for path in sorted(specs.glob(f"*/{FILE_NAME}"))]
    fitting = [each for each in known if set(files) <= {source.file for source in each.sources}]
    return fitting[0] if len(fitting) == 1 and files else None


class _Loader:
    """Reads the tables of one file, strictly: a misspelt key is an error, not a silence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def sources(self, raw: dict[str, Any]) -> PageSources:
        self._check_keys(raw, {"title", "server", "sources", "index"}, "the file")
        listed = raw.get("sources")
        if not isinstance(listed, list) or not listed:
            raise SpecError(f"{self._path}: no [[sources]] table; name at least one page")
        sources = tuple(self._source(each) for each in listed)
        files = [source.file for source in sources]
        if twice := {file for file in files if files.count(file) > 1}:
            raise SpecError(f"{self._path}: two sources have the file name {min(twice)!r}")
        server = self._text(raw, "server", "") or None
        if server and not re.fullmatch(r"https?://[^\s?#]+", server):
            raise SpecError(f"{self._path}: 'server' is no base URL: {server!r}")
        return PageSources(
            provider=self._path.parent.name,
            title=self._text(raw, "title"),
            server=server,
            sources=sources,
            index=self._index(raw["index"]) if "index" in raw else None,
        )

    def _source(self, raw: Any) -> PageSource:
        self._check_keys(raw, {"url", "file", "operations", "by_hand"}, "[[sources]]")
        file = self._text(raw, "file")
        if file in {".", ".."} or re.search(r"[/\\\0]", file):
            raise SpecError(f"{self._path}: 'file' is a name, not a path: {file!r}")
        wanted = self._texts(raw, "operations")
        for operation in wanted:
            if not re.fullmatch(rf"(?:{'|'.join(METHODS).upper()}) /\S*", operation):
                raise SpecError(f"{self._path}: an operation is 'GET /path', not {operation!r}")
        by_hand = raw.get("by_hand", False)
        if not isinstance(by_hand, bool):
            raise SpecError(f"{self._path}: 'by_hand' has to be true or false")
        return PageSource(self._url(raw), file, wanted, by_hand)

    def _index(self, raw: Any) -> SiteIndex:
        self._check_keys(raw, {"url", "prefixes"}, "[index]")
        return SiteIndex(self._url(raw), self._texts(raw, "prefixes"))

    def _check_keys(self, raw: Any, known: set[str], where: str) -> None:
        if not isinstance(raw, dict):
            raise SpecError(f"{self._path}: {where} has to be a table")
        if unknown := set(raw) - known:
            names = ", ".join(sorted(known))
            raise SpecError(f"{self._path}: {where} has no {min(unknown)!r}; it may have {names}")

    def _url(self, raw: dict[str, Any]) -> str:
        url = self._text(raw, "url")
        if not re.fullmatch(r"https?://\S+", url):
            raise SpecError(f"{self._path}: 'url' has to be an http(s) address, not {url!r}")
        return url

    def _text(self, raw: dict[str, Any], key: str, missing: str | None = None) -> str:
        value = raw.get(key, missing)
        if not isinstance(value, str) or (not value and missing is None):
            raise SpecError(f"{self._path}: {key!r} has to be a text")
        return value

    def _texts(self, raw: dict[str, Any], key: str) -> tuple[str, ...]:
        values = raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise SpecError(f"{self._path}: {key!r} has to be a list of texts")
        return tuple(values)
