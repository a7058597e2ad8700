"""Mintlify and GitBook pages in Markdown, whose endpoint is an OpenAPI document in a fence.

The fence's info string names what it holds: a language, optionally a file, a method and a path,
as in "yaml openapi.yaml get /v2/videos". It is the page's own claim, so the document is held to it. Older
pages hold the operation in an inline form of Mintlify's own instead (see `mintlify_inline`), and some sites
have several operations on one page, each in a fence, and the schemas of all of them in fences of their own.
"""

from __future__ import annotations

import re

from attrs import evolve, frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment, operations
from polyreel.codegen.reading.readers.mintlify_inline import is_inline, to_openapi
from polyreel.codegen.reading.readers.openapi_document import check_version
from polyreel.errors import SpecError
from polyreel.openapi.documents import load_json, load_yaml
from polyreel.openapi.methods import METHODS

_INFO = re.compile(
    rf"(?P<language>ya?ml|json)\b(?P<rest>.*?)(?:\s(?P<method>{'|'.join(METHODS)})\s+(?P<path>/\S*))?",
    re.IGNORECASE,
)
_HOLDS_OPENAPI = re.compile(
    r"""^[ \t]{0,9}(?:\{\s{0,9})?["']?(?:openapi|swagger)["']?[ \t]{0,9}:""", re.MULTILINE
)

_HOLDS_INLINE = re.compile(r"^paths:\s*\n  path: ", re.MULTILINE)
_OPENING = re.compile(
    r"^[ \t]{0,9}(?:`{3,99}|~{3,99})[ \t]{0,9}(?:ya?ml|json)", re.MULTILINE | re.IGNORECASE
)


@frozen
class _Fence:
    language: str
    operation: tuple[str, str] | None
    text: str
    source: str
    closed: bool


def looks_like(page: DocPage) -> bool:
    """Say whether the page holds a fence that claims an operation or an OpenAPI document."""
    return _OPENING.search(page.text) is not None and bool(_fences(page.text))


def split(page: DocPage) -> list[DocPage]:
    """Make one page of each fence on a page."""
    fences = _fences(page.text)
    return [evolve(page, text=fence.source) for fence in fences] if len(fences) > 1 else [page]


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: The fence is cut off, or it holds another operation than the one that it names, or
            than the only one.
    """
    (fence,) = _fences(page.text)
    if not fence.closed:
        raise SpecError(f"{page.name}: the OpenAPI fence never ends, so the page is cut off")
    where = f"{page.name}, its OpenAPI fence"
    notes: list[str] = []
    document = (
        load_json(fence.text, where=where)
        if fence.language == "json"
        else load_yaml(fence.text, where=where, notes=notes)
    )
    if is_inline(document):
        document = to_openapi(document, page.name)
    check_version(document, page.name)
    found = operations(document)
    listed = ", ".join(" ".join(operation) for operation in found) or "none"
    if fence.operation and found != [fence.operation]:
        raise SpecError(
            f"{page.name}: the page announces {' '.join(fence.operation)}, but its OpenAPI fence "
            f"holds {listed}"
        )
    if len(found) != 1:
        raise SpecError(
            f"{page.name}: one operation was expected in the OpenAPI fence, not {listed}"
        )
    return Fragment(source=page.name, document=document, rank=2, notes=tuple(notes))


def _fences(text: str) -> list[_Fence]:
    lines = re.split(r"\r\n|\n|\r", text)  # where Markdown sees line ends, and nowhere else
    markdown = MarkdownIt("commonmark", {"maxNesting": 20}).disable("inline")  # only blocks matter
    tokens = markdown.parse(text)
    return [
        fence
        for token in tokens
        if token.type == "fence" and (fence := _fence(token, lines)) is not None
    ]


def _fence(token: Token, lines: list[str]) -> _Fence | None:
    info = _INFO.fullmatch(token.info.strip())
    if info is None or not (
        info["path"] or _HOLDS_OPENAPI.search(token.content) or _HOLDS_INLINE.search(token.content)
    ):
        return None
    assert token.map is not None  # a fence is a block, and every block has its lines
    last = lines[token.map[1] - 1].strip() if token.map[1] <= len(lines) else ""
    closed = (
        token.map[1] - token.map[0] >= 2
        and last == token.markup[0] * len(last)
        and (len(last) >= len(token.markup))
    )
    operation = (info["method"].upper(), info["path"]) if info["path"] else None
    language = "json" if info["language"].lower() == "json" else "yaml"
    source = "\n".join(lines[token.map[0] : token.map[1]]) + "\n"
    return _Fence(language, operation, token.content, source, closed)
