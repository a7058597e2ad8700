"""Notice changes to what a listing pages by.

Such a change can be harmless by every other rule, and still make a listing lose items or never end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from polyreel.codegen.diff.constraints import Finding
from polyreel.openapi.operations import is_success

PARAMETERS = frozenset({
    "limit", "page", "page_size", "per_page", "page_number", "offset", "skip", "after", "before",
    "cursor", "marker", "token", "page_token", "next_token", "next_page_token",
    "continuation_token", "starting_after", "ending_before", "order", "order_by", "ordering",
    "sort", "sort_by", "sort_order",
})  # fmt: skip
"""Query parameters that say which part of a list is wanted, and in which order."""

ENVELOPE = frozenset({
    "has_more", "has_next", "next", "next_token", "next_page", "next_page_token", "next_cursor",
    "next_url", "cursor", "first_id", "last_id", "total", "total_count", "total_items",
    "total_pages", "page", "page_size", "per_page", "limit", "offset", "pagination", "paging",
    "page_info",
})  # fmt: skip
"""Properties around a list that say how it goes on."""

_NAMING = ("parameter", "size", "total", "more", "next", "first_id", "last_id")


def touched(
    found: Iterable[tuple[str, Finding]], paging: Iterable[str]
) -> Iterator[tuple[str, Finding]]:
    """Yield one finding for each place of a list operation that pages and changed otherwise.

    A class that is called otherwise sends and reads the same.

    Args:
        found: The differences that were found in the operation.
        paging: Names that its overlay says it pages by, beside the usual ones.
    """
    named = frozenset(paging)
    places = dict.fromkeys(place for place, each in found if each.rule != "symbol-renamed")
    for place in places:
        root, _, path = place.partition(" ")
        name = re.split(r"[.\[]", path, maxsplit=1)[0].lower()
        known = ENVELOPE if is_success(root) else PARAMETERS if root == "query" else frozenset()
        if name in known | named:
            yield place, Finding("pagination-touched")


def named_in(operation: dict[str, Any]) -> set[str]:
    """Return the names that an operation's ``x-polyreel`` extension says it pages by."""
    extension = operation.get("x-polyreel")
    paging = extension.get("paging") if isinstance(extension, dict) else None
    if not isinstance(paging, dict):
        return set()
    named = (paging.get(key) for key in _NAMING)
    return {name.lower() for name in named if isinstance(name, str)}
