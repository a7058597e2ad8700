"""Apply an overlay to a spec, and say of every action whether it still fits."""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from polyreel.codegen.generating.overlay import Action, Overlay
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document

_UNIQUE = ("parameters", "required", "enum", "tags", "servers")
"""Keys of lists in which OpenAPI has nothing twice."""


_Parts = tuple[str | int, ...]


@frozen
class Misfit:
    """An action that can't be applied to a spec as it is written.

    Attributes:
        number: Which action it is, counted from 1.
        action: The action.
        problem: What is in the way, and what can be done.
    """

    number: int
    action: Action
    problem: str


def apply_overlay(document: Document, overlay: Overlay, *, spec: str = "openapi.yaml") -> Document:
    """Return a copy of the document with the overlay's actions applied, in their order.

    An update merges objects key by key, appends to arrays and replaces everything else. An array
    given for an array is appended item by item: OpenAPI has no arrays of arrays.

    Args:
        document: The spec; it is left as it is.
        overlay: The overlay.
        spec: The spec's file name, which ``extends`` has to name if it is there.

    Raises:
        SpecError: ``extends`` names another spec, or actions can't be applied as they are written; all
            of these are named, a line each.
    """
    if overlay.extends is not None and overlay.extends.removeprefix("./") != spec:
        raise SpecError(
            f"{overlay.where}: extends {overlay.extends!r}, but it lies beside {spec!r}; "
            "an overlay changes the spec in its own folder"
        )
    result, misfits = apply_what_fits(document, overlay, spec=spec)
    if misfits:
        said = (
            f"{overlay.where}, action {each.number} ({each.action.target}): {each.problem}"
            for each in misfits
        )
        raise SpecError("\n".join(said))
    return result


def apply_what_fits(
    document: Document, overlay: Overlay, *, spec: str = "openapi.yaml"
) -> tuple[Document, list[Misfit]]:
    """Return a copy of the document with the actions applied that fit, and those that don't.

    Args:
        document: The spec; it is left as it is.
        overlay: The overlay.
        spec: The spec's name in messages.
    """
    result = copy.deepcopy(document)
    fitting: list[Action] = []
    misfits: list[Misfit] = []
    for number, action in enumerate(overlay.actions, 1):
        try:
            _apply(result, action, spec)
            fitting.append(action)
        except SpecError as error:
            misfits.append(Misfit(number, action, str(error)))
            result = copy.deepcopy(document)  # nothing may stay of an action that fits in part
            for each in fitting:
                _apply(result, each, spec)
    return result, misfits


def select(document: Document, target: str) -> list[Any]:
    """Return the nodes that an action's target selects, each once; none is no error here."""
    import jsonpath

    query = jsonpath.compile(target, strict=True)
    found = {match.parts: match.obj for match in query.finditer(document)}
    return [*found.values()]


def _apply(document: Document, action: Action, spec: str) -> None:
    matches = _select(document, action.target)
    for node, _ in matches:
        if not isinstance(node, dict | list):
            raise SpecError(
                f"selects the value {node!r}; "
                "a target has to select objects or arrays, so name what holds the value"
            )
    if action.remove:
        for _, parts in sorted(matches, key=lambda match: _removal_order(match[1])):
            _remove(document, parts)
        return
    for node, parts in matches:
        _Update(spec).apply(node, action.update, parts)


def _select(document: Document, target: str) -> list[tuple[Any, tuple[str | int, ...]]]:
    """Find what a target selects: each node once, with the keys that lead to it."""
    import jsonpath

    try:
        query = jsonpath.compile(target, strict=True)
        found = {match.parts: match.obj for match in query.finditer(document)}
    except jsonpath.JSONPathError as error:
        problem = str(error).splitlines()[0]
        raise SpecError(f"the target is no RFC 9535 query: {problem}") from error
    if not found:
        raise SpecError(
            f"selects nothing. {_nearest(document, query)}"
            "If upstream has put this right, delete the action"
        )
    return [(node, parts) for parts, node in found.items()]


def _nearest(document: Document, query: Any) -> str:
    """Say how far the query's path exists in the document, and which name was perhaps meant."""
    import jsonpath

    segments = getattr(query, "segments", ())
    for length in range(len(segments) - 1, -1, -1):
        start = jsonpath.JSONPath(env=query.env, segments=segments[:length])
        nodes = list(start.finditer(document))
        if not nodes:
            continue
        keys = sorted({key for node in nodes if isinstance(node.obj, dict) for key in node.obj})
        wanted = [
            selector.name
            for selector in segments[length].selectors
            if isinstance(selector, jsonpath.selectors.NameSelector)
        ]
        close = [key for name in wanted for key in difflib.get_close_matches(name, keys, 1, 0.5)]
        has = f" (with {', '.join(keys[:12])})" if keys else ""
        meant = f"Did you mean {close[0]!r}? " if close else ""
        return f"The nearest path that exists is {nodes[0].path}{has}. {meant}"
    return ""


def _removal_order(parts: tuple[str | int, ...]) -> tuple[int, int]:
    """Deepest first, and from an array's end, so that what is left to remove keeps its place."""
    last = parts[-1] if parts else 0
    return (-len(parts), -last if isinstance(last, int) else 0)


def _remove(document: Document, parts: tuple[str | int, ...]) -> None:
    if not parts:
        raise SpecError("would remove the whole document")
    holder: Any = document
    for part in parts[:-1]:
        holder = holder[part]
    del holder[parts[-1]]


@frozen
class _Update:
    """Merges an update into what a target selects, and refuses to add what is there already."""

    _spec: str

    def apply(self, node: dict[str, Any] | list[Any], update: Any, parts: _Parts) -> None:
        if isinstance(node, list):
            self._extend(node, update if isinstance(update, list) else [update], parts)
        elif isinstance(update, dict):
            self._merge(node, update, parts)
        else:
            raise SpecError("selects an object, so 'update' has to be a mapping")

    def _merge(self, node: dict[str, Any], update: Mapping[str, Any], parts: _Parts) -> None:
        for key, value in update.items():
            old = node.get(key)
            if isinstance(old, dict) and isinstance(value, dict):
                self._merge(old, value, (*parts, key))
            elif isinstance(old, list) and isinstance(value, list):
                self._extend(old, value, (*parts, key))
            else:
                node[key] = copy.deepcopy(value)

    def _extend(self, node: list[Any], values: list[Any], parts: _Parts) -> None:
        if parts and parts[-1] in _UNIQUE:
            there = {_identity(value): number for number, value in enumerate(node)}
            for value in values:
                identity = _identity(value)
                if identity is not None and (number := there.get(identity)) is not None:
                    raise SpecError(
                        f"adds {_title(value)}, which {self._spec} has already, "
                        f"at {_path((*parts, number))}. "
                        "If upstream documents it now, take it out of the action"
                    )
        node.extend(copy.deepcopy(values))


def _identity(value: Any) -> str | None:
    """Return a text that is the same for two items that may not both stand in a list, if it is known."""
    if not isinstance(value, dict):
        return json.dumps(value)
    if {"name", "in"} <= value.keys():
        return f"{value['in']} {value['name']}"
    known = value.get("url", value.get("$ref"))
    return known if isinstance(known, str) else None


def _title(value: Any) -> str:
    if isinstance(value, dict) and {"name", "in"} <= value.keys():
        return f"the {value['in']} parameter {value['name']!r}"
    return json.dumps(value, ensure_ascii=False)


def _path(parts: _Parts) -> str:
    """Write keys as a JSONPath."""
    steps = (f"[{part}]" if isinstance(part, int) else f"[{part!r}]" for part in parts)
    return "$" + "".join(steps)
