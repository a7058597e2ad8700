"""How many items each choice of a facet would show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from polyreel.library.catalog.browsing import FACETS


def counts(
    tally: Mapping[tuple[str, ...], int], chosen: Mapping[str, Sequence[str]]
) -> dict[str, list[tuple[str, int]]]:
    """Count each value of each facet among the items that the *other* facets' choices leave.

    Args:
        tally: Values of all facets, in the order of `FACETS`, to a number of items.
        chosen: Facet to the values that are chosen; none means all.

    Returns:
        Facet to values and counts: months newest first, others most frequent first. A chosen value that
        nothing has is there with 0.
    """
    found = {facet: Counter(dict.fromkeys(chosen.get(facet, ()), 0)) for facet in FACETS}
    for values, number in tally.items():
        misses = [
            facet
            for facet, value in zip(FACETS, values, strict=True)
            if chosen.get(facet) and value not in chosen[facet]
        ]
        for facet, value in zip(FACETS, values, strict=True):
            if misses in ([], [facet]):
                found[facet][value] += number
    return {
        facet: sorted(counted.items(), key=_newest if facet == "month" else _frequent)
        for facet, counted in found.items()
    }


def total(tally: Mapping[tuple[str, ...], int], chosen: Mapping[str, Sequence[str]]) -> int:
    """Count the items that all choices leave."""
    return sum(
        number
        for values, number in tally.items()
        if all(
            not chosen.get(facet) or value in chosen[facet]
            for facet, value in zip(FACETS, values, strict=True)
        )
    )


def _frequent(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _newest(counted: tuple[str, int]) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in counted[0]) or (1,)
