"""Which page to ask for in a list that is counted, so that it overlaps with what was read.

Two pages that share a row have nothing between them, whatever was inserted or deleted in the meantime.
By offset a page can begin anywhere, so each begins with the last row that is known. Pages with numbers
begin at multiples of their size; another size makes them overlap: after the rows 0-49, page 1 of size 49
holds the rows 49-97, and page 2 of size 48 the rows 96-143.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from attrs import frozen

from polyreel.models import Order

Counted = Literal["offset", "number"]


@frozen(eq=False)
class Ask:
    """A page to ask for.

    Attributes:
        cursor: The plugin's cursor, None for the first page.
        size: How many rows to ask for.
        start: How many rows come before it, in a list that is counted.
        order: Another order than the listing's, in which the list begins at its other end; or None.
    """

    cursor: str | None
    size: int
    start: int = 0
    order: Order | None = None


def first_page(size: int) -> Ask:
    """Ask for the first page."""
    return Ask(None, size)


def behind(by: Counted, covered: int, size: int, first: int, *, overlap: bool = True) -> Ask:
    """Ask for the rows behind those that are known, and for the last of these again.

    Args:
        by: How the list is counted.
        covered: How many rows are known, from the first on.
        size: The most rows that a page can have.
        first: The number of the first page.
        overlap: False to begin behind the last known row: sizes are not heeded.

    Returns:
        A page that begins before that place; at it where no page that overlaps has new rows.
    """
    if covered <= 0:
        return first_page(size)
    if by == "offset":
        start = covered - 1 if overlap and size > 1 else covered
        return Ask(str(start) if start else None, size, start)
    number, size = (_overlapping(covered, size) if overlap else None) or (covered // size, size)
    return Ask(str(first + number), size, number * size) if number else first_page(size)


@lru_cache(maxsize=4096)
def _overlapping(covered: int, largest: int) -> tuple[int, int] | None:
    """Find the page that holds row ``covered - 1`` and reaches furthest, as its number and size.

    There is none where ``covered`` is a multiple of every size, which happens for small pages only.
    """
    reach, size = max((((covered - 1) // size + 1) * size, size) for size in range(1, largest + 1))
    return ((covered - 1) // size, size) if reach > covered else None
