"""Pages that document one operation in tables of parameters and fields.

Read where a table is unambiguous: it has a column of names and one of types, stands below a heading that
says where its rows belong, and every type is a known word. Nested fields are named with dots and ``[]``.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment
from polyreel.codegen.reading.readers.outline import sections
from polyreel.codegen.reading.readers.table_rows import Row, rows_of, schema_of
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import camel

_METHOD = "|".join(METHODS).upper()
_OPERATION = re.compile(
    rf"(?:^|[`*\s])(?P<method>{_METHOD})[`*]*\s+[`*]*(?P<origin>https?://[^/\s`]+)?(?P<path>/[^\s`*?#]*)"
)
_HEADINGS = re.compile(r"^#{1,6} +(\S.*?)\s*#*$", re.MULTILINE)
_PLACES = (
    (re.compile(r"\bquery\b", re.IGNORECASE), "query"),
    (re.compile(r"\bpath\b|\burl param", re.IGNORECASE), "path"),
    (re.compile(r"\bheaders?\b", re.IGNORECASE), "header"),
    (re.compile(r"\bbody\b|\brequest (?:fields|attributes)\b", re.IGNORECASE), "body"),
    (re.compile(r"\bresponses?\b|\breturns?\b", re.IGNORECASE), "response"),
    (re.compile(r"\bparameters?\b|\barguments\b", re.IGNORECASE), "parameters"),
)
_TABLE = re.compile(r"^\s*\|.*\|\s*\n\s*\|[\s:|-]+\|\s*$", re.MULTILINE)
_STATUS = re.compile(r"\b([1-5]\d\d)\b")


def looks_like(page: DocPage) -> bool:
    """Say whether the page names exactly one operation, and has a table below a heading for parameters."""
    return len(_operations(page.text)) == 1 and bool(_tables(page.text))


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: A row or type isn't understood, or nobody can tell where a parameter is sent.
    """
    ((method, origin, path),) = _operations(page.text)
    title = _HEADINGS.search(page.text)
    operation: Document = {"operationId": camel(title[1]) if title else method}
    parameters: list[Document] = []
    responses: Document = {}
    for place, status, text in _tables(page.text):
        rows = rows_of(text, page.name)
        if place == "response":
            content = {"application/json": {"schema": schema_of(rows, page.name)}}
            responses[status or "200"] = {"description": "", "content": content}
        elif place == "body":
            content = {"application/json": {"schema": schema_of(rows, page.name)}}
            operation["requestBody"] = {"required": True, "content": content}
        else:
            parameters += [_parameter(row, place, method, path, page.name) for row in rows]
    notes = []
    if not responses:
        responses = {"200": {"description": "", "content": {"application/json": {"schema": {}}}}}
        notes.append(f"{page.name}: no table describes the response, so its fields are left open")
    operation |= {"parameters": parameters, "responses": responses}
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": title[1] if title else "", "version": "0"},
        "paths": {path: {method.lower(): operation}},
    }
    if origin:
        document["servers"] = [{"url": origin}]
    return Fragment(page.name, document, rank=3, notes=tuple(notes))


def _operations(text: str) -> list[tuple[str, str, str]]:
    """List the operations that a page names, each once: method, origin and path."""
    found: dict[tuple[str, str], str] = {}
    for match in _OPERATION.finditer(text):
        origin = match["origin"] or ""
        if origin and not urlsplit(origin).hostname:
            continue
        path = re.sub(r":(\w+)", r"{\1}", match["path"])
        key = match["method"], path.rstrip("/.,;") or "/"
        found[key] = found.get(key) or origin
    return [(method, origin, path) for (method, path), origin in found.items()]


def _tables(text: str) -> list[tuple[str, str, str]]:
    """List the tables that stand below a heading for parameters or fields: place, status and text."""
    found = []
    for heading, body in _headed(text):
        place = next((place for pattern, place in _PLACES if pattern.search(heading)), None)
        if place and _TABLE.search(body):
            status = _STATUS.search(heading)
            found.append((place, status[1] if status else "", body))
    return found


def _headed(text: str) -> list[tuple[str, str]]:
    """Split text at all its headings, of any level."""
    flat = _HEADINGS.sub(lambda match: f"# {match[1]}", text)
    return sections(flat, 1)


def _parameter(row: Row, place: str, method: str, path: str, where: str) -> Document:
    in_path = f"{{{row.name}}}" in path
    if place == "parameters":
        if not in_path and method != "GET":
            raise SpecError(
                f"{where}: the page doesn't say whether {row.name!r} is sent in the query or the body"
            )
        place = "path" if in_path else "query"
    if (place == "path") != in_path:
        raise SpecError(
            f"{where}: {row.name!r} is listed for the {place}, unlike the path {path} says"
        )
    return {
        "name": row.name,
        "in": place,
        "required": row.required is True or place == "path",
        "description": row.text,
        "schema": row.schema,
    }
