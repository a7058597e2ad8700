"""What a user reads when a list can't be read to its end: what the server did, and what to do."""

from __future__ import annotations

_NO_PAGES = "the server ignores which page is asked for"
CIRCLE = (
    "gives a cursor that it gave before: its pages lead in a circle, and the rest can't be had from this "
    "server"
)
GONE = "the place to go on from is gone: list it anew"
_NO_AFTER = (
    "the server lacks `after`, since it ignores the id to go on after; ask for more at once (page_size), or "
    "in another order"
)
_NO_WAY_ON = "its cursors don't lead on, and the rest can't be had from this server"
_BROKEN_PROMISE = (
    "promises more items, but the page that should have them is empty; go on from there later, or list it "
    "anew"
)


def came_again(by: str) -> str:
    """Say why a page comes again instead of the next one.

    Args:
        by: What cursors are, as :attr:`polyreel.Page.by` says.
    """
    if by in {"number", "offset"}:
        return _NO_PAGES
    return _NO_AFTER if by == "id" else _NO_WAY_ON


def empty(cursor: str | None, *, promised: bool) -> str:
    """Say what it means that a page is empty where more should come.

    Args:
        cursor: How it was asked for.
        promised: The page before it promised more.
    """
    if promised:
        return _BROKEN_PROMISE
    return (
        f"gives nothing after the item {cursor!r}, nor after those before it; they may have been deleted: "
        "list it anew"
    )
