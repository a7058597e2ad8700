"""YAML and JSON become plain data, or a clear error; never anything else."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.errors import SpecError
from polyreel.openapi.documents import (
    dump_json,
    dump_yaml,
    load_document,
    load_json,
    load_yaml,
    pointer,
    pointer_parts,
)

_LOOKS_LIKE = st.sampled_from(
    [
        "on",
        "no",
        "null",
        "~",
        "1e3",
        "0o17",
        "0x1F",
        "1_000",
        "010",
        "2024-01-01",
        "12:30",
        ".5",
        "<<",
        "=",
        "",
    ]
)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | _LOOKS_LIKE
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT
)
_DATA = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4)
)
_DOCUMENTS = st.dictionaries(_TEXT, _DATA, max_size=5)


@given(_DOCUMENTS)
def test_what_was_written_as_yaml_reads_as_the_same(document: dict[str, Any]) -> None:
    assert load_yaml(dump_yaml(document), where="it") == document


@given(_DOCUMENTS)
def test_what_was_written_as_json_reads_as_the_same(document: dict[str, Any]) -> None:
    assert load_json(dump_json(document), where="it") == document


def test_the_core_schema_of_yaml_1_2_decides_what_a_word_is() -> None:
    text = "a: on\nb: no\nc: 0o17\nd: 017\ne: 1e3\nf: 2024-05-06\ng: 1:30\nh: True\ni: ~\nj: 1_000"

    assert load_yaml(text, where="it") == {
        "a": "on",
        "b": "no",
        "c": 15,
        "d": 17,
        "e": 1000.0,
        "f": "2024-05-06",
        "g": "1:30",
        "h": True,
        "i": None,
        "j": "1_000",
    }


def test_a_key_is_the_text_that_it_is() -> None:
    assert load_yaml("200: {on: 1, null: 2}", where="it") == {"200": {"on": 1, "null": 2}}


def test_an_alias_is_a_copy_so_that_changing_one_place_changes_no_other() -> None:
    document = load_yaml("a: &x {b: [1]}\nc: *x", where="it")
    document["a"]["b"].append(2)

    assert document["c"] == {"b": [1]}


@pytest.mark.parametrize("text", ['{"a": 1}', "a: 1", '\ufeff{"a": 1}', "\ufeffa: 1"])
def test_yaml_and_json_are_told_apart_by_looking(text: str) -> None:
    assert load_document(text, where="it") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: !!python/object/apply:os.system [x]", "tag"),
        ("a: !custom x", "tag"),
        ("a: &x [*x]", "refers to nothing before it"),
        ("a: 1\na: 2", "stands twice"),
        ("200: 1\n'200': 2", "stands twice"),
        ("<<: {a: 1}", "merge key"),
        ("? [a]\n: b", "isn't plain text"),
        ("a: 1\n---\nb: 2", "more than one"),
        ("a: .nan", "not a number that JSON can hold"),
        ("a: -.inf", "not a number that JSON can hold"),
        ("a: 1e999", "not a number that JSON can hold"),
        ("a: " + "9" * 5000, "5000 digits"),
        ("a: b: c", "not valid YAML"),
        ("a: \x07", "not valid YAML"),
        ("- a", "holds no mapping"),
        ("", "holds no mapping"),
        ("a: " + "[" * 5000, "deeper"),
        ("a: " + "{a: " * 5000, "deeper"),
    ],
)
def test_yaml_that_is_too_clever_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        load_yaml(text, where="page.md")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "thousands of digits"),
        ('{"a": "\\ud800"}', "half of a character"),
        ('{"a": }', "line 1: not valid JSON"),
        ("[1]", "holds no mapping"),
        ('{"a":' * 5000, "deeper"),
        ('{"a":' * 150 + "1" + "}" * 150, "deeper"),
    ],
)
def test_json_that_is_too_clever_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        load_json(text, where="page.md")


def test_errors_name_the_document_and_the_line() -> None:
    with pytest.raises(SpecError, match=r"^page\.md, line 3: the key 'a' stands twice"):
        load_yaml("a: 1\nb: 2\na: 3", where="page.md")


def _laughs() -> str:
    lines = ["a0: &a0 [ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        _laughs(),
        "a: [" + "1," * 4_000_000 + "]",
        '{"a": [' + "1," * 4_000_000 + "1]}",
        "a: |\n" + " x\n" * 4_000_000,
    ],
    ids=["laughs", "yaml", "json", "too long"],
)
def test_a_document_that_is_made_to_exhaust_is_refused_in_seconds(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(SpecError):
        load_document(text, where="it")

    assert time.monotonic() - started < 20


@given(st.lists(st.text(max_size=8), max_size=4))
def test_a_pointer_splits_into_what_it_was_joined_from(parts: list[str]) -> None:
    assert pointer_parts(pointer(*parts)) == parts
