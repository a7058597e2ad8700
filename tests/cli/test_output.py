"""Formats hold whatever providers send, and end whole however the work ends."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel.cli.output import RowFormat, writing
from polyreel.cli.tables import Column, Table
from rich.cells import cell_len

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
rows_of_anything = st.lists(st.fixed_dictionaries({"a": anything, "b": anything}), max_size=4)
by_turns = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(form: RowFormat, rows: list[Any], capsys: pytest.CaptureFixture[str]) -> str:
    with writing(form, keys=["a", "b"], columns=None) as out:
        out.write(rows[:1])
        out.write(rows[1:])
    return capsys.readouterr().out


@by_turns
@given(rows_of_anything)
def test_json_gives_back_what_was_written(capsys: Any, rows: list[Any]) -> None:
    assert json.loads(written(RowFormat.JSON, rows, capsys)) == rows


@by_turns
@given(rows_of_anything)
def test_jsonl_gives_back_what_was_written_line_by_line(capsys: Any, rows: list[Any]) -> None:
    text = written(RowFormat.JSONL, rows, capsys)
    assert [json.loads(line) for line in text.split("\n")[:-1]] == rows


@by_turns
@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()}), max_size=4))
def test_csv_keeps_records_and_columns_apart_and_starts_no_formula(
    capsys: Any, rows: list[Any]
) -> None:
    text = written(RowFormat.CSV, rows, capsys)
    header, *records = csv.reader(io.StringIO(text, newline=""))
    assert header == ["a", "b"]
    assert len(records) == len(rows)
    for cell in (cell for record in records for cell in record):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("form", list(RowFormat))
@pytest.mark.parametrize("sent", ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "a\x08b", "\x7f"])
def test_nothing_that_a_terminal_obeys_is_written(capsys: Any, form: RowFormat, sent: str) -> None:
    text = written(form, [{"a": sent, "b": None}], capsys)
    assert not any(letter in text for letter in "\x1b\x07\x9b\x08\x7f")


@pytest.mark.parametrize("sent", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_formula_becomes_text_in_csv(capsys: Any, sent: str) -> None:
    text = written(RowFormat.CSV, [{"a": sent, "b": -1}], capsys)
    assert next(csv.DictReader(io.StringIO(text, newline=""))) == {"a": f"'{sent}", "b": "-1"}


def test_an_array_is_whole_when_the_work_breaks_off(capsys: Any) -> None:
    with suppress(KeyboardInterrupt), writing(RowFormat.JSON, keys=["a"], columns=None) as out:
        out.write([{"a": 1}])
        raise KeyboardInterrupt
    assert json.loads(capsys.readouterr().out) == [{"a": 1}]


COLUMNS = (
    Column(header="UID", cell=lambda row: row["uid"], rank=0),
    Column(header="TITLE", cell=lambda row: row["title"], rank=1, flexible=True),
    Column(header="MODEL", cell=lambda row: row["model"], rank=2),
    Column(header="WHOSE", cell=lambda row: row["whose"], rank=3, varied=True),
)


def table(
    capsys: Any, monkeypatch: pytest.MonkeyPatch, rows: list[Any], width: int | None = None
) -> list[str]:
    monkeypatch.setattr("polyreel.cli.tables._width", lambda: width)
    made = Table(COLUMNS)
    made.write({"title": None, "model": None, "whose": None, **row} for row in rows)
    made.close()
    lines: list[str] = capsys.readouterr().out.splitlines()
    return lines


def test_columns_without_any_value_are_left_out(capsys: Any, monkeypatch: Any) -> None:
    assert table(capsys, monkeypatch, [{"uid": "a:1", "model": "m"}]) == ["UID  MODEL", "a:1  m"]


def test_a_varied_column_is_shown_only_when_its_values_differ(
    capsys: Any, monkeypatch: Any
) -> None:
    same = [{"uid": "a:1", "whose": "x"}, {"uid": "a:2", "whose": "x"}]
    assert table(capsys, monkeypatch, same)[0] == "UID"
    same[1]["whose"] = "y"
    assert table(capsys, monkeypatch, same)[0] == "UID  WHOSE"


def test_on_a_narrow_terminal_titles_are_cut_before_columns_go(
    capsys: Any, monkeypatch: Any
) -> None:
    rows = [{"uid": "a:1", "title": "word " * 10, "model": "some-model"}]
    wide = table(capsys, monkeypatch, rows, 80)
    narrow = table(capsys, monkeypatch, rows, 45)
    narrower = table(capsys, monkeypatch, rows, 32)
    narrowest = table(capsys, monkeypatch, rows, 10)

    assert wide[1] == f"a:1  {'word ' * 9}word  some-model"
    assert narrow[1] == "a:1  word word word word word wo…  some-model"
    assert narrower[0] == "UID  TITLE"
    assert narrowest == ["UID", "a:1"]  # a uid is there to be copied: never cut


@by_turns
@given(titles=st.lists(st.text(), min_size=1, max_size=4), width=st.integers(35, 100))
def test_no_line_is_wider_than_the_terminal(capsys: Any, titles: list[str], width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        rows = [{"uid": "a:1", "title": title, "model": "猫"} for title in titles]
        lines = table(capsys, patch, rows, width)
    assert all(cell_len(line) <= width for line in lines)
    assert len(lines) == len(titles) + 1
