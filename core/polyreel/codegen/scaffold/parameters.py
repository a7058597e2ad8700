"""What a parameter of an operation needs: a value that is known, the key, or something only callers know."""

from __future__ import annotations

from typing import Any

from polyreel.codegen.scaffold.wording import plain, words
from polyreel.openapi.documents import Document


def needs_caller(parameter: Document) -> bool:
    """Say whether a parameter must be given although nobody but the caller knows what."""
    if parameter.get("required") is not True or parameter.get("in") == "path" or is_key(parameter):
        return False
    if plain(str(parameter.get("name"))) in {"limit", "page", "page_size", "offset"}:
        return False
    return constant(parameter) is None


def is_key(parameter: Document) -> bool:
    """Say whether a parameter is the header that carries the key, which isn't the plugin's to send."""
    return parameter.get("in") == "header" and bool(
        {"authorization", "key", "apikey", "token"} & set(words(str(parameter.get("name"))))
    )


def constant(parameter: Document) -> Any | None:
    """Give the value that a parameter always has: its default, or the only one that it may have."""
    schema = parameter.get("schema")
    if not isinstance(schema, dict):
        return None
    values: Any = schema.get("enum") or ()
    return schema.get("default", values[0] if len(values) == 1 else None)
