"""Parts of a document that somebody else wrote, taken with a clear error where something else stands."""

from __future__ import annotations

import json
from typing import Any

from polyreel.errors import SpecError


def written(part: Any) -> str:
    """Return a text that two parts share when they differ in nothing but order and prose."""
    return json.dumps(_in_order(part), sort_keys=True)


def mapping(part: dict[str, Any], key: str, *, where: str = "the document") -> dict[str, Any]:
    """Return the mapping under a key, empty where there is none.

    Raises:
        SpecError: Something else stands there.
    """
    found = part.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise SpecError(f"{where}: {key!r} is {type(found).__name__}, not a mapping")
    return found


def listing(part: dict[str, Any], key: str, *, where: str = "the document") -> list[Any]:
    """Return the list under a key, empty where there is none.

    Raises:
        SpecError: Something else stands there.
    """
    found = part.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise SpecError(f"{where}: {key!r} is {type(found).__name__}, not a list")
    return found


def members(part: dict[str, Any], key: str) -> list[Any]:
    """Return the list under a key; empty where anything else stands there."""
    found = part.get(key)
    return found if isinstance(found, list) else []


def _in_order(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {key: value for key, value in part.items() if not _is_prose(key, value)}
        return {key: _in_order(value) for key, value in kept.items()}
    if isinstance(part, list):
        return sorted(map(_in_order, part), key=lambda item: json.dumps(item, sort_keys=True))
    return part


def _is_prose(key: str, value: Any) -> bool:
    return key in ("title", "summary", "description", "example") and isinstance(value, str)
