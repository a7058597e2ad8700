"""Sentences that are facts, and those that only look like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.codegen.reading.sentences import Subject, read_sentences

INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
STRING = {"type": "string"}
BOOLEAN = {"type": "boolean"}
ORDER = {"type": "string", "enum": ["asc", "desc"]}


def facts(
    text: str, schema: dict[str, Any] | None = None, subject: Subject = "parameter"
) -> dict[str, Any]:
    return dict(read_sentences(text, subject=subject, schema=schema).facts)


@pytest.mark.parametrize(
    ("text", "schema", "default"),
    [
        ("How many to send. Default is 10.", INTEGER, 10),
        ("Defaults to 10", INTEGER, 10),
        ("How many to send (default: 10).", INTEGER, 10),
        ("How many to send, default 10.", INTEGER, 10),
        ("The default value is 1,000.", INTEGER, 1000),
        ("Default is 10 items per page.", INTEGER, 10),
        ("Default is -1.", INTEGER, -1),
        ("If omitted, defaults to 6.", INTEGER, 6),
        ("Defaults to 6 when not provided.", INTEGER, 6),
        ("Default: 0.5", NUMBER, 0.5),
        ("Default is true.", BOOLEAN, True),
        ("Defaults to `false`.", BOOLEAN, False),
        ("Defaults to `newest`.", STRING, "newest"),
        ("Defaults to “newest”.", STRING, "newest"),
        ("Defaults to desc.", ORDER, "desc"),
        ("Possible values: up, down. Default is down.", STRING, "down"),
        ("**Default:** `7`", INTEGER, 7),
    ],
)
def test_a_default_in_a_sentence_is_a_default(
    text: str, schema: dict[str, Any], default: Any
) -> None:
    found = facts(text, schema)["default"]

    assert (found, type(found)) == (default, type(default))


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("Default is the account's own voice.", STRING),
        ("Defaults to the newest.", STRING),
        ("Defaults to newest.", STRING),
        ("Default is 10 for free accounts.", INTEGER),
        ("Default is 10 or 20.", INTEGER),
        ("Default is 10%.", INTEGER),
        ("Default is 10 MB.", INTEGER),
        ("Default is 10 if verbose is set.", INTEGER),
        ("The default is not 10.", INTEGER),
        ("The default was 10.", INTEGER),
        ("Default is 0.5.", INTEGER),
        ("Default is ten.", INTEGER),
        ("Default is 10.", BOOLEAN),
        ("Defaults to `sideways`.", ORDER),
        ("Default is 500.", INTEGER | {"maximum": 100}),
        ("Defaults to `now`.", STRING | {"format": "date-time"}),
        ("Default is 10. The default is 20.", INTEGER),
        ("Defaults to null for the first page.", STRING),
        ("Sets the default voice.", STRING),
        ("Default is 10.", {}),
        ("Default is 10.", {"type": "array", "items": STRING}),
    ],
)
def test_a_default_that_is_not_said_exactly_is_left_to_a_person(
    text: str, schema: dict[str, Any]
) -> None:
    read = read_sentences(text, subject="parameter", schema=schema)

    assert "default" not in read.facts
    assert read.unread_sentences


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("How it stands. Possible values: waiting, done, lost.", ["waiting", "done", "lost"]),
        (
            "Whose it is. Possible values: mine, theirs. Theirs are made by others.",
            ["mine", "theirs"],
        ),
        ("Possible values: `a`, `b` or `c`.", ["a", "b", "c"]),
        ("Allowed values are 'a' and 'b'.", ["a", "b"]),
        ("Valid options: a | b | c", ["a", "b", "c"]),
        ("Must be one of `a`, `b`, or `c`.", ["a", "b", "c"]),
        ('Either "a" or "b".', ["a", "b"]),
        ("Possible values: `a` (the usual), `b`.", ["a", "b"]),
        ("Possible values:\n- `a`: does this\n- `b`: does that", ["a", "b"]),
        ("Possible values: in_progress, v1.5, 720x1280.", ["in_progress", "v1.5", "720x1280"]),
    ],
)
def test_possible_values_in_a_sentence_are_an_open_enum(text: str, values: list[str]) -> None:
    assert facts(text, STRING, "property") == {"x-extensible-enum": values}


@pytest.mark.parametrize(
    "text",
    [
        "Possible values are strings and numbers.",
        "Possible values: any text you like.",
        "Possible values: 1-100",
        "One of the videos of the account.",
        "Possible values: if verbose, a, b.",
        "Either this or that.",
    ],
)
def test_values_that_are_prose_are_no_enum(text: str) -> None:
    assert facts(text, STRING, "property") == {}


def test_values_are_of_the_type_of_their_schema() -> None:
    assert facts("Possible values: 4, 8, 12.", INTEGER) == {"x-extensible-enum": [4, 8, 12]}
    assert facts("Possible values: four, 8.", INTEGER) == {}
    assert facts("Possible values: yes, no.", BOOLEAN) == {}


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Which page to send (0-indexed).", 0),
        ("Which page to send, 1-based.", 1),
        ("A zero-based number.", 0),
        ("Which page to send, starting from 1.", 1),
        ("Pages are counted from 0.", 0),
    ],
)
def test_where_pages_are_counted_from_is_recorded(text: str, base: int) -> None:
    assert facts(text, INTEGER) == {"x-index-base": base}


def test_the_default_that_is_called_the_first_page_is_where_counting_starts() -> None:
    text = "Which page to send (0-indexed). Default is 0 (first page)."

    assert facts(text, INTEGER) == {"x-index-base": 0, "default": 0}
    assert facts("Default is 1 (first page).", INTEGER) == {"x-index-base": 1, "default": 1}


@pytest.mark.parametrize(
    ("text", "schema", "found"),
    [
        ("How many, between 1 and 100.", INTEGER, {"minimum": 1, "maximum": 100}),
        ("Limit can range between 1 and 100, and the default is 20.", INTEGER,
         {"minimum": 1, "maximum": 100, "default": 20}),
        ("How many (1-100).", INTEGER, {"minimum": 1, "maximum": 100}),
        ("Max 50.", INTEGER, {"maximum": 50}),
        ("How many (max: 50, default: 10)", INTEGER, {"maximum": 50, "default": 10}),
        ("Maximum of 1,000 items.", INTEGER, {"maximum": 1000}),
        ("How many, up to 50.", INTEGER, {"maximum": 50}),
        ("Must not exceed 50.", INTEGER, {"maximum": 50}),
        ("At least 1, at most 5.", INTEGER, {"minimum": 1, "maximum": 5}),
        ("Between 0 and 1.", NUMBER, {"minimum": 0, "maximum": 1}),
        ("Maximum 80 characters.", STRING, {"maxLength": 80}),
        ("Takes up to 30 minutes.", INTEGER, {}),
        ("Maximum 50 MB.", INTEGER, {}),
        ("Max 50 for free accounts.", INTEGER, {}),
        ("Between 1 and 100.", STRING, {}),
        ("Max 50. No, max 60.", INTEGER, {}),
    ],
)  # fmt: skip
def test_bounds_in_sentences(text: str, schema: dict[str, Any], found: dict[str, Any]) -> None:
    assert facts(text, schema) == found


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Required.", True),
        ("Required. What it is called.", True),
        ("What it is called (required)", True),
        ("This field is required.", True),
        ("Optional. What it is called.", False),
        ("Optional: what it is called.", False),
        ("Not required if there is a name.", None),
        ("It is required when there is no name.", None),
        ("No name is required to begin.", None),
        ("An optional name.", None),
    ],
)
def test_required_and_optional_in_sentences(text: str, needed: bool | None) -> None:
    assert facts(text, STRING).get("required") is needed


@pytest.mark.parametrize(
    ("text", "deprecated"),
    [
        ("Deprecated.", True),
        ("Deprecated: take the other.", True),
        ("This field is deprecated in favour of the other.", True),
        ("Its name (deprecated)", True),
        ("This is no longer deprecated.", None),
        ("Takes the place of a deprecated field.", None),
        ("Not deprecated.", None),
    ],
)
def test_deprecation_in_sentences(text: str, deprecated: bool | None) -> None:
    assert facts(text, STRING, "property").get("deprecated") is deprecated


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This API will shut down on September 24, 2026.", "2026-09-24"),
        ("The endpoint is scheduled to be removed on 24 Sep 2026.", "2026-09-24"),
        ("The whole API is scheduled to permanently shut down on 2026-09-24.", "2026-09-24"),
        ("The service will be discontinued on September 24th, 2026.", "2026-09-24"),
        ("This API will not shut down on September 24, 2026.", None),
        ("The old model will shut down on September 24, 2026.", None),
        ("This API will shut down on some day in September.", None),
        ("This API will shut down on February 30, 2026.", None),
    ],
)
def test_the_day_on_which_an_operation_ends(text: str, day: str | None) -> None:
    assert facts(text, subject="operation").get("x-sunset") == day


def test_the_end_of_an_api_is_never_read_off_a_field() -> None:
    assert facts("This API will shut down on September 24, 2026.", STRING, "property") == {}


def test_what_looks_like_a_fact_and_is_not_understood_is_returned_for_a_person() -> None:
    read = read_sentences(
        "A name. The default depends on the plan.", subject="parameter", schema=STRING
    )

    assert read.unread_sentences == ("The default depends on the plan",)


@pytest.mark.parametrize(
    "text",
    [
        "Can be waiting, working or done",
        "It is either waiting or done",
        "waiting or done",
        "How it stands (waiting, working, done)",
        "How it stands; `waiting`, `working`, or `done`",
        "Choose between `fast` and `slow`",
        "`waiting`: nobody has begun",
        "Accepted: mp4, webm",
        "lifecycle: waiting, working, or done",
    ],
)
def test_what_may_list_values_is_returned_where_values_are_not_known(text: str) -> None:
    def unread(schema: dict[str, Any]) -> tuple[str, ...]:
        return read_sentences(text, subject="property", schema=schema).unread_sentences

    assert unread(STRING) == (text,)
    if not text.startswith("lifecycle"):
        assert unread({"type": "string", "enum": ["waiting", "done"]}) == unread(INTEGER) == ()


def test_prose_without_facts_leaves_no_sentence_unread() -> None:
    read = read_sentences(
        "The name that people see. It can be changed.", subject="property", schema=STRING
    )

    assert (dict(read.facts), read.unread_sentences) == ({}, ())


@given(st.text(max_size=200), st.sampled_from([INTEGER, NUMBER, STRING, BOOLEAN, ORDER, {}]))
def test_any_text_is_read_without_trouble(text: str, schema: dict[str, Any]) -> None:
    read = read_sentences(text, subject="parameter", schema=schema)

    assert read == read_sentences(text, subject="parameter", schema=schema)


@given(
    st.integers(0, 10**6), st.sampled_from(["Default is {}.", "(default: {})", "Defaults to `{}`"])
)
def test_every_whole_number_can_be_a_default(number: int, form: str) -> None:
    assert facts(
        f"How many. {form.format(f'{number:,}' if '`' not in form else number)}", INTEGER
    ) == {"default": number}


def test_a_long_text_is_read_in_no_time() -> None:
    assert facts("between 1 and " * 20_000, INTEGER) == {}
    assert facts("default " * 20_000, INTEGER) == {}
    assert facts("Possible values: " + "a, " * 50_000, STRING) == {}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Lifecycle: `started`, `completed`, or `error`.", ["started", "completed", "error"]),
        ("Can be `a`, `b` or `c`.", ["a", "b", "c"]),
        ("The state of it, which can be `a` or `b`.", ["a", "b"]),
        ("Options: a, b, c", ["a", "b", "c"]),
        ("`a` | `b` | `c`", ["a", "b", "c"]),
        ("How it is sorted (`asc` or `desc`)", ["asc", "desc"]),
        ("Can be `a`, `b` or `null`.", ["a", "b"]),
    ],
)
def test_lists_of_values_are_read_as_pages_word_them(text: str, values: list[str]) -> None:
    assert facts(text, subject="property", schema=STRING) == {"x-extensible-enum": values}


@pytest.mark.parametrize(
    "text",
    ["Can be a link or a text.", "Note: `a`, `b`.", "See `a` (`b` and more).", "Can be `a`."],
)
def test_what_only_looks_like_a_list_of_values_is_none(text: str) -> None:
    assert facts(text, subject="property", schema=STRING) == {}
