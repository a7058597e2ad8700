"""One reader per page format, chosen by looking at the page, never by its name."""

from __future__ import annotations

from typing import Protocol

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment, NoOperations, operations
from polyreel.errors import SpecError

__all__ = ["DocPage", "Fragment", "NoOperations", "operations", "read_page", "split_page"]


class _Reader(Protocol):
    """What every reader module offers."""

    def looks_like(self, page: DocPage) -> bool: ...
    def read(self, page: DocPage) -> Fragment: ...


class _Splitter(Protocol):
    """What the modules offer whose pages may hold several operations."""

    def looks_like(self, page: DocPage) -> bool: ...
    def split(self, page: DocPage) -> list[DocPage]: ...


def split_page(page: DocPage) -> list[DocPage]:
    """Make one page of each operation, where a doc page holds several; otherwise give the page back.

    Raises:
        SpecError: The page is empty or too long.
    """
    from polyreel.codegen.reading.readers import mintlify, openapi_document, sdk_markdown
    from polyreel.codegen.reading.readers.diagnosis import check_bounds

    check_bounds(page, openapi_document.looks_like)
    splitters: tuple[_Splitter, ...] = (mintlify, sdk_markdown)
    if openapi_document.looks_like(page):
        return [page]
    return next((each.split(page) for each in splitters if each.looks_like(page)), [page])


def read_page(page: DocPage) -> Fragment:
    """Read one page in whichever format it is.

    Raises:
        SpecError: No reader understands the page, or the one that does finds it broken. The message
            says what was seen and what to do.
    """
    from polyreel.codegen.reading.readers import (
        fern,
        mintlify,
        openai_reference,
        openapi_document as openapi,
        sdk_markdown,
        sdk_reference,
        table,
    )
    from polyreel.codegen.reading.readers.diagnosis import check_bounds, unread

    check_bounds(page, openapi.looks_like)
    if openapi.looks_like(page):
        return openapi.read(page)
    readers: tuple[_Reader, ...] = (
        mintlify,
        openai_reference,
        sdk_markdown,
        sdk_reference,
        fern,
        table,
    )
    for reader in readers:
        if reader.looks_like(page):
            return reader.read(page)
    raise SpecError(f"{page.name}: {unread(page)}")
