"""What a page is that no reader understands: said by what it shows, with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable

from polyreel.codegen.reading.readers.doc_page import DocPage
from polyreel.errors import SpecError
from polyreel.openapi.documents import MAX_CHARACTERS
from polyreel.openapi.methods import METHODS

WHAT_IS_READ = (
    "what is read is OpenAPI 3 in YAML or JSON, a Mintlify, GitBook, ReadMe or Apidog page in Markdown "
    "(its address plus '.md'), Fern's Markdown, the OpenAI reference in Markdown, the SDK reference in "
    "TypeScript as Markdown or text, or one operation with tables of parameters"
)

_LONGEST_PAGE = 2_000_000  # of one operation, with all its schemas written out
_SHORT = 2_000  # a page that says nothing but that there is none
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_LINK = re.compile(r"<a\b[^<>]*>[^<]{0,200}</a\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_HEADING = re.compile(
    r"^#{1,2} +(\S.{0,200})$|<h1[^<>]*>([^<]{0,200})", re.MULTILINE | re.IGNORECASE
)
_MISSING = re.compile(
    r"\b(?:(?:404|410)\b.{0,30}|(?:the |this )?page (?:was |could )?(?:not be|not) found|page not found"
    r"|not found|page (?:doesn|does no).?t exist)\W*(?:\||-|–|$)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|access denied|just a moment|authenticat(?:e|ion required))\b",
    re.IGNORECASE,
)
_OTHER_FILES = {"%PDF-": "a PDF file", "<?xml": "an XML answer"}
_PASSWORD_FIELD = re.compile(r"<input[^<>]*\btype=[\"']?password", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\n(.{0,5000}?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_NAMED_IN_FRONT = re.compile(
    rf"""^openapi[ \t]*:[ \t]*["']?(?:\S{{1,200}}[ \t]+)??({"|".join(METHODS)})[ \t]+(/[^\s"']{{0,300}})""",
    re.IGNORECASE | re.MULTILINE,
)
_PATHS = re.compile(r"""^(?:\{|\s{1,8})?"?paths"?\s{0,9}:\s{0,9}\{?\s{1,99}["']?/""", re.MULTILINE)
_OPERATION = re.compile(rf"\b(?:{'|'.join(METHODS).upper()})\b[`*\s]+(?:https?://[^/\s]+)?/\S")


def check_bounds(page: DocPage, is_document: Callable[[DocPage], bool]) -> None:
    """Refuse what can be no page: nothing, HTML, or more than a page can hold.

    Raises:
        SpecError: What it is, and what to do.
    """
    if len(page.text) > MAX_CHARACTERS:
        raise SpecError(
            f"{page.name}: longer than {MAX_CHARACTERS:,} characters; is it the right page?"
        )
    if not page.text.strip():
        raise SpecError(f"{page.name}: the page is empty; fetch it again, or check its address")
    if _HTML.match(page.text.removeprefix("\ufeff")):
        raise SpecError(f"{page.name}: {_kind_of_html(page.text)}; {WHAT_IS_READ}")
    if len(page.text) > _LONGEST_PAGE and not is_document(page):
        raise SpecError(
            f"{page.name}: longer than {_LONGEST_PAGE:,} characters, and no OpenAPI document; is it the "
            "right page?"
        )


def unread(page: DocPage) -> str:
    """Say what a page in Markdown or text is that no reader understands, and what would be read."""
    heading = _HEADING.search(page.text)
    first = (heading[1] or heading[2] or "").strip() if heading else ""
    short = len(page.text) < _SHORT and not _OPERATION.search(page.text)
    if short and (_MISSING.search(first) or (not first and _MISSING.search(page.text))):
        return "a 'not found' page; the page has moved, check its address"
    if short and _LOGIN.match(first):
        return f"a login or access page; a source has to be public; {WHAT_IS_READ}"
    start = page.text.lstrip("\ufeff \t\r\n")
    front = _FRONT.match(start.replace("\r\n", "\n"))
    if front and (named := _NAMED_IN_FRONT.search(front[1])):
        return (
            f"it only names {named[1].upper()} {named[2]}, which the site's OpenAPI document describes: take "
            "that document (docs.json or mint.json names it), or the page as it is published (its address "
            "plus '.md')"
        )
    if kind := next((kind for sign, kind in _OTHER_FILES.items() if start.startswith(sign)), None):
        return f"{kind}, and no page of documentation; check its address; {WHAT_IS_READ}"
    if _PATHS.search(start):
        return (
            "an OpenAPI document that doesn't say which version of OpenAPI it is written in: add a line such "
            "as 'openapi: 3.0.3' (in JSON a field) to a copy"
        )
    if start.startswith("{"):
        return (
            f"a JSON answer, such as an error's, and no document; check its address; {WHAT_IS_READ}"
        )
    if "```" in page.text and re.search(r"\bgraphql\b", page.text, re.IGNORECASE):
        return f"no REST operation was found on the page, but GraphQL; {WHAT_IS_READ}"
    if _OPERATION.search(page.text):
        return (
            "an operation is named on the page, but not described in a form that is read; "
            f"{WHAT_IS_READ}"
        )
    return f"no operation was found on the page; {WHAT_IS_READ}"


def _kind_of_html(text: str) -> str:
    """Say what a page of HTML is by its title, its first heading and its forms, not by its links."""
    start = text[:200_000]
    title, heading = _TITLE.search(start), _HEADING.search(start)
    named = [
        each.strip()
        for each in (title and title[1], heading and (heading[2] or heading[1]))
        if each
    ]
    words = " ".join(_TAG.sub(" ", start).split())
    if any(_MISSING.search(each) for each in named):
        return "an HTML 'not found' page; check its address"
    if _PASSWORD_FIELD.search(start) or any(_LOGIN.search(each) for each in named):
        return "an HTML login or access page"
    if len(words) < _SHORT and not named and _MISSING.search(words):
        return "an HTML 'not found' page; check its address"
    apart_from_links = " ".join(_TAG.sub(" ", _LINK.sub(" ", start)).split())
    says_little = len(words) < 500 and not _OPERATION.search(words)
    if says_little and _LOGIN.search(apart_from_links):
        return "an HTML login or access page"
    return "an HTML page"
