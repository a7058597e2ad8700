"""A listing's cursor brings every account back to where it stood, and a broken one is told apart."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st
from polyreel import ConfigurationError
from polyreel.listing.cursors import Position, decode, encode

POSITIONS = st.dictionaries(
    st.text(min_size=1),
    st.builds(
        Position,
        cursor=st.none() | st.text(),
        after=st.none() | st.text(),
        count=st.integers(0),
        page_size=st.integers(1, 1000),
    ),
    max_size=5,
)


@given(positions=POSITIONS)
def test_positions_survive_being_written_down(positions: dict[str, Position]) -> None:
    text = encode(positions)
    assert decode(text) == positions
    assert re.fullmatch(r"[\w-]+", text, re.ASCII), "it must need no quoting in shells and URLs"


def test_a_position_within_a_page_counts_on() -> None:
    at = Position(cursor="3", after="a", count=20, page_size=10).past("d", 4)
    assert at == Position(cursor="3", after="d", count=24, page_size=10)


@pytest.mark.parametrize("text", ["", "3", "video_123", "bGlrZSBvdXJz", "polyreel"])
def test_a_providers_own_cursor_is_told_apart(text: str) -> None:
    assert decode(text) is None


def ours(plain: object) -> str:
    return "polyreel-" + urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "polyreel-",
        "polyreel-x",
        "polyreel-é",
        "polyreel-!!!!",
        ours([]),
        ours(1),
        ours({"a": 1}),
        ours({"a": []}),
        ours({"a": [1, None, 0, 1]}),
        ours({"a": [None, {}, 0, 1]}),
        ours({"a": [None, None, float("inf"), 1]}),
        ours({"a": [None, None, "x", 1]}),
        ours({"a": [None, None, 0, None]}),
        ours({"a": [None, None, [], 1]}),
        "polyreel-" + urlsafe_b64encode(b"[" * 100000).decode(),
    ],
    ids=lambda text: text[:40],
)
def test_a_broken_cursor_of_ours_is_refused_in_words(text: str) -> None:
    with pytest.raises(ConfigurationError, match="was it cut"):
        decode(text)


@given(text=st.text())
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    with suppress(ConfigurationError):
        decode(f"polyreel-{text}")


@given(positions=POSITIONS.filter(len), data=st.data())
def test_a_cursor_that_was_cut_never_reads_as_another_one(
    positions: dict[str, Position], data: st.DataObject
) -> None:
    text = encode(positions)
    cut = text[: data.draw(st.integers(len("polyreel-"), len(text) - 1))]
    with pytest.raises(ConfigurationError):
        decode(cut)
