"""OpenAPI Overlay 1.0: what people add to a spec that the machine read.

An overlay is a list of actions, each with a JSONPath target (RFC 9535), an ``update`` or a
``remove``, and a ``description``. Stricter than the standard in two ways, because an overlay here
is a list of claims about an upstream: each action has to say why it is there, and a target that
selects nothing is an error, for then upstream has changed and the claim needs a second look.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, load_document


@frozen
class Action:
    """One change of an overlay.

    Attributes:
        target: An RFC 9535 query for the objects and arrays to change.
        reason: The action's ``description``: why it is there, and the source of its facts.
        update: What to merge into each selected object, or append to each selected array.
        remove: Whether what is selected goes away; ``update`` has no effect then.
    """

    target: str
    reason: str
    update: Any = None
    remove: bool = False


@frozen
class Overlay:
    """A whole overlay document.

    Attributes:
        where: The document's name in messages.
        title: What the overlay is for.
        version: The overlay's own version.
        extends: The spec that it is for, or None where it doesn't say.
        actions: What it does, in order.
    """

    where: str
    title: str
    version: str
    extends: str | None
    actions: tuple[Action, ...]


def load_overlay(path: Path) -> Overlay:
    """Read an overlay file.

    Raises:
        SpecError: Not readable, or not a well-formed overlay.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: {error}") from error
    return parse_overlay(load_document(text, where=str(path)), where=str(path))


def parse_overlay(document: Mapping[str, Any], *, where: str) -> Overlay:
    """Turn an overlay document into an `Overlay`.

    Args:
        document: The document as plain data.
        where: Its name in messages.

    Raises:
        SpecError: A field is missing, unknown or of the wrong type, or an action gives no reason.
    """
    _check_fields(document, {"overlay": str, "info": dict, "extends": str, "actions": list}, where)
    if not re.fullmatch(r"1\.0\.\d+", document.get("overlay", "")):
        raise SpecError(f"{where}: 'overlay' has to be a version 1.0.x of the Overlay standard")
    info = document.get("info", {})
    _check_fields(info, {"title": str, "version": str}, f"{where}, info")
    if not info.get("title") or not info.get("version"):
        raise SpecError(f"{where}: info needs a title and a version")
    if not document.get("actions"):
        raise SpecError(f"{where}: an overlay needs at least one action; delete the file instead")
    return Overlay(
        where=where,
        title=info["title"],
        version=info["version"],
        extends=document.get("extends"),
        actions=tuple(
            _action(raw, f"{where}, action {number}")
            for number, raw in enumerate(document["actions"], 1)
        ),
    )


def actions_of(path: Path) -> tuple[Action, ...]:
    """Read the actions of an overlay file, each with its reason; none if there is no such file."""
    return load_overlay(path).actions if path.exists() else ()


def apply_overlay(document: Document, overlay: Overlay, *, spec: str = "openapi.yaml") -> Document:
    """Return a copy of the document with the overlay's actions applied, in their order.

    An update merges objects key by key, appends to arrays and replaces everything else. An array
    given for an array is appended item by item: OpenAPI has no arrays of arrays.

    Args:
        document: The spec; it is left as it is.
        overlay: The overlay.
        spec: The spec's file name, which ``extends`` has to name if it is there.

    Raises:
        SpecError: ``extends`` names another spec, or an action can't be applied as it is written.
    """
    if overlay.extends is not None and overlay.extends.removeprefix("./") != spec:
        raise SpecError(
            f"{overlay.where}: extends {overlay.extends!r}, but it lies beside {spec!r}; "
            "an overlay changes the spec in its own folder"
        )
    result = copy.deepcopy(document)
    for number, action in enumerate(overlay.actions, 1):
        where = f"{overlay.where}, action {number} ({action.target})"
        _apply(result, action, where)
    return result


def select(document: Document, target: str) -> list[Any]:
    """Give the nodes that an action's target selects, each once; none is no error here."""
    import jsonpath

    query = jsonpath.compile(target, strict=True)
    found = {match.parts: match.obj for match in query.finditer(document)}
    return [*found.values()]


def _check_fields(raw: Mapping[str, Any], fields: Mapping[str, type], where: str) -> None:
    for name, value in raw.items():
        if name.startswith("x-"):
            continue
        if name not in fields:
            close = difflib.get_close_matches(name, fields, 1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise SpecError(f"{where}: {name!r} is no field of an overlay{hint}")
        if not isinstance(value, fields[name]):
            raise SpecError(f"{where}: {name!r} has to be a {_KINDS[fields[name]]}")


_KINDS = {str: "text", dict: "mapping", list: "list", bool: "true or false", object: "value"}


def _action(raw: Any, where: str) -> Action:
    if not isinstance(raw, dict):
        raise SpecError(f"{where}: has to be a mapping with a target")
    _check_fields(raw, {"target": str, "description": str, "update": object, "remove": bool}, where)
    if not raw.get("target"):
        raise SpecError(f"{where}: has no target")
    if not raw.get("description", "").strip():
        raise SpecError(
            f"{where} ({raw['target']}): gives no reason; "
            "say in 'description' why it is there, with source and date"
        )
    remove = raw.get("remove", False)
    if not remove and "update" not in raw:
        raise SpecError(f"{where} ({raw['target']}): needs an 'update' or 'remove: true'")
    return Action(raw["target"], raw["description"].strip(), raw.get("update"), remove)


def _apply(document: Document, action: Action, where: str) -> None:
    matches = _select(document, action.target, where)
    for node, _ in matches:
        if not isinstance(node, dict | list):
            raise SpecError(
                f"{where}: selects the value {node!r}; "
                "a target has to select objects or arrays, so name what holds the value"
            )
    if action.remove:
        for _, parts in sorted(matches, key=lambda match: _removal_order(match[1])):
            _remove(document, parts, where)
        return
    for node, _ in matches:
        _update(node, action.update, where)


def _select(document: Document, target: str, where: str) -> list[tuple[Any, tuple[str | int, ...]]]:
    """Find what a target selects: each node once, with the keys that lead to it."""
    import jsonpath

    try:
        query = jsonpath.compile(target, strict=True)
        found = {match.parts: match.obj for match in query.finditer(document)}
    except jsonpath.JSONPathError as error:
        problem = str(error).splitlines()[0]
        raise SpecError(f"{where}: the target is no RFC 9535 query: {problem}") from error
    if not found:
        raise SpecError(
            f"{where}: selects nothing. {_nearest(document, query)}"
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


def _remove(document: Document, parts: tuple[str | int, ...], where: str) -> None:
    if not parts:
        raise SpecError(f"{where}: would remove the whole document")
    holder: Any = document
    for part in parts[:-1]:
        holder = holder[part]
    del holder[parts[-1]]


def _update(node: dict[str, Any] | list[Any], update: Any, where: str) -> None:
    if isinstance(node, list):
        node.extend(copy.deepcopy(update if isinstance(update, list) else [update]))
    elif isinstance(update, dict):
        _merge(node, update)
    else:
        raise SpecError(f"{where}: selects an object, so 'update' has to be a mapping")


def _merge(node: dict[str, Any], update: Mapping[str, Any]) -> None:
    for key, value in update.items():
        old = node.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(copy.deepcopy(value))
        else:
            node[key] = copy.deepcopy(value)
