"""What goes into a reader, and what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyreel.errors import SpecError
from polyreel.openapi.methods import METHODS

if TYPE_CHECKING:
    from polyreel.openapi.documents import Document


@frozen
class DocPage:
    """A documentation page, or an OpenAPI document, as it was fetched.

    Attributes:
        name: Its file name; how messages and conflicts call it.
        text: Its whole text.
        source: Where it is published, such as a URL; empty where nobody said.
        operations: What is wanted of it, such as ``("GET /v2/videos",)``; empty for all that it has.
    """

    name: str
    text: str
    source: str = ""
    operations: tuple[str, ...] = ()


@frozen
class Fragment:
    """What one page says, as an OpenAPI document that still holds the page's prose.

    Attributes:
        source: The page's name.
        document: OpenAPI 3.0 or 3.1, of any number of operations.
        rank: Which page is believed where two disagree and nobody has set an order; the lowest first.
        notes: What a person should know about how the page was read.
    """

    source: str
    document: Document
    rank: int
    notes: tuple[str, ...] = ()


class NoOperations(SpecError):
    """An OpenAPI document that has no paths: on some sites' pages, the schemas alone stand in one."""


def operations(document: Document) -> list[tuple[str, str]]:
    """List a document's operations as (method, path), such as ``("GET", "/v2/videos")``."""
    paths = document.get("paths")
    return [
        (method.upper(), path)
        for path, item in (paths.items() if isinstance(paths, dict) else ())
        if isinstance(item, dict)
        for method in METHODS
        if method in item
    ]
