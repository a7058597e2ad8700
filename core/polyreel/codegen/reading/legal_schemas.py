"""Schemas in which every name and value can become a part of a client."""

from __future__ import annotations

import re
from typing import Any

from polyreel.codegen.reading.legal_names import KEY
from polyreel.openapi.documents import Document

_CODE = re.compile(r"[^\"'`\\\n\t]*")
_LONGEST = 20_000
_LEFT_OUT: Any = object()
_WHY = "it can't become a part of a client"


class LegalSchemas:
    """Puts schemas right; what is left out is added to the warnings, with its place."""

    def __init__(self, warnings: list[str]) -> None:
        self._warnings = warnings

    def is_key(self, name: str, place: str, what: str) -> bool:
        """Say whether a name can be a key of the document; otherwise warn that it is left out."""
        if len(name) <= 200 and KEY.fullmatch(name):
            return True
        self._warnings.append(f"{place}: {what} {name[:80]!r} is left out: {_WHY}")
        return False

    def schema(self, schema: Any, place: str) -> Any:
        """Put a schema right, and the schemas in it."""
        if not isinstance(schema, dict):
            return schema
        legal: Document = {}
        for key, value in schema.items():
            if key in {"enum", "x-extensible-enum"}:
                self._values(legal, key, value, place)
            elif (kept := self._keyword(key, value, place)) is not _LEFT_OUT:
                legal[key] = kept
        if "required" in legal:
            gone = set(schema.get("properties", {})) - set(legal.get("properties", {}))
            legal["required"] = [
                name for name in legal["required"] if name not in gone and _is_value(name)
            ]
            if not legal["required"]:
                del legal["required"]
        return legal

    def _keyword(self, key: str, value: Any, place: str) -> Any:
        """Put one keyword's value right; `_LEFT_OUT` where it can't be kept."""
        if key == "properties":
            return {
                name: self.schema(below, f"{place}.{name}")
                for name, below in value.items()
                if name != "$ref" and self.is_key(name, place, "the property")
            }
        if key == "patternProperties":
            fit = all(KEY.fullmatch(name) for name in value)
            return (
                {name: self.schema(below, place) for name, below in value.items()}
                if fit
                else _LEFT_OUT
            )
        if key in {"items", "additionalProperties", "not"}:
            return self.schema(value, f"{place}[]" if key == "items" else place)
        if key in {"anyOf", "oneOf", "allOf", "prefixItems"}:
            return [self.schema(each, place) for each in value]
        if key == "discriminator":
            return value if _is_value(value) else _LEFT_OUT
        if key == "default" and not _is_value(value):
            self._warnings.append(f"{place}: the default {value!r} is left out: {_WHY}")
            return _LEFT_OUT
        return value if not isinstance(value, str) or len(value) <= _LONGEST else _LEFT_OUT

    def _values(self, legal: Document, key: str, values: list[Any], place: str) -> None:
        """Keep the values that can stand in a client; the list is open then, for there are others."""
        kept = [value for value in values if _is_value(value)]
        gone = [value for value in values if not _is_value(value)]
        if gone:
            self._warnings.append(f"{place}: the value {gone[0]!r} is left out: {_WHY}")
        if kept:
            legal["x-extensible-enum" if gone else key] = kept


def _is_value(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST and bool(_CODE.fullmatch(value)) and value.isprintable()
    if isinstance(value, list):
        return all(map(_is_value, value))
    if isinstance(value, dict):
        return all(KEY.fullmatch(key) and _is_value(inner) for key, inner in value.items())
    return True
