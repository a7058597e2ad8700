"""JSON Schema as the sandbox needs it: without references, branches merged, one alternative chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyreel.errors import SpecError

Schema = dict[str, Any]

_DEEPEST = 40  # references in a row; more is a circle
_COMBINED = ("$ref", "allOf", "anyOf", "oneOf")


def pointer(document: Mapping[str, Any], ref: str) -> Any:
    """Give what a local reference, such as ``#/components/schemas/Video``, points at.

    Raises:
        SpecError: It leads nowhere, or out of the document.
    """
    found: Any = document
    for part in ref.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if not ref.startswith("#/") or not isinstance(found, Mapping) or key not in found:
            raise SpecError(f"the reference {ref!r} leads nowhere in its spec")
        found = found[key]
    return found


def resolve(document: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow a parameter's or response's ``$ref``, if it is one."""
    for _ in range(_DEEPEST):
        if "$ref" not in node:
            return node
        node = pointer(document, node["$ref"])
    raise SpecError("a reference in a spec goes round in a circle")


def plain(document: Mapping[str, Any], schema: Schema | bool, depth: int = 0) -> Schema:
    """Flatten the top level of a schema.

    The result has no ``$ref``, ``allOf``, ``anyOf`` or ``oneOf``, and its ``type`` is a list of names;
    of alternatives the first that isn't ``null`` is taken. Properties and items stay as they are.

    Raises:
        SpecError: References go round in a circle, or lead nowhere.
    """
    if depth > _DEEPEST:
        raise SpecError("a reference in a spec goes round in a circle")
    if isinstance(schema, bool):
        return {"type": []}
    flat = {key: value for key, value in schema.items() if key not in _COMBINED}
    flat["type"] = _types(flat)
    parts = [pointer(document, schema["$ref"])] if "$ref" in schema else []
    for part in [*parts, *schema.get("allOf", ())]:
        flat = _merge(plain(document, part, depth + 1), flat)
    for key in ("anyOf", "oneOf"):
        branches = [plain(document, branch, depth + 1) for branch in schema.get(key, ())]
        if branches:
            flat = _merge(next((one for one in branches if one["type"] != ["null"]), {}), flat)
            if any("null" in one["type"] for one in branches) and "null" not in flat["type"]:
                flat["type"] = [*flat["type"], "null"]
    return flat


def properties(document: Mapping[str, Any], schema: Schema | bool) -> dict[str, Schema]:
    """Give an object schema's properties, each flattened."""
    return {
        name: plain(document, part)
        for name, part in plain(document, schema).get("properties", {}).items()
    }


def values(schema: Schema) -> list[Any]:
    """Give the values that a flattened schema names, closed or open, without ``null``."""
    if "const" in schema:
        return [schema["const"]]
    named = schema.get("enum") or schema.get("x-extensible-enum") or []
    return [value for value in named if value is not None]


def _types(schema: Schema) -> list[str]:
    stated = schema.get("type", [])
    if stated:
        return [stated] if isinstance(stated, str) else list(stated)
    if "properties" in schema:
        return ["object"]
    if "items" in schema:
        return ["array"]
    named = values(schema)
    return ["string"] if named and all(isinstance(value, str) for value in named) else []


def _merge(base: Schema, over: Schema) -> Schema:
    merged = {**base, **over}
    merged["type"] = over.get("type") or base.get("type") or []
    if "properties" in base and "properties" in over:
        merged["properties"] = {**base["properties"], **over["properties"]}
    if "required" in base and "required" in over:
        merged["required"] = [*base["required"], *over["required"]]
    return merged
