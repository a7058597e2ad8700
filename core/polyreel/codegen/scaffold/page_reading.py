"""Which of the ready-made page readers (``polyreel.paging``) a list takes, written as a call."""

from __future__ import annotations

from collections.abc import Mapping

from polyreel.codegen.scaffold.page_style import PageGuess, PageStyle

_READERS: Mapping[PageStyle, str] = {
    "page": "by_number", "offset": "by_offset", "token": "by_token", "last_id": "by_last_id",
    "next_url": "by_next_url", "whole": "whole",
}  # fmt: skip
_SIGNALS: Mapping[PageStyle, tuple[str, ...]] = {
    "page": ("more", "total"),
    "offset": ("next", "more", "total"),
    "token": ("next", "more", "total"),
    "next_url": ("next", "more", "total"),
    "last_id": ("last_id", "more", "total"),
    "whole": ("total",),
}


def page_reader(mapping: str, keys: tuple[str, ...], paging: PageGuess, keep: str = "") -> str:
    """Write the call that makes a list's ``read``.

    Args:
        mapping: The function that gives the field map.
        keys: The fields that lead to the items.
        paging: How the list is read in parts.
        keep: The function that tells which items belong to the listing, or "".

    Returns:
        For example ``paging.by_token(video_fields(), 'data', next='next_token')``.
    """
    arguments = [f"{mapping}()", *([repr(".".join(keys))] if keys else [])]
    for signal in _SIGNALS[paging.style]:
        if signal in paging.signals:
            name = signal.removesuffix("_id")
            arguments.append(f"{name}={'.'.join(paging.signals[signal])!r}")
    if paging.style == "page" and paging.first_is_known:
        arguments.append(f"first={paging.first}")
    arguments += [f"keep={keep}"] if keep else []
    return f"paging.{_READERS[paging.style]}({', '.join(arguments)})"
