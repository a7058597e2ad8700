"""A spec with what its overlay adds, and without what the overlay changes: what the sandbox serves.

A client is generated from the spec as people corrected it. A test against responses of that same
corrected spec would agree with a wrong correction, so the sandbox answers as the documentation says.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from polyreel.codegen.generating.apply_overlay import select
from polyreel.codegen.generating.overlay import Overlay
from polyreel.openapi.documents import Document

# Keywords that say what a value is. Where one of them is, another one would say something else.
_STRUCTURE = frozenset(
    {"$ref", "allOf", "anyOf", "const", "enum", "items", "oneOf", "properties", "type"}
)
_COMBINING = frozenset({"$ref", "allOf", "anyOf", "oneOf"})


def documented(document: Document, overlay: Overlay) -> Document:
    """Return a copy of a spec with what an overlay adds to it.

    What the overlay removes stays, and what it replaces stays as it was: a new operation, an error's
    body, a field that the documentation lacks or an annotation is added; a response or a type that
    is documented is left as documented.

    Args:
        document: The spec as it was read; it is left as it is.
        overlay: The overlay, which fits the spec.
    """
    result = copy.deepcopy(document)
    removed: set[int] = set()  # what is put back in its place is another thing, and not added to it
    for action in overlay.actions:
        nodes = select(result, action.target)
        if action.remove:
            removed |= {id(node) for node in nodes}
        else:
            for node in nodes:
                _add(node, action.update, removed)
    return result


def _add(node: Any, update: Any, removed: set[int]) -> None:
    if id(node) in removed:
        update = _annotations(update)
    if isinstance(node, list):
        given = update if isinstance(update, list) else [update]
        node.extend(copy.deepcopy(one) for one in given if not _known(node, one))
    elif isinstance(node, dict) and isinstance(update, Mapping):
        for key, value in update.items():
            if key in node:
                _add(node[key], value, removed)
            elif not _contradicts(key, node):
                node[key] = copy.deepcopy(value)


def _annotations(update: Any) -> Any:
    """Return what of an update says something about a node without changing it."""
    if not isinstance(update, Mapping):
        return {}
    return {key: value for key, value in update.items() if key.startswith("x-")}


def _contradicts(key: str, node: dict[str, Any]) -> bool:
    """Tell whether a new keyword would make a schema say something else than it does."""
    if "$ref" in node:
        return key in _STRUCTURE or key == "required"
    return key in _COMBINING and bool(_STRUCTURE & node.keys())


def _known(there: list[Any], one: Any) -> bool:
    """Tell whether an array has an entry already, or a parameter of that name and place."""
    if not isinstance(one, Mapping) or "in" not in one:
        return one in there
    named = (one.get("name"), one["in"])
    return any(isinstance(it, dict) and (it.get("name"), it.get("in")) == named for it in there)
