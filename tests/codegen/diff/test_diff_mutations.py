"""One change to a realistic spec gives exactly its rule, at its place, in every spelling."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from polyreel.codegen.diff import diff
from polyreel.codegen.diff.rules import RULES
from support.mutations import CATALOGUE, SAME, mutated, older, spec

TODAY = date(2026, 11, 1)

SPELLINGS = {
    "3.1": (lambda d: d, lambda d: d),
    "3.0": (older, older),
    "3.0 to 3.1": (older, lambda d: d),
    "3.1 to 3.0": (lambda d: d, older),
}


def found(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(c.rule, c.operation, c.place) for c in diff(old, new, today=TODAY).changes]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("mutation", CATALOGUE, ids=lambda m: m.name)
def test_a_mutation_gives_its_rule_at_its_place_and_nothing_else(mutation, spelling):
    before, after = SPELLINGS[spelling]
    old, new = before(spec()), after(mutated(mutation))
    assert sorted(found(old, new)) == sorted(mutation.expected)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("mutation", SAME, ids=lambda m: m.name)
def test_another_spelling_of_the_same_is_no_change(mutation, spelling):
    before, after = SPELLINGS[spelling]
    assert found(before(spec()), after(mutated(mutation))) == []
    assert found(after(mutated(mutation)), before(spec())) == []


def test_every_rule_is_shown_by_a_mutation():
    by_digest = {"description-changed"}
    by_overlay = {
        "overlay-action-unfit",
        "plugin-use-lost",
        "plugin-status-renamed",
        "plugin-status-unknown",
    }
    by_bad_spots = {"old-unreadable", "new-unreadable"}
    shown = {rule for mutation in CATALOGUE for rule, _, _ in mutation.expected}
    assert shown == set(RULES) - by_digest - by_overlay - by_bad_spots


def test_comparing_leaves_both_documents_as_they_were():
    old, new = spec(), mutated(CATALOGUE[0])
    kept = copy.deepcopy((old, new))
    diff(old, new, today=TODAY)
    assert (old, new) == kept
