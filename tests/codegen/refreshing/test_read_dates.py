"""When documentation was really read: the locks, the plugins and the doctor say the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from polyreel.codegen.refreshing import spec_store
from polyreel.codegen.refreshing.sources_lock import load_lock
from polyreel.registry import Registry
from support.shelf import Shelf

SPECS = Path(__file__).parents[3] / "specs"
PROVIDERS = sorted(path.parent.name for path in SPECS.glob("*/sources.lock"))


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_plugin_says_of_what_day_its_documentation_is(name: str) -> None:
    """The oldest of its pages counts, and a copy is of the day on which it was made."""
    lock = load_lock(SPECS / name)
    assert lock is not None
    lifecycle = Registry().provider(name).lifecycle

    assert lifecycle.retrieved.isoformat() == min(page.retrieved for page in lock.pages.values())
    assert lock.checked == (lifecycle.checked.isoformat() if lifecycle.checked else None)


def test_copies_are_of_the_day_that_is_given(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    assert shelf.refresh(copied=date(2026, 3, 16)).state == "new"

    lock = spec_store.load(shelf.folder).lock
    assert lock is not None
    assert {page.retrieved for page in lock.pages.values()} == {"2026-03-16"}
    assert lock.checked is None  # copies say nothing of what stands at the address


def test_a_check_against_the_addresses_is_recorded_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path)
    monkeypatch.setattr(
        "polyreel.codegen.refreshing.one.ProviderRefresh._is_whole_web", lambda _self: True
    )
    seen = []
    for days, record in ((0, False), (1, False), (2, True), (3, False)):
        shelf.refresh(today=date(2026, 1, 1) + timedelta(days=days), record=record)
        lock = spec_store.load(shelf.folder).lock
        seen.append(lock and lock.checked)

    assert seen == ["2026-01-01", "2026-01-01", "2026-01-03", "2026-01-03"]
