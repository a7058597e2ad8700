"""Calls of the TypeScript SDK, as both forms of its reference write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from polyreel.codegen.reading.readers.sdk_types import Named, SdkType, parse_type
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.names import camel, singular

_CALL = re.compile(r"(?P<call>client\.[a-z][\w.]*)\(.*\): (?P<result>.+)")
_PAGE_CLASS = re.compile(r"\w*(?:Page|Cursor|Paginat)\w*")
_JSON_FENCE = re.compile(r"^ *```json *$(.*?)^ *```", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(?P<place>Path|Query|Body|Header) param(?:: |$)")
_VERBS = {
    "list": "list",
    "retrieve": "get",
    "create": "create",
    "delete": "delete",
    "update": "update",
}


def returned(signature: str, where: str) -> tuple[str, SdkType | None]:
    """Split a signature into what is called and what it returns; None for nothing.

    Raises:
        SpecError: It is no TypeScript; or its result isn't understood.
    """
    match = _CALL.match(signature)
    if match is None:
        raise SpecError(
            f"{where}: {_language(signature)} of the SDK reference doesn't say how many members a type "
            "has and which values may be null; take the TypeScript page, or the reference in Markdown"
        )
    if match["result"] in {"void", "Response"}:
        return match["call"], None
    result = parse_type(match["result"])
    if result is None:
        raise SpecError(f"{where}: the result {match['result']!r} isn't understood")
    return match["call"], result


def _language(signature: str) -> str:
    for mark, language in (
        ("**kwargs", "the Python or Ruby flavour"),
        ("->", "the Python or Ruby flavour"),
        ("(ctx", "the Go flavour"),
        ("$client", "the PHP flavour"),
        (" params = ", "the Java or Kotlin flavour"),
        ("params = ", "the Java or Kotlin flavour"),
        ("CancellationToken", "the C# flavour"),
    ):
        if mark in signature:
            return language
    return "this flavour"


def operation_id(call: str) -> str:
    """Name an operation after its call: ``client.videos.list`` is ``listVideos``."""
    *_, resource, method = call.split(".")
    if method == "list":
        return camel(f"list {resource}")
    return camel(f"{_VERBS.get(method, method)} {singular(resource)}")


def place_of(texts: Sequence[str], group: str, method: str, where: str) -> tuple[str, list[str]]:
    """Say where an argument is sent, by the start of its prose or by the group that it is in.

    Args:
        texts: The prose of the argument, line by line.
        group: What the group of arguments is called: ``query``, ``params`` or ``body``.
        method: The operation's method.
        where: The page's name.

    Returns:
        ``path``, ``query`` or ``header``, and the prose without that.

    Raises:
        SpecError: It is sent in a body, whose encoding isn't said, or nobody can tell.
    """
    prefix = _PLACE.match(texts[0]) if texts else None
    rest = list(texts)
    if prefix:
        rest = [text for text in (texts[0][prefix.end() :], *texts[1:]) if text]
    place = prefix["place"].lower() if prefix else group
    if place == "params" and method.upper() in {"GET", "DELETE", "HEAD"}:
        place = "query"
    if place in {"query", "path", "header"}:
        return place, rest
    raise SpecError(
        f"{where}: the signature has a {place}, but doesn't say how it is sent; take the reference in "
        "Markdown, or an OpenAPI document"
    )


def spelled(name: str, candidates: Sequence[str]) -> str | None:
    """Find the path's spelling of an argument: ``videoID`` is ``video_id``."""
    plain = name.replace("_", "").lower()
    return next((each for each in candidates if each.replace("_", "").lower() == plain), None)


def enveloped(result: SdkType) -> tuple[SdkType, Callable[[Document, str], Document] | None]:
    """Split a result into the type that a page explains, and what wraps it in the list's envelope.

    Returns:
        The type, and a function from its schema and the page's example to the envelope; None for a result
        that is no list. Of an envelope only the list is known, so it is marked as partial.
    """
    paged = isinstance(result, Named) and _PAGE_CLASS.fullmatch(result.name) and result.arguments
    if not paged or not isinstance(result, Named):
        return result, None

    def envelope(item: Document, example: str) -> Document:
        items: Document = {"type": "array", "items": item}
        return {"type": "object", "properties": {_list_key(example): items}, "x-partial": True}

    return result.arguments[0], envelope


def _list_key(example: str) -> str:
    """Find the name of the list in an example of a response: ``data``, if it may be that."""
    for fence in _JSON_FENCE.findall(example):
        try:
            shown = json.loads(fence)
        except (ValueError, RecursionError):
            continue
        members = shown.items() if isinstance(shown, dict) else ()
        if lists := [key for key, value in members if isinstance(value, list)]:
            return "data" if "data" in lists else lists[0]
    key = re.search(r'"(\w+)": \[', example)
    return key[1] if key and '"data"' not in example else "data"


def written_parameter(name: str, place: str, required: bool, schema: Document) -> Document:
    """Write a parameter as OpenAPI does; its description, which the schema brings, moves up to it."""
    description = schema.pop("description", "")
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": description,
        "schema": schema,
    }
