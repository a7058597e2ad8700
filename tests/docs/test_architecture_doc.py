"""docs/architecture.md leads to files that are there, and is reached from where people begin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/architecture.md"
ROWS = re.findall(
    r"^\| (?!you want|---)(.+) \| `(.+)` \| `(.+)` \|$", PAGE.read_text(), re.MULTILINE
)


@pytest.mark.parametrize(("wanted", "code", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_what_a_row_names_is_there(wanted: str, code: str, tests: str) -> None:
    assert (ROOT / code).is_file()
    named = ROOT / tests
    assert named.is_file() or any(named.rglob("test_*.py"))


def test_the_table_answers_the_usual_questions() -> None:
    assert len(ROWS) >= 15
    assert len({code for _, code, _ in ROWS}) == len(ROWS)


def test_every_wing_of_the_core_is_named() -> None:
    wings = {path.parent.name for path in (ROOT / "core/polyreel").glob("*/__init__.py")}
    assert not {wing for wing in wings if f"{wing}/" not in PAGE.read_text()}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_page_is_reached_from_where_people_begin(page: str) -> None:
    assert "(docs/architecture.md)" in (ROOT / page).read_text()
