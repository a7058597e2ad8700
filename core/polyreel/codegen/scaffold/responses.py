"""Where a response holds its items: the arrays, and the objects, that it is or wraps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.wording import names, plain
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

_ANYTHING = {"*/*", "application/*"}  # what some frameworks write for JSON
_HOLDERS = set(
    names("data result results response payload body content")
)  # hold what was asked for
_DEEPEST = 3


def response_schema(view: SchemaView, operation: Document) -> Any | None:
    """Return the schema of the JSON that an operation answers with success; None if it has none."""
    responses = operation.get("responses")
    for status in ("200", "2XX", "default"):
        response = responses.get(status) if isinstance(responses, dict) else None
        try:
            if isinstance(response, dict) and "$ref" in response:
                response = view.references.followed(response)
        except SpecError:
            continue
        content = response.get("content") if isinstance(response, dict) else None
        for media, each in content.items() if isinstance(content, dict) else ():
            plainly = media.partition(";")[0].strip()
            if (plainly.endswith("json") or plainly in _ANYTHING) and isinstance(each, dict):
                return each.get("schema")
    return None


def arrays(view: SchemaView, schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Find what arrays in a response hold: it itself, its fields, and those below, the outer ones first.

    Args:
        view: The schemas of the document.
        schema: The response's schema.

    Yields:
        The fields that lead to the array, and the schema of what it holds.
    """
    for keys, _, said in _reached(view, schema, free=2, deepest=_DEEPEST):
        if said.items is not None:
            yield keys, said.items


def objects(view: SchemaView, schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Find the objects that a get may answer with: the response itself, or what it wraps.

    Args:
        view: The schemas of the document.
        schema: The response's schema.

    Yields:
        The fields that lead to the object, and its schema.
    """
    for keys, node, said in _reached(view, schema, free=1, deepest=_DEEPEST - 1):
        if said.is_object:
            yield keys, node


def _reached(
    view: SchemaView, schema: Any, *, free: int, deepest: int
) -> Iterator[tuple[tuple[str, ...], Any, Shape]]:
    """Yield a schema and those below it, level by level; below ``free`` levels only those of holders."""
    level: list[tuple[tuple[str, ...], Any]] = [((), schema)]
    for depth in range(deepest + 1):
        below: list[tuple[tuple[str, ...], Any]] = []
        for keys, node in level:
            said = merged(view, node)
            yield keys, node, said
            if depth < free or plain(keys[-1]) in _HOLDERS:
                below += [((*keys, name), each) for name, each in said.properties.items()]
        level = below
