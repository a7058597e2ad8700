"""Findings of reading pages besides the facts: contradictions, unread sentences, and warnings."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen


@frozen
class Conflict:
    """Two statements on one fact that can't both be true; the first was kept.

    Attributes:
        place: Where, such as ``GET /v2/videos query page``.
        fact: What about it, such as ``default``.
        kept: The value that stands in the document.
        kept_from: The page, or the part of one, that says so.
        other: The value that was not taken.
        other_from: The page, or the part of one, that says otherwise.
    """

    place: str
    fact: str
    kept: Any
    kept_from: str
    other: Any
    other_from: str

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.fact} is {_shown(self.kept)} by {self.kept_from}, but "
            f"{_shown(self.other)} by {self.other_from}; kept the former"
        )


@frozen
class UnreadSentence:
    """A sentence that looks like a fact and was not understood.

    Attributes:
        place: What it describes, such as ``GET /v2/videos query page``.
        sentence: The sentence as the page has it; for a person to read, never stored.
        source: The page's name.
    """

    place: str
    sentence: str
    source: str

    def __str__(self) -> str:
        return f"{self.source}: {self.place}: {self.sentence}"


def _shown(value: Any) -> str:
    return "absent" if value is None else json.dumps(value, ensure_ascii=False)
