"""Pages with what they refer to: an OpenAPI document in several files is read as one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from attrs import evolve

from polyreel.codegen.reading.bundle import Load, bundle
from polyreel.codegen.reading.readers import openapi_document
from polyreel.codegen.reading.readers.doc_page import DocPage
from polyreel.codegen.refreshing.fetch import Copy, DocFetcher, from_file
from polyreel.errors import SpecError


def fetch_whole(
    fetcher: DocFetcher, url: str, *, etag: str | None = None, last_modified: str | None = None
) -> Copy | None:
    """Get a page as :meth:`DocFetcher.fetch` does, with the documents of its server that it refers to.

    A document of several is asked for without conditions the next time, since any of them may change.

    Raises:
        SpecError: One of them can't be had, or is on another server.
    """
    copy = fetcher.fetch(url, etag=etag, last_modified=last_modified)
    return None if copy is None else whole(copy, url, by_address(fetcher, url))


def file_whole(path: Path) -> Copy:
    """Take a page from a file, with the files beside and below it to which it refers.

    Raises:
        SpecError: One of them can't be read, or is elsewhere.
    """
    return whole(from_file(path), path.name, beside(path))


def file_text_whole(path: Path) -> str:
    """Return a file's text, with the files beside and below it to which it refers.

    Raises:
        OSError: The file itself can't be read.
        UnicodeDecodeError: It is no text in UTF-8.
        SpecError: What it refers to can't be read, or is elsewhere.
    """
    return _whole_text(path.read_text(encoding="utf-8"), path.name, beside(path))


def whole(copy: Copy, place: str, load: Load) -> Copy:
    """Return a page with what it refers to; as it is where it is no OpenAPI document of several."""
    text = _whole_text(copy.text, place, load)
    if text is copy.text:
        return copy
    digest = hashlib.sha256(text.encode()).hexdigest()
    return evolve(copy, text=text, digest=digest, etag=None, last_modified=None)


def _whole_text(text: str, place: str, load: Load) -> str:
    name = urlsplit(place).path.rpartition("/")[2] or place
    if not openapi_document.looks_like(DocPage(name, text)):
        return text
    return bundle(name, text, load)


def by_address(fetcher: DocFetcher, url: str) -> Load:
    """Return what fetches the documents to which one refers, from its own server alone."""

    def load(place: str) -> str:
        at = urljoin(url, quote(place, safe="/:?&=%+~@,;-._"))
        if urlsplit(at)[:2] != urlsplit(url)[:2]:
            raise SpecError(f"it refers to {at}, on another server; only its own is asked")
        try:
            copy = fetcher.fetch(at)
        except SpecError as error:
            raise SpecError(f"it refers to {at}: {error}") from error
        return copy.text if copy else ""

    return load


def beside(path: Path) -> Load:
    """Return what reads the files to which one refers, in its folder and below."""
    folder = path.parent.resolve()

    def load(place: str) -> str:
        file = (folder / place).resolve()
        if "://" in place or not file.is_relative_to(folder):
            raise SpecError(f"{path.name} refers to {place!r}, which isn't in its folder")
        try:
            return from_file(file).text
        except SpecError as error:
            raise SpecError(f"{path.name} refers to {place!r}: {error}") from error

    return load
