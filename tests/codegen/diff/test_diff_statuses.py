"""A new word of a status is tried on the plugin: what it doesn't know is said before anybody meets it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.diff import Level, Report, diff
from polyreel.codegen.diff.plugin_statuses import statuses
from polyreel.codegen.generating.overlay import load_overlay
from polyreel.openapi.documents import load_yaml
from polyreel.registry import Registry

SPECS = Path(__file__).parents[3] / "specs"


def spec(provider: str) -> Any:
    return load_yaml((SPECS / provider / "openapi.yaml").read_text(), where=provider)


def with_words(node: Any, field: str, change: dict[str, str | None], more: list[str]) -> Any:
    """Return a document in which the known values of a field are others."""
    node = copy.deepcopy(node)

    def walk(each: Any, name: str) -> None:
        for key, child in each.items() if isinstance(each, dict) else ():
            if name == field and key in ("enum", "x-extensible-enum"):
                kept = [change.get(word, word) for word in child]
                child[:] = [word for word in kept if word is not None] + more
            walk(child, key)
        for child in each if isinstance(each, list) else ():
            walk(child, name)

    walk(node, "")
    return node


def compared(provider: str, field: str, change: dict[str, str | None], *more: str) -> Report:
    old = spec(provider)
    new = with_words(old, field, change, [*more])
    overlay = load_overlay(SPECS / provider / "overlay.yaml")
    return diff(old, new, overlay=overlay, statuses=statuses(provider))


def told(report: Report) -> set[tuple[Level, str, str]]:
    return {
        (each.level, each.operation, each.place)
        for each in report.changes
        if each.rule.startswith("plugin-status")
    }


def test_a_new_word_that_the_plugin_does_not_know_is_a_warning() -> None:
    report = compared("tavus", "status", {}, "marinating")
    assert told(report) == {
        (Level.WARNING, "GET /v2/videos", "200 data[].status"),
        (Level.WARNING, "GET /v2/videos/{video_id}", "200 status"),
        (Level.WARNING, "GET /v2/replicas", "200 data[].status"),
        (Level.WARNING, "GET /v2/replicas/{replica_id}", "200 status"),
    }
    assert any("doesn't know the status `marinating`" in each.text for each in report.changes)


def test_a_word_that_took_the_place_of_a_known_one_is_breaking() -> None:
    report = compared("tavus", "status", {"ready": "plated"})
    assert {level for level, _, _ in told(report)} == {Level.BREAKING}
    assert any("`plated` comes where `ready` did" in each.text for each in report.changes)


@pytest.mark.parametrize(
    ("change", "more"), [({}, ["rendering"]), ({"queued": "pending"}, []), ({"queued": None}, [])]
)
def test_a_word_that_polyreel_knows_and_one_that_is_gone_are_no_trouble(
    change: dict[str, str | None], more: list[str]
) -> None:
    assert told(compared("tavus", "status", change, *more)) == set()


def test_words_of_other_fields_are_no_status() -> None:
    assert told(compared("tavus", "replica_type", {}, "borrowed")) == set()


def test_every_plugin_with_statuses_understands_the_documented_ones() -> None:
    for name in Registry({}).names:
        if (SPECS / name / "overlay.yaml").exists():
            assert told(compared(name, "nothing", {})) == set(), name


def test_without_a_plugin_nothing_is_tried() -> None:
    assert statuses("nobody") is None
