"""A cursor brings every source of its listing back to where it stood; others are refused."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, timedelta

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from polyreel import ConfigurationError
from polyreel.listing.cursors import Binding, Cursor, Position, decode, encode, resumed
from polyreel.listing.delivered import Delivered
from polyreel.listing.time_bounds import TimeBound

LISTS = ("", "/talks", "/clips")
TIMES = st.datetimes(timezones=st.just(UTC))
AGES = st.integers(0, 10**9).map(lambda seconds: timedelta(seconds=seconds))
BOUNDS = st.none() | st.builds(TimeBound, TIMES, st.none() | AGES)
NAMES = st.text("abcdefgh-._", min_size=1)
BINDINGS = st.builds(
    Binding,
    kind=st.sampled_from(["videos", "replicas"]),
    accounts=st.lists(NAMES, min_size=1, max_size=4, unique=True).map(tuple),
    statuses=st.sets(st.sampled_from(["ready", "failed"])).map(lambda it: tuple(sorted(it))),
    order=st.sampled_from([None, "asc", "desc"]),
    filters=st.sampled_from(["{}", '{"title":"a"}', '{"title":"b"}']),
    since=BOUNDS,
    until=BOUNDS,
)
KNOWN = st.lists(st.text(), max_size=9).map(lambda ids: Delivered().past(ids))
POSITIONS = st.builds(
    Position,
    cursor=st.none() | st.text(),
    after=st.lists(st.text(), max_size=5).map(tuple),
    count=st.integers(0),
    page_size=st.none() | st.integers(1, 1000),
    first=st.none() | st.integers(0, 1),
    known=st.none() | KNOWN,
)


@st.composite
def cursors(draw: st.DrawFn) -> Cursor:
    binding = draw(BINDINGS)
    lists = st.sampled_from(LISTS)
    sources = st.builds(lambda name, one: name + one, st.sampled_from(binding.accounts), lists)
    positions = draw(st.dictionaries(sources, POSITIONS, min_size=1, max_size=5))
    return Cursor(binding=binding, positions=positions)


@given(cursor=cursors())
def test_a_cursor_survives_being_written_down(cursor: Cursor) -> None:
    text = encode(cursor)
    assert decode(text) == cursor
    assert re.fullmatch(r"[\w-]+", text, re.ASCII), "it must need no quoting in shells and URLs"


def test_a_position_within_a_page_counts_on() -> None:
    at = Position(cursor="3", after=("a",), count=20, page_size=10).past(["b", "c", "d"])
    assert at == Position(cursor="3", after=("d", "c", "b", "a"), count=23, page_size=10)


def test_a_position_keeps_the_last_ids_alone() -> None:
    at = Position(after=("b", "a")).past([str(number) for number in range(100)])
    assert at.after == ("99", "98", "97", "96", "95")


# Which listing a cursor belongs to


def resume(cursor: Cursor, asked: Binding) -> tuple[Binding, Mapping[str, Position]]:
    """Go on with a cursor, where each account may have any of the lists."""
    return resumed(encode(cursor), asked, [name + one for name in asked.accounts for one in LISTS])


@given(cursor=cursors())
def test_a_cursor_goes_on_with_the_listing_that_gave_it(cursor: Cursor) -> None:
    assert resume(cursor, cursor.binding) == (cursor.binding, cursor.positions)


@given(cursor=cursors(), other=BINDINGS)
def test_the_cursor_of_a_listing_with_other_options_is_refused_and_what_differs_is_named(
    cursor: Cursor, other: Binding
) -> None:
    mine = cursor.binding
    for name in ("kind", "statuses", "order", "filters", "since", "until"):
        value = getattr(other, name)
        bound, same = getattr(mine, name), getattr(mine, name) == value
        if isinstance(bound, TimeBound) and isinstance(value, TimeBound):
            same = bound.age == value.age and (bound.age is not None or bound.at == value.at)
        if same:
            continue
        with pytest.raises(ConfigurationError, match=name.replace("statuses", "status")):
            resume(cursor, evolve(mine, **{name: value}))


@given(cursor=cursors(), change=st.sampled_from(["one more", "one less", "another"]))
def test_the_cursor_of_other_accounts_is_refused(cursor: Cursor, change: str) -> None:
    accounts = cursor.binding.accounts
    (left,) = {source.partition("/")[0] for source in list(cursor.positions)[:1]}
    asked = {
        "one more": (*accounts, "nobody"),
        "one less": tuple(name for name in accounts if name != left),
        "another": ("nobody",),
    }[change]
    with pytest.raises(ConfigurationError, match="belongs to"):
        resume(cursor, evolve(cursor.binding, accounts=asked))


@given(cursor=cursors(), at=TIMES, later=TIMES, age=AGES)
def test_an_age_means_the_same_window_whenever_the_listing_goes_on(
    cursor: Cursor, at: object, later: object, age: timedelta
) -> None:
    first = evolve(cursor.binding, since=TimeBound(at, age))  # type: ignore[arg-type]
    again = evolve(cursor.binding, since=TimeBound(later, age))  # type: ignore[arg-type]
    binding, _ = resume(evolve(cursor, binding=first), again)
    assert binding.since == first.since


def test_a_list_that_an_account_has_no_more_is_refused() -> None:
    cursor = Cursor(
        binding=Binding(kind="videos", accounts=("a",)), positions={"a/old": Position()}
    )
    with pytest.raises(ConfigurationError, match="belongs to a"):
        resumed(encode(cursor), cursor.binding, ["a/talks", "a/clips"])


def test_a_providers_own_cursor_goes_to_the_only_list_there_is() -> None:
    asked = Binding(kind="videos", accounts=("a",))
    assert resumed("abc", asked, ["a"]) == (asked, {"a": Position(cursor="abc")})
    with pytest.raises(ConfigurationError, match="single list"):
        resumed("abc", asked, ["a/talks", "a/clips"])


# Texts that aren't ours, and ours that are damaged


@pytest.mark.parametrize("text", ["", "3", "video_123", "bGlrZSBvdXJz", "polyreel"])
def test_a_providers_own_cursor_is_told_apart(text: str) -> None:
    assert decode(text) is None


def ours(plain: object) -> str:
    packed = zlib.compress(json.dumps(plain).encode())
    return "polyreel-" + urlsafe_b64encode(packed).decode().rstrip("=")


WHOLE = {
    "kind": "videos",
    "accounts": ["a"],
    "statuses": [],
    "order": None,
    "filters": "{}",
    "since": None,
    "until": None,
    "at": {"a": [None, None, 0, None]},
}


@pytest.mark.parametrize(
    "text",
    [
        "polyreel-",
        "polyreel-x",
        "polyreel-é",
        "polyreel-!!!!",
        ours([]),
        ours(1),
        ours({}),
        ours({**WHOLE, "at": 1}),
        ours({**WHOLE, "at": {"a": []}}),
        ours({**WHOLE, "at": {"a": [1, None, 0, 1]}}),
        ours({**WHOLE, "at": {"a": [None, {}, 0, 1]}}),
        ours({**WHOLE, "at": {"a": [None, None, float("inf"), 1]}}),
        ours({**WHOLE, "at": {"a": [None, None, "x", 1]}}),
        ours({**WHOLE, "at": {"a": [None, None, [], 1]}}),
        ours({**WHOLE, "since": ["yesterday", None]}),
        ours({**WHOLE, "since": ["2026-01-01", "old"]}),
        ours({**WHOLE, "accounts": [1]}),
        "polyreel-" + urlsafe_b64encode(zlib.compress(b"[" * 100000)).decode().rstrip("="),
        "polyreel-" + urlsafe_b64encode(zlib.compress(b"0" * 20_000_000)).decode().rstrip("="),
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


@given(cursor=cursors(), data=st.data())
def test_a_cursor_that_was_cut_never_reads_as_another_one(
    cursor: Cursor, data: st.DataObject
) -> None:
    text = encode(cursor)
    cut = text[: data.draw(st.integers(len("polyreel-"), len(text) - 1))]
    with pytest.raises(ConfigurationError):
        decode(cut)


@given(cursor=cursors(), data=st.data())
def test_a_cursor_that_was_mistyped_never_reads_as_another_one(
    cursor: Cursor, data: st.DataObject
) -> None:
    text = encode(cursor)
    place = data.draw(st.integers(len("polyreel-"), len(text) - 1))
    letter = data.draw(st.sampled_from("abcXYZ019-_"))
    with suppress(ConfigurationError):
        assert decode(text[:place] + letter + text[place + 1 :]) == cursor
