"""Limits of a tool result: at most a number of tokens, whatever a provider's data is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from polyreel.models import render

MOST_TOKENS = 10_000
"""Tokens of one result, its text and its structured copy counted together."""

ROWS_TOKENS = 3_800
"""Tokens of a result's rows; what else it says must fit beside them, and all of it comes twice."""

NOTES_TOKENS = 900
"""Tokens of what a result says of accounts that failed."""

_PER_ASCII = 0.75
_DEEPEST = 20  # levels of JSON
_ASCII = bytes(range(128))

# Characters that a person doesn't see and a model may read: tags, and what turns the direction of writing.
_HIDDEN = re.compile("[\U000e0000-\U000e007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def at_most_tokens(text: str) -> int:
    """Return a number of tokens that a text doesn't exceed.

    Random letters and digits came to 0.72 tokens each at the most, and letters of rare scripts to one for
    each byte, in the vocabularies o200k_base and cl100k_base (measured 2026-11-25). English has a third.
    """
    data = text.encode(errors="backslashreplace")
    rare = len(data.translate(None, _ASCII))
    return int((len(data) - rare) * _PER_ASCII) + rare + 1


def compact(value: Any) -> str:
    """Write a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def encodable(value: Any) -> Any:
    """Return JSON data that UTF-8 can hold: half of a surrogate pair is written out."""
    if isinstance(value, str):
        return render.encodable(value)
    if isinstance(value, Mapping):
        return {encodable(name): encodable(each) for name, each in value.items()}
    return [encodable(each) for each in value] if isinstance(value, list | tuple) else value


def cut(text: str, longest: int) -> str:
    """Return what can be seen of a text, or of its beginning with a note of how much more there was."""
    shown = _HIDDEN.sub("", text[:longest])
    more = len(text) - longest
    return shown if more <= 0 else f"{shown}… [{more:,} more characters]"


def cut_texts(row: Mapping[str, Any], longest: int) -> dict[str, Any]:
    """Return a row without what is None, its texts cut."""
    return {
        name: cut(value, longest) if isinstance(value, str) else value
        for name, value in row.items()
        if value is not None
    }


def shortened(value: Any, most_tokens: int) -> Any:
    """Return JSON data that has at most so many tokens: texts cut, long lists and objects ended early.

    Texts of more than 4,000 characters, and lists of more than 400 values, are cut anyway.
    """
    longest, many = 4_000, 400
    found = _shorter(value, longest, many, _DEEPEST)
    while at_most_tokens(compact(found)) > most_tokens:
        if longest < 2:
            return f"{compact(value)[: most_tokens // 8]}…"
        longest, many = longest // 2, max(many // 2, 1)
        found = _shorter(value, longest, many, _DEEPEST)
    return found


def _shorter(value: Any, longest: int, many: int, depth: int) -> Any:
    if isinstance(value, str):
        return cut(value, longest)
    if not isinstance(value, dict | list | tuple) or not value:
        return value
    if depth == 0:
        return "…"
    left = len(value) - many
    if isinstance(value, dict):
        kept = {
            cut(name, longest): _shorter(each, longest, many, depth - 1)
            for name, each in [*value.items()][:many]
        }
        return kept if left <= 0 else {**kept, "…": f"{left:,} more"}
    every = [_shorter(each, longest, many, depth - 1) for each in value[:many]]
    return every if left <= 0 else [*every, f"… {left:,} more"]


@define
class BoundedRows:
    """Rows of a result, as many as fit into a number of tokens.

    Attributes:
        most_tokens: Tokens of all rows.
        rows: Those that fit.
        left_out: How many didn't.
        full: Whether a row that would fit into an empty result didn't fit any more.
    """

    most_tokens: int = ROWS_TOKENS
    rows: list[dict[str, Any]] = field(factory=list)
    left_out: int = 0
    full: bool = False
    _used: int = 0

    def add(self, row: Mapping[str, Any]) -> bool:
        """Add a row if it fits; tell whether it did."""
        tokens = at_most_tokens(compact(row))
        # A row that would fit into no result doesn't fill this one: nobody can come back for it.
        if tokens <= self.most_tokens:
            self.full = self.full or self._used + tokens > self.most_tokens
        if self.full or tokens > self.most_tokens:
            self.left_out += 1
            return False
        self._used += tokens
        self.rows.append(dict(row))
        return True

    def result(self, name: str, **more: Any) -> dict[str, Any]:
        """Return the result: the rows under a name, and what else is to be said, unless it is nothing."""
        said = {"left_out": self.left_out or None, **more}
        return {name: self.rows} | {key: value for key, value in said.items() if value is not None}


def noted(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Return notes that fit beside the rows of a result; None where there are none."""
    kept = BoundedRows(NOTES_TOKENS)
    for row in rows:
        kept.add(cut_texts(row, 300))
    if kept.left_out:
        kept.rows.append({"message": f"{kept.left_out:,} more"})
    return kept.rows or None
