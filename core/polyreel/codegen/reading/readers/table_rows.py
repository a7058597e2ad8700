"""Rows of a Markdown table that describes parameters or fields, read into schemas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document

_COLUMNS = {
    "name": (
        "name",
        "parameter",
        "param",
        "field",
        "property",
        "attribute",
        "key",
        "argument",
        "header",
    ),
    "type": ("type", "data type", "datatype"),
    "required": ("required", "required?", "mandatory", "optional"),
    "default": ("default", "default value"),
    "text": ("description", "notes", "details", "meaning", "comment"),
}
_OF_WHAT = re.compile(r"^(?:query|path|url|header|body|request|response)\s(?=\w)")
_WORDS = {
    "string": "string str text enum",
    "integer": "integer int int32 int64 long",
    "number": "number float double decimal",
    "boolean": "boolean bool",
    "object": "object dict map json",
    "null": "null",
}
_TYPES: dict[str, Document] = {
    **{word: {"type": type_} for type_, words in _WORDS.items() for word in words.split()},
    "array": {"type": "array", "items": {}},
    "list": {"type": "array", "items": {}},
    "any": {},
    "uuid": {"type": "string", "format": "uuid"},
    "url": {"type": "string", "format": "uri"},
    "datetime": {"type": "string", "format": "date-time"},
    "date-time": {"type": "string", "format": "date-time"},
}
_ARRAY = re.compile(r"(?:array|list)(?: of |<)(\w[\w-]*?)s?>?|(\w[\w-]*)\[\]", re.IGNORECASE)
_YES = {"yes", "true", "required", "y", "✓", "✅", "✔"}
_NO = {"no", "false", "optional", "n", "", "-", "—", "✗", "❌"}


@frozen
class Row:
    """One row.

    Attributes:
        name: The name as the table has it, with dots and ``[]`` where it is nested.
        schema: The schema of its type.
        required: Whether it has to be there; None where the table doesn't say.
        text: Its description.
    """

    name: str
    schema: Document
    required: bool | None
    text: str


def rows_of(text: str, where: str) -> list[Row]:
    """Read the tables of a section.

    Raises:
        SpecError: A table has no column of names and types, or a type isn't known.
    """
    rows: list[Row] = []
    header: dict[str, int] = {}
    lines = [line.strip() for line in text.splitlines()]
    for at, line in enumerate(lines):
        if not line.startswith("|"):
            header = {}
            continue
        cells = _cells(line)
        if at + 1 < len(lines) and re.fullmatch(r"\|[\s:|-]+\|", lines[at + 1]) and not header:
            header = _header(cells, where)
        elif not re.fullmatch(r"\|[\s:|-]+\|", line):
            rows.append(_row(cells, header, where))
    return rows


def schema_of(rows: Sequence[Row], where: str) -> Document:
    """Build the object that rows describe, nested as their names say.

    Raises:
        SpecError: A name is nested in something that is no object or list.
    """
    root: Document = {"type": "object", "properties": {}, "required": []}
    for row in rows:
        *above, last = re.findall(r"[^.\[\]]+|\[\]", row.name)
        node = root
        for part in above:
            node = _inside(node, part, row.name, where)
        if last == "[]":
            node = _inside(node, last, row.name, where)
            continue
        if node.get("type") != "object":
            raise SpecError(f"{where}: {row.name!r} is nested in something that is no object")
        node.setdefault("properties", {})[last] = dict(row.schema) | (
            {"description": row.text} if row.text else {}
        )
        if row.required:
            node.setdefault("required", []).append(last)
    return root


def _inside(node: Document, part: str, name: str, where: str) -> Document:
    """Go one step into a schema; what the table left open becomes what the name says."""
    if part == "[]":
        if node.get("type") != "array":
            raise SpecError(f"{where}: {name!r} lists the items of something that is no list")
        items: Document = node["items"] or {"type": "object"}
        node["items"] = items
        return items
    if node.get("type") == "array":  # "videos.id" below "videos | array"
        node = _inside(node, "[]", name, where)
    found: Any = node.get("properties", {}).get(part)
    if found is None:
        raise SpecError(f"{where}: {name!r} is nested in {part!r}, which no row above describes")
    inner: Document = found
    return inner


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _header(cells: list[str], where: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        plain = _OF_WHAT.sub("", cell.strip("*` ").lower())
        for column, names in _COLUMNS.items():
            if plain in names and column not in found:
                found[column] = at
                if plain == "optional":
                    found["optional"] = at
    if "name" not in found or "type" not in found:
        raise SpecError(
            f"{where}: a table of {', '.join(cells)}; columns for the name and the type were expected"
        )
    return found


def _row(cells: list[str], header: dict[str, int], where: str) -> Row:
    def cell(column: str) -> str:
        at = header.get(column)
        return cells[at] if at is not None and at < len(cells) else ""

    if not header:
        raise SpecError(f"{where}: a row without a header: {' | '.join(cells)[:80]}")
    marked = cell("name")
    name = re.sub(r"<[^<>]*>|\\", "", marked).strip("*` ")
    starred = name.endswith("*") or bool(re.search(r"`\*|\* *$", marked.strip()))
    name = name.strip("*` ")
    required, optional = _need(cell("required"), "optional" in header, name, where), False
    type_ = cell("type").strip("*` ")
    if match := re.fullmatch(r"(.*?)[,;( ]+(required|optional)\)?", type_, re.IGNORECASE):
        type_, optional = match[1].strip(), match[2].lower() == "optional"
        required = not optional
    if required is None and starred:
        required = True
    if not re.fullmatch(r"[A-Za-z_$@][\w$@.\[\]-]*", name):
        raise SpecError(f"{where}: {marked!r} is no name of a parameter or field")
    text = cell("text").replace("\\|", "|")
    if (default := cell("default").strip('`*" ')) and default not in _NO:
        text = f"{text.rstrip('.')}. Default: `{default}`." if text else f"Default: `{default}`."
    return Row(name, _type(type_, name, where), required, text)


def _need(text: str, inverted: bool, name: str, where: str) -> bool | None:
    plain = text.strip("*` ").lower()
    if plain in _YES:
        return not inverted
    if plain in _NO:
        return inverted if plain else None
    raise SpecError(f"{where}: whether {name!r} is required isn't understood: {text!r}")


def _type(text: str, name: str, where: str) -> Document:
    plain = re.sub(r"\s*\(.*\)$", "", text).strip("*` ").lower()
    options = [part.strip() for part in re.split(r"\s*(?:\\?\|| or )\s*", plain)]
    if len(options) > 1:
        return {"anyOf": [_type(option, name, where) for option in options]}
    if plain in _TYPES:
        return dict(_TYPES[plain])
    if (array := _ARRAY.fullmatch(plain)) and (array[1] or array[2]) in _TYPES:
        return {"type": "array", "items": dict(_TYPES[array[1] or array[2]])}
    raise SpecError(f"{where}: the type {text!r} of {name!r} isn't known")
