"""OpenAPI Overlay 1.0: what people add to a spec that the machine read.

An overlay is a list of actions, each with a JSONPath target (RFC 9535), an ``update`` or a
``remove``, and a ``description``. Stricter than the standard in two ways, because an overlay here
is a list of claims about an upstream: each action has to say why it is there, and a target that
selects nothing is an error, for then upstream has changed and the claim needs a second look.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import load_document


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
