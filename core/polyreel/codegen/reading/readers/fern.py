"""Fern's reference in Markdown: one operation per page, its types as nested bullets.

A page goes: a title, ``GET https://host/path``, prose, ``Reference: address``, ``## Authentication``,
``## Servers``, ``## Request`` with ``### Query parameters`` and others, ``## Response`` with a heading per
status, ``## Errors``, ``## Types`` and ``## Examples``. A bullet is "- `name` (type, required) — prose".
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment
from polyreel.codegen.reading.readers.fern_types import FernTypes, describes
from polyreel.codegen.reading.readers.outline import (
    OutlineBullet,
    code_blanked,
    read_outline,
    sections,
)
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import camel

_OPERATION = re.compile(rf"^({'|'.join(METHODS).upper()}) (https?://[^/\s]+)?(/\S*)$", re.MULTILINE)
_SECTIONS = re.compile(r"^## (?:Request|Response)\s*$", re.MULTILINE)
_KEY = re.compile(
    r"`(?P<name>[^`]+)` (?P<place>header|query parameter|cookie)\b(?P<rest>.*)", re.IGNORECASE
)
_AUTHORIZATION = re.compile(
    r"`Authorization` header\b.*\b(?P<scheme>bearer|basic)\b.*", re.IGNORECASE
)
_SERVER = re.compile(r"`(https?://[^`]+)`.*")
_STATUS = re.compile(r"([1-5]\d\d)\b.*")
_PLACES = {"Path": "path", "Query": "query", "Header": "header", "Headers": "header"}
_BODY = re.compile(r"Body(?: \((?P<media>[^()]+)\))?")
_NO_BODY = re.compile(r"no (?:response )?body", re.IGNORECASE)
_KNOWN = {"Authentication", "Servers", "Request", "Response", "Errors", "Types", "Examples"}


def looks_like(page: DocPage) -> bool:
    """Say whether the page has a line with an operation, above a request or a response."""
    text = code_blanked(page.text)
    operation, section = _OPERATION.search(text), _SECTIONS.search(text)
    return operation is not None and section is not None and operation.start() < section.start()


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: A section, bullet or type isn't understood, or the page is cut off.
    """
    operation = _OPERATION.search(code_blanked(page.text))
    assert operation is not None  # the page looks like this format
    titled = dict(sections(page.text[operation.end() :], 2))
    title = re.search(r"^# +(\S.*)$", page.text, re.MULTILINE)
    if "Response" not in titled:
        raise SpecError(f"{page.name}: '## Response' was expected; the page is cut off")
    types = FernTypes(page.name, dict(sections(titled.get("Types", ""), 3)))
    method = operation[1].lower()
    read: Document = {
        "summary": title[1].strip() if title else "",
        "description": titled[""].split("\nReference: ")[0].strip(),
    }
    read["operationId"] = camel(read["summary"]) or method
    read |= _request(titled.get("Request", ""), types, page.name)
    read["responses"] = _responses(titled["Response"], types, page.name) | _responses(
        titled.get("Errors", ""), types, page.name
    )
    servers = _servers(titled.get("Servers", ""), operation[2] or "", page.name)
    schemes = _security(titled.get("Authentication", ""), page.name)
    if schemes:
        read["security"] = [{name: []} for name in schemes]
    notes = [
        f"{page.name}: the section {name!r} is not read"
        for name in titled
        if name not in _KNOWN and name
    ]
    path = _path_below(operation[2] or "", operation[3], servers)
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": read["summary"], "version": "0"},
        "servers": [{"url": url} for url in servers],
        "paths": {path: {method: read}},
        "components": {"schemas": types.schemas(), "securitySchemes": schemes},
    }
    return Fragment(page.name, document, rank=1, notes=(*notes, *types.notes))


def _request(text: str, types: FernTypes, where: str) -> Document:
    request: Document = {}
    parameters: list[Document] = []
    for title, body in sections(text, 3):
        bullets, said = read_outline(body, describes)
        place = _PLACES.get(title.split(" ")[0])
        content = _BODY.fullmatch(title)
        if place:
            parameters += [_parameter(bullet, place, types) for bullet in bullets]
        elif content:
            schema = types.body(bullets)
            request["requestBody"] = {
                "required": True,
                "description": said,
                "content": {content["media"] or "application/json": {"schema": schema}},
            }
        elif bullets or title:
            raise SpecError(
                f"{where}: the section {title or 'Request'!r} of the request isn't understood"
            )
    return request | {"parameters": parameters}


def _parameter(bullet: OutlineBullet, place: str, types: FernTypes) -> Document:
    name, required, schema = types.member(bullet)
    return {
        "name": name,
        "in": place,
        "required": required or place == "path",
        "description": schema.pop("description", ""),
        "schema": schema,
    }


def _responses(text: str, types: FernTypes, where: str) -> Document:
    responses: Document = {}
    for title, body in sections(text, 3):
        status = _STATUS.fullmatch(title)
        bullets, said = read_outline(body, describes)
        if status is None:
            if title or bullets:
                raise SpecError(f"{where}: the response {title!r} is no HTTP status")
            continue
        responses[status[1]] = {"description": said}
        if bullets:
            content = {"application/json": {"schema": types.body(bullets)}}
            responses[status[1]]["content"] = content
        elif "`" in said and not _NO_BODY.search(said):
            raise SpecError(f"{where}: the response {status[1]} isn't understood: {said[:80]!r}")
    return responses


def _servers(text: str, origin: str, where: str) -> list[str]:
    """List the base URLs, the one that the operation names first; those of this machine are nobody's."""
    bullets, _ = read_outline(text, lambda _head: True)
    found = [server[1].rstrip("/") for each in bullets if (server := _SERVER.fullmatch(each.head))]
    if len(found) != len(bullets):
        raise SpecError(f"{where}: '## Servers' names something that is no address")
    public = [
        url for url in found if (urlsplit(url).hostname or "") not in {"localhost", "127.0.0.1"}
    ]
    fitting = [url for url in public if origin and f"{url}/".startswith(f"{origin}/")]
    return list(dict.fromkeys([*fitting, *public, *([origin] if origin and not fitting else [])]))


def _path_below(origin: str, path: str, servers: list[str]) -> str:
    """Write the path below the first server's own path."""
    below = servers[0].removeprefix(origin) if servers and origin else ""
    return path.removeprefix(below) if below and path.startswith(f"{below}/") else path


def _security(text: str, where: str) -> Document:
    schemes: Document = {}
    bullets, _ = read_outline(text, lambda _head: True)
    for bullet in bullets:
        if known := _AUTHORIZATION.fullmatch(bullet.head):
            scheme = known["scheme"].lower()
            schemes[f"{scheme}Auth"] = {"type": "http", "scheme": scheme}
        elif key := _KEY.fullmatch(bullet.head):
            place = key["place"].lower().split(" ")[0]
            name = re.sub(r"[^A-Za-z0-9._-]", "_", key["name"])
            schemes[name] = {"type": "apiKey", "in": place, "name": key["name"]}
        else:
            raise SpecError(f"{where}: the authentication {bullet.head[:80]!r} isn't understood")
    return schemes
