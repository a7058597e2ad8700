"""What a caller asks is judged at the call, by itself, in a sentence that says what was expected."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import Status, UnsupportedOption
from polyreel.hub.collection import Collection
from polyreel.listing.options import ListOptions, check

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def since(value: Any) -> datetime:
    bound = check({"since": value}, now=NOW).since
    assert bound is not None
    return bound.at


def until(value: Any) -> datetime:
    bound = check({"until": value}, now=NOW).until
    assert bound is not None
    return bound.at


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"on_error": "ignore"}, "on_error must be one of raise and skip, not 'ignore'"),
        ({"limit": "3"}, "limit must be a whole number, not '3'"),
        ({"limit": 2.5}, "limit must be a whole number, not 2.5"),
        ({"limit": True}, "limit must be a whole number, not True"),
        ({"limit": -1}, "limit must be 0 or more, not -1"),
        ({"page_size": 0}, "page_size must be 1 or more, not 0"),
        ({"page_size": "10"}, "page_size must be a whole number"),
        ({"cursor": 3}, "cursor must be a text that an earlier listing gave, not 3"),
        ({"cursor": ""}, "cursor must be a text"),
        ({"order": "newest"}, "order must be one of asc and desc, not 'newest'"),
        ({"order": 1}, "order must be one of asc and desc, not 1"),
        ({"provider": 7}, "provider must be a name or several names"),
        ({"provider": ["tavus", None]}, "provider must be a name or several names"),
        ({"account": b"work"}, "account must be a name or several names"),
        ({"account": {"work": 1}}, "account must be a name or several names"),
        ({"account": []}, "account is empty; leave it out, or give None, for all"),
        ({"account": ""}, "account must be a name that isn't empty"),
        ({"exclude": object()}, "exclude must be a name or several names"),
        ({"status": "done"}, "there is no status 'done'; statuses are queued, running, ready"),
        ({"status": "raedy"}, "did you mean ready?"),
        ({"status": 3}, "status must be a status or several, not 3"),
        ({"status": []}, "status is empty"),
        ({"filters": ["a=b"]}, "filters must be a mapping"),
        ({"filters": {1: "b"}}, "filters must be a mapping"),
        ({"since": "last week"}, "since must be a day .* a time .* or an age"),
        ({"since": 7}, "since must be a day"),
        ({"since": "999999999w"}, "since must be a day"),
        ({"until": timedelta(-1)}, "until must be an age of zero or more"),
        ({"since": "1d", "until": "2d"}, "since .* must be before until"),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_expected(
    options: dict[str, Any], said: str
) -> None:
    with pytest.raises(UnsupportedOption, match=said):
        check(options, now=NOW)


@given(
    name=st.sampled_from([*ListOptions.__annotations__]),
    value=st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(),
        st.lists(st.none() | st.text() | st.integers()), st.dictionaries(st.text(), st.integers()),
        st.timedeltas(), st.datetimes(), st.dates(), st.builds(object),
    ),
)  # fmt: skip
def test_whatever_is_given_is_taken_or_refused_by_name(name: str, value: object) -> None:
    try:
        check({name: value}, now=NOW)
    except UnsupportedOption as error:
        assert name in str(error)  # noqa: PT017 - most values are taken


def test_an_option_that_isnt_there_is_a_type_error_as_for_any_function() -> None:
    with pytest.raises(TypeError, match="no option 'limits'; did you mean 'limit'"):
        check({"limits": 3})


def test_nothing_asked_is_everything() -> None:
    options = check({}, now=NOW)
    assert options == check(dict.fromkeys(ListOptions.__annotations__), now=NOW)
    assert (options.providers, options.statuses, options.limit) == ((), None, None)
    assert options.on_error == "raise"


def test_names_and_statuses_may_be_one_or_several_and_statuses_in_any_case() -> None:
    options = check({"provider": "a", "account": ["x", "y", "x"], "status": ("READY", "failed")})
    assert (options.providers, options.accounts) == (("a",), ("x", "y"))
    assert options.statuses == {Status.READY, Status.FAILED}


def test_times_in_filters_go_out_in_iso_8601() -> None:
    """Providers read that; what str() makes of a datetime is read by few."""
    tokyo = timezone(timedelta(hours=9))
    filters = {
        "after": datetime(2026, 11, 25, 13, 5, tzinfo=UTC),
        "before": datetime(2026, 11, 25, 22, 5, tzinfo=tokyo),
        "naive": datetime(2026, 11, 25, 13, 5, 0, 500_000, UTC).replace(tzinfo=None),
        "day": date(2026, 11, 25),
        "several": (date(2026, 1, 2), "x", 3),
    }
    assert check({"filters": filters}).filters == {
        "after": "2026-11-25T13:05:00Z",
        "before": "2026-11-25T13:05:00Z",
        "naive": "2026-11-25T13:05:00.500000Z",
        "day": "2026-11-25",
        "several": ["2026-01-02", "x", 3],
    }


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("20261120", datetime(2026, 11, 20, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T08:30", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("2026-11-20 08:30:05z", datetime(2026, 11, 20, 8, 30, 5, tzinfo=UTC)),
        ("2026-11-20T08:30+02:00", datetime(2026, 11, 20, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 20, 8), datetime(2026, 11, 20, 8, tzinfo=UTC)),  # noqa: DTZ001
        (
            datetime(2026, 11, 20, 8, tzinfo=timezone(timedelta(hours=2))),
            datetime(2026, 11, 20, 6, tzinfo=UTC),
        ),
        ("7d", NOW - timedelta(days=7)),
        ("24H", NOW - timedelta(hours=24)),
        ("30m", NOW - timedelta(minutes=30)),
        ("2w", NOW - timedelta(weeks=2)),
        (timedelta(hours=1), NOW - timedelta(hours=1)),
    ],
)
def test_a_window_begins_at_a_day_a_time_or_an_age(value: Any, moment: datetime) -> None:
    assert since(value) == moment
    assert since(value).tzinfo is UTC


def test_a_window_ends_before_a_time_but_after_a_whole_day() -> None:
    assert until("2026-11-20T08:00Z") == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert until("2026-11-20") == until(date(2026, 11, 20)) == datetime(2026, 11, 21, tzinfo=UTC)
    assert check({"since": "2026-11-20", "until": "2026-11-20"}).since is not None


def test_every_option_is_described_where_an_editor_shows_it() -> None:
    described = inspect.getdoc(Collection.list) or ""
    for name in ListOptions.__annotations__:
        assert f"    {name}: " in described, name
