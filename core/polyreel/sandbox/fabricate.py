"""Values that fit a schema, as somebody who knows what a field is for would fill them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from polyreel.errors import SpecError
from polyreel.sandbox.patterns import matching
from polyreel.sandbox.schemas import Schema
from polyreel.sandbox.variants import Choose, Path, flat

_DEEPEST = 6


class Gap(Enum):
    """What can be said of a field instead of giving its value."""

    BUILD = "made of its own fields or items"
    BLANK = "nothing to tell: null, or an empty text"
    OMIT = "not there: null, or left out"


class Percent(int):
    """A progress from 0 to 100."""


Suggest = Callable[[Path, Schema], Any]
"""Gives a value, or a `Gap`, for a field's path and its flattened schema."""


def fabricate(
    document: Mapping[str, Any],
    schema: Schema,
    suggest: Suggest,
    choose: Choose = lambda _path, _forms: 0,
) -> Any:
    """Make a value that fits a schema.

    Args:
        document: Where its references lead.
        schema: As it stands in the document.
        suggest: Asked for every field; what it gives is converted to the schema's type.
        choose: Asked which of several alternatives is taken; the first by default.

    Raises:
        SpecError: The schema contains itself without end.
    """
    return _Maker(document, suggest, choose).make((), schema, needed=True)


class _Maker:
    def __init__(self, document: Mapping[str, Any], suggest: Suggest, choose: Choose) -> None:
        self._document = document
        self._suggest = suggest
        self._choose = choose

    def make(self, path: Path, schema: Schema, *, needed: bool, depth: int = 0) -> Any:
        schema = flat(self._document, path, schema, self._choose)
        if depth > _DEEPEST and not needed:
            return Gap.OMIT
        if depth > 2 * _DEEPEST:
            raise SpecError(f"the schema of {'.'.join(path)!r} contains itself without end")
        if "const" in schema:
            return schema["const"]
        found = self._suggest(path, schema)
        if found is Gap.BLANK or found is Gap.OMIT:
            found = _gap(found, schema, needed)
        if found is Gap.BUILD:
            return self._build(path, schema, depth)
        return found if found is Gap.OMIT else fit(found, schema)

    def _build(self, path: Path, schema: Schema, depth: int) -> Any:
        if "array" in schema["type"]:
            item = self.make(path, schema.get("items", {}), needed=False, depth=depth + 1)
            return [] if item is Gap.OMIT else [item]
        required = schema.get("required", ())
        built = {
            field: self.make((*path, field), part, needed=field in required, depth=depth + 1)
            for field, part in schema.get("properties", {}).items()
        }
        return {field: value for field, value in built.items() if value is not Gap.OMIT}


def fit(value: Any, schema: Schema) -> Any:
    """Convert a value to the type that a flattened schema asks for, and cut it to its bounds."""
    types = schema["type"]
    if value is None or isinstance(value, dict | list | bool) or not types:
        return str(value) if isinstance(value, datetime) else value
    if "string" in types:
        text = _text(value, schema)[: schema.get("maxLength")].ljust(
            schema.get("minLength", 0), "x"
        )
        return matching(schema["pattern"], text, text) if "pattern" in schema else text
    if isinstance(value, datetime):
        value = value.timestamp()
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, Percent) and schema.get("maximum", 100) <= 1:
        value = value / 100
    if not isinstance(value, int | float):
        return value
    value = min(max(value, schema.get("minimum", value)), schema.get("maximum", value))
    return float(value) if "integer" not in types else int(value)


def _text(value: Any, schema: Schema) -> str:
    if isinstance(value, datetime):
        form = "%Y-%m-%d" if schema.get("format") == "date" else "%Y-%m-%dT%H:%M:%SZ"
        return value.astimezone(UTC).strftime(form)
    return f"{value}/100" if isinstance(value, Percent) else str(value)


def _gap(gap: Gap, schema: Schema, needed: bool) -> Any:
    """Say nothing as the schema allows it."""
    if "null" in schema["type"]:
        return None
    free = not {"enum", "format", "minLength", "pattern"} & schema.keys()
    if gap is Gap.BLANK and "string" in schema["type"] and free:
        return ""
    if not needed:
        return Gap.OMIT
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("format") in _LEAST:
        return _LEAST[schema["format"]]
    for name, empty in _EMPTY.items():
        if name in schema["type"]:
            return empty
    return Gap.BUILD


_EMPTY: Mapping[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False}

# What says least where a format asks for something.
_LEAST: Mapping[str, str] = {
    "date": "1970-01-01",
    "date-time": "1970-01-01T00:00:00Z",
    "uri": "about:blank",
    "url": "about:blank",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
