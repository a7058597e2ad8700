"""Whatever a provider sends becomes the promised type or None, and never an exception."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import convert

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**310)
    | st.floats()
    | st.text()
    | st.from_regex(r"[-+]?[0-9.,/%xX: TZ+-]{0,30}", fullmatch=True)
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
ASCTIME = st.from_regex(
    r"(Mon|Tue|Xyz)?,? ?[0-9]{1,5}[ -](Jan|Feb|Foo)[ -][0-9]{1,6} [0-9:]{0,12} ?(GMT|EST|[+-][0-9]{0,8}|Z)?",
    fullmatch=True,
)


def is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def is_finite(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


PROMISES: list[tuple[Callable[[object], Any], Callable[[Any], bool]]] = [
    (convert.text, is_text),
    (convert.reason, is_text),
    (convert.share, lambda value: is_finite(value) and 0 <= value <= 100),
    (convert.url, lambda value: value.startswith(("http://", "https://"))),
    (convert.number, is_finite),
    (convert.seconds, lambda value: is_finite(value) and value >= 0),
    (convert.whole, lambda value: isinstance(value, int) and not isinstance(value, bool)),
    (convert.percent, lambda value: is_finite(value) and 0 <= value <= 100),
    (convert.time, lambda value: isinstance(value, datetime) and value.tzinfo is UTC),
]


@pytest.mark.parametrize(
    ("function", "holds"), PROMISES, ids=lambda it: getattr(it, "__name__", "")
)
@given(value=JSON | ASCTIME)
def test_any_json_value_gives_the_promised_type_or_none(
    function: Callable[[object], Any], holds: Callable[[Any], bool], value: object
) -> None:
    found = function(value)
    assert found is None or holds(found)


@given(value=JSON)
def test_a_size_is_two_numbers_or_none_at_all(value: object) -> None:
    width, height = convert.size(value)
    assert (width is None) == (height is None)
    assert width is None or (isinstance(width, int) and isinstance(height, int))


@given(value=JSON)
def test_only_a_missing_id_is_refused(value: object) -> None:
    absent = value in (None, "") or isinstance(value, bool | list | dict)
    if absent:
        with pytest.raises(ValueError, match="without an id"):
            convert.identifier(value)
    else:
        assert is_text(convert.identifier(value))


MOMENT = datetime(2024, 8, 28, 15, 27, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "sent",
    [
        1724858860,
        1724858860.0,
        "1724858860",
        1724858860_000,
        "2024-08-28T15:27:40Z",
        "2024-08-28T15:27:40+00:00",
        "2024-08-28T17:27:40+0200",
        "2024-08-28 15:27:40",
        " 2024-08-28T15:27:40 ",
        "2024-08-28T15:27:40.000000000Z",
        "Wed, 28 Aug 2024 15:27:40 GMT",
        "Wed, 28 Aug 2024 15:27:40 -0000",
        "Wed, 28 Aug 2024 10:27:40 -0500",
        MOMENT,
        MOMENT.replace(tzinfo=None),
        MOMENT.astimezone(timezone(timedelta(hours=9))),
    ],
)
def test_a_time_in_any_providers_shape_is_the_same_moment(sent: object) -> None:
    assert convert.time(sent) == MOMENT


def test_microseconds_of_a_time_are_kept() -> None:
    assert convert.time("2024-08-28 15:27:40.824457") == MOMENT.replace(microsecond=824457)


@pytest.mark.parametrize(
    "sent",
    [
        0,
        "0",
        -5,
        "",
        " ",
        "soon",
        "NonexNone",
        True,
        {},
        [],
        math.nan,
        math.inf,
        "99999-01-01",
        "0001-01-01T00:00:00+14:00",
        10**20,
        "Mon, 99 Foo 2024 99:99:99 GMT",
    ],
)
def test_what_is_no_time_is_none(sent: object) -> None:
    assert convert.time(sent) is None


@given(stamp=st.integers(1, 10**11 - 1), micro=st.integers(0, 999_999))
def test_every_moment_survives_iso_8601(stamp: int, micro: int) -> None:
    moment = datetime.fromtimestamp(stamp, UTC).replace(microsecond=micro)
    assert convert.time(moment.isoformat()) == moment
    assert convert.time(moment.isoformat().replace("+00:00", "Z")) == moment


@pytest.mark.parametrize(
    ("sent", "percent"),
    [
        (42, 42),
        ("42", 42),
        ("42%", 42),
        (" 42.5 % ", 42.5),
        ("42/100", 42),
        ("1/2", 50),
        ("0/100", 0),
        ("100/100", 100),
        (120, 100),
        (-3, 0),
        ("3/0", None),
        ("1" * 400 + "/" + "1" * 400, None),
        ("", None),
        ("done", None),
        (True, None),
    ],
)
def test_progress_is_a_percentage(sent: object, percent: float | None) -> None:
    assert convert.percent(sent) == percent


@pytest.mark.parametrize(
    ("sent", "size"),
    [
        ("1280x720", (1280, 720)),
        ("1280X720", (1280, 720)),
        (" 1280 * 720 ", (1280, 720)),
        ("", (None, None)),
        ("NonexNone", (None, None)),
        ("auto", (None, None)),
        (None, (None, None)),
        (1280, (None, None)),
    ],
)
def test_a_size_is_width_and_height(sent: object, size: tuple[int | None, int | None]) -> None:
    assert convert.size(sent) == size


@pytest.mark.parametrize(
    ("function", "sent", "found"),
    [
        (convert.text, "", None),
        (convert.text, 8, "8"),
        (convert.text, False, None),
        (convert.text, {"message": "x"}, None),
        (convert.reason, {"code": "E1", "message": "x"}, "x"),
        (convert.reason, {"code": "E1", "message": None}, "E1"),
        (convert.reason, {"kind": "x"}, None),
        (convert.reason, "x", "x"),
        (convert.share, 0.25, 25),
        (convert.share, "0.5", 50),
        (convert.share, 7, 100),
        (convert.url, "https://cdn.example/v.mp4?x=1", "https://cdn.example/v.mp4?x=1"),
        (convert.url, "", None),
        (convert.url, "javascript:alert(1)", None),
        (convert.url, "file:///etc/passwd", None),
        (convert.url, "/videos/1", None),
        (convert.seconds, "8", 8),
        (convert.seconds, 8, 8),
        (convert.seconds, "3.5s", 3.5),
        (convert.seconds, "s", None),
        (convert.seconds, "", None),
        (convert.seconds, -1, None),
        (convert.whole, 1280.0, 1280),
        (convert.whole, "1280", 1280),
        (convert.whole, 12.5, None),
        (convert.whole, math.inf, None),
        (convert.number, True, None),
        (convert.flag, False, False),
        (convert.flag, 1, None),
        (convert.flag, "true", None),
        (convert.number, "1e5", None),
        (convert.number, "0x10", None),
    ],
)
def test_single_values(function: Callable[[object], object], sent: object, found: object) -> None:
    assert function(sent) == found


def test_a_generated_clients_unset_is_absent() -> None:
    from polyreel_clients.openai.types import UNSET

    for function, _ in PROMISES:
        assert function(UNSET) is None
    assert convert.size(UNSET) == (None, None)
