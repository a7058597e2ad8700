"""The types of JSON Schema, and what other languages call them."""

from __future__ import annotations

TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")

_CALLED = {
    "str": "string", "int": "integer", "long": "integer", "float": "number", "double": "number",
    "decimal": "number", "bool": "boolean", "dict": "object", "map": "object", "list": "array",
}  # fmt: skip


def type_name(name: str) -> str:
    """Return the type that a document means: ``integer`` for ``int``; another name as it is."""
    return _CALLED.get(name.lower(), name)
