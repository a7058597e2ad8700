"""One reader per page format, chosen by looking at the page, never by its name."""

from __future__ import annotations

import re
from typing import Protocol

from polyreel.codegen.reading.readers.doc_page import Fragment, Page, operations
from polyreel.errors import SpecError

__all__ = ["Fragment", "Page", "operations", "read_page"]


class _Reader(Protocol):
    """What every reader module offers."""

    def looks_like(self, page: Page) -> bool: ...
    def read(self, page: Page) -> Fragment: ...


_LONGEST_PAGE = 2_000_000  # of one operation, with all its schemas written out
_NOT_FOUND = re.compile(
    r"\b(?:404|410|page (?:was )?not found|not found|page doesn.t exist)\b", re.IGNORECASE
)
_SDK_MARKDOWN = re.compile(r"^\*\*(?:get|put|post|patch|delete)\*\* `/", re.MULTILINE)
_LOGIN = re.compile(r"\b(?:log ?in|sign ?in|password|access denied|just a moment)\b", re.IGNORECASE)


def read_page(page: Page) -> Fragment:
    """Read one page in whichever format it is.

    Raises:
        SpecError: No reader understands the page, or the one that does finds it broken. The message
            says what was seen and what to do.
    """
    from polyreel.codegen.reading.readers import (
        mintlify,
        openai_reference,
        openapi_document as openapi,
        sdk_reference,
    )
    from polyreel.openapi.documents import MAX_CHARACTERS

    readers: tuple[_Reader, ...] = (mintlify, openai_reference, sdk_reference)
    if len(page.text) > MAX_CHARACTERS:
        raise SpecError(
            f"{page.name}: longer than {MAX_CHARACTERS:,} characters; is it the right page?"
        )
    if not page.text.strip():
        raise SpecError(f"{page.name}: the page is empty; fetch it again, or check its address")
    if re.match(
        r"\s*<(?:!doctype|html|head|body)\b", page.text.removeprefix("\ufeff"), re.IGNORECASE
    ):
        raise SpecError(f"{page.name}: {_kind_of_html(page.text)}; {_WHAT_IS_READ}")
    if openapi.looks_like(page):
        return openapi.read(page)
    if len(page.text) > _LONGEST_PAGE:
        raise SpecError(
            f"{page.name}: longer than {_LONGEST_PAGE:,} characters, and no OpenAPI document; is it "
            "the right page?"
        )
    for reader in readers:
        if reader.looks_like(page):
            return reader.read(page)
    if _SDK_MARKDOWN.search(page.text):
        raise SpecError(
            f"{page.name}: the SDK reference as Markdown, which doesn't always say what may be null; "
            f"{_WHAT_IS_READ}"
        )
    if len(page.text) < 2000 and _NOT_FOUND.search(page.text):
        raise SpecError(f"{page.name}: a 'not found' page; the page has moved, check its address")
    raise SpecError(f"{page.name}: no operation was found on the page; {_WHAT_IS_READ}")


_WHAT_IS_READ = (
    "what is read is OpenAPI 3 in YAML or JSON, a Mintlify page in Markdown (its address plus '.md'), "
    "the OpenAI reference in Markdown, or the TypeScript SDK reference as text"
)


def _kind_of_html(text: str) -> str:
    start = text[:20_000]
    if _NOT_FOUND.search(start):
        return "an HTML 'not found' page; check its address"
    if _LOGIN.search(start):
        return "an HTML login or access page"
    return "an HTML page"
