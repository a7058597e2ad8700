"""A library says what the accounts hold: nothing that exists is lost, nothing is taken for deleted."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel.library.catalog.reading import LibraryReader
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.sync.report import SyncOutcome
from polyreel.library.sync.run import SyncOptions
from support.worlds import Home, World

FULL = SyncOptions(full=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def test_the_first_sync_reads_everything(path: Path) -> None:
    world = World("acme")
    world.make(12, "ready")
    [outcome] = Home(path, world).sync()

    assert (outcome.mode, outcome.requests, outcome.new, outcome.changed) == ("full", 3, 12, 0)
    assert Home(path, world).kept("acme") == world.truth()


def test_a_second_sync_of_an_unchanged_account_reads_one_page(path: Path) -> None:
    world = World("acme")
    world.make(50, "ready")
    home = Home(path, world)
    home.sync()
    [outcome] = home.sync()

    assert (outcome.mode, outcome.requests) == ("head", 1)
    assert (outcome.new, outcome.changed, outcome.gone) == (0, 0, 0)


def test_links_that_are_signed_anew_are_no_change(path: Path) -> None:
    world = World("acme")
    world.make(7, "ready")
    home = Home(path, world)
    home.sync()
    [outcome] = home.sync(FULL)

    assert (outcome.new, outcome.changed, outcome.gone) == (0, 0, 0)
    assert [change.what for change in home.changes] == ["new"] * 7


def test_a_video_that_becomes_ready_below_a_settled_page_is_not_missed(path: Path) -> None:
    world = World("acme")
    world.make(1, "running")
    world.make(40, "ready")
    home = Home(path, world)
    home.sync()
    world.videos[-1].status = "ready"
    [outcome] = home.sync()

    assert (outcome.mode, outcome.requests, outcome.changed) == ("head", 2, 1)
    assert home.kept("acme") == world.truth()
    assert home.changes[-1].before is not None
    assert (home.changes[-1].before.status, home.changes[-1].item.status) == ("running", "ready")


def test_many_unsettled_videos_are_read_by_pages_instead_of_one_by_one(path: Path) -> None:
    world = World("acme", page_size=100)
    world.make(400, "running")
    world.make(100, "ready")
    home = Home(path, world)
    home.sync()
    for each in world.videos:
        each.status = "ready"
    [outcome] = home.sync()

    assert outcome.requests == 5
    assert home.kept("acme") == world.truth()


def test_a_list_that_is_not_newest_first_is_read_whole(path: Path) -> None:
    world = World("acme")
    world.make(30, "ready")
    world.videos.reverse()
    home = Home(path, world)
    home.sync()
    world.videos[0].title = "renamed"
    world.make(1, "ready")
    world.videos.append(world.videos.pop(0))
    [outcome] = home.sync()

    assert outcome.mode == "full"
    assert outcome.notes == ["the list isn't newest-first, so all of it was read"]
    assert home.kept("acme") == world.truth()


def test_a_provider_of_unknown_order_is_read_whole_every_time(path: Path) -> None:
    world = World("acme", newest_first=False)
    world.make(30, "ready")
    home = Home(path, world)

    assert [outcome.mode for _ in range(2) for outcome in home.sync()] == ["full", "full"]


def test_a_full_pass_is_due_after_some_days(path: Path) -> None:
    world = World("acme")
    world.make(20, "ready")
    home = Home(path, world)
    modes = []
    for _ in range(9):
        modes += [outcome.mode for outcome in home.sync(SyncOptions(full_every=timedelta(days=7)))]
        world.now += timedelta(days=1)

    assert modes == ["full", *["head"] * 6, "full", "head"]


def test_what_is_gone_is_marked_and_comes_back(path: Path) -> None:
    world = World("acme")
    world.make(10, "ready")
    home = Home(path, world)
    home.sync()
    lost = world.videos[3]
    world.delete(lost.id)
    [outcome] = home.sync(FULL)
    assert (outcome.gone, home.gone("acme")) == (1, {lost.id})

    world.videos.insert(3, lost)
    [outcome] = home.sync(FULL)
    assert (outcome.gone, outcome.changed, home.gone("acme")) == (0, 1, set())
    assert [change.what for change in home.changes[-2:]] == ["deleted", "restored"]


def test_a_video_that_only_the_list_forgets_is_not_gone(path: Path) -> None:
    world = World("acme")
    world.make(10, "ready")
    home = Home(path, world)
    home.sync()
    world.leaves_out = {"v4"}
    for _ in range(3):
        [outcome] = home.sync(FULL)

    assert home.gone("acme") == set()
    assert outcome.notes == ["acme:v4 exists, but is not in the list"]


def test_without_a_get_two_full_passes_say_what_is_gone(path: Path) -> None:
    world = World("acme", can_get=False)
    world.make(10, "ready")
    home = Home(path, world)
    home.sync()
    world.delete("v4")
    home.sync(FULL)
    assert home.gone("acme") == set()
    home.sync(FULL)
    assert home.gone("acme") == {"v4"}


def test_more_than_half_gone_stops_until_it_is_accepted(path: Path) -> None:
    world = World("acme")
    world.make(60, "ready")
    home = Home(path, world)
    home.sync()
    world.delete(*(f"v{number}" for number in range(1, 41)))
    [outcome] = home.sync(FULL)
    assert (outcome.refused, outcome.gone, home.gone("acme")) == (40, 0, set())
    assert "--accept-deletions" in outcome.notes[0]

    [outcome] = home.sync(SyncOptions(full=True, accept_deletions=True))
    assert (outcome.refused, outcome.gone) == (0, 40)


def test_a_list_that_fails_deletes_nothing_and_keeps_what_it_gave(path: Path) -> None:
    world, other = World("acme"), World("other")
    world.make(20, "ready")
    other.make(3, "ready")
    home = Home(path, world, other)
    home.sync()
    world.delete("v1", "v2")
    world.make(1, "ready")
    world.fails_at = 2
    failed, fine = home.sync(FULL)

    assert "out of order" in str(failed.error)
    assert (failed.new, failed.gone, fine.error) == (1, 0, None)
    assert home.gone("acme") == set()


def test_an_account_that_can_not_be_used_costs_itself_alone(path: Path) -> None:
    world, other = World("acme"), World("other")
    world.make(2, "ready")
    other.fails_at = 0
    outcomes = Home(path, world, other).sync()

    assert [outcome.error is None for outcome in outcomes] == [True, False]


def test_what_falls_out_of_a_lists_window_is_asked_for_and_not_gone(path: Path) -> None:
    world = World("acme", window=timedelta(days=7))
    world.make(30, "ready")
    world.make(1, "running")
    home = Home(path, world)
    home.sync()
    world.now += timedelta(days=8)
    world.videos[0].status = "ready"
    world.delete("v3")
    for _ in range(2):
        [outcome] = home.sync(FULL)

    assert (outcome.error, outcome.refused, outcome.notes) == (None, 0, [])
    assert home.kept("acme") == world.truth()
    assert home.gone("acme") == {"v3"}


def test_without_a_get_what_falls_out_of_a_lists_window_stays(path: Path) -> None:
    world = World("acme", can_get=False, window=timedelta(days=7))
    world.make(30, "ready")
    home = Home(path, world)
    home.sync()
    world.now += timedelta(days=8)
    world.make(2, "ready")
    world.delete("v32")
    for _ in range(3):
        home.sync(FULL)

    assert home.kept("acme") == world.truth()
    assert home.gone("acme") == set()


def test_older_items_that_can_not_be_asked_for_are_said_and_stay(path: Path) -> None:
    world = World("acme", window=timedelta(days=7))
    world.make(3, "ready")
    home = Home(path, world)
    home.sync()
    world.now += timedelta(days=8)
    world.get_fails = True
    [outcome] = home.sync(FULL)

    assert outcome.error is None
    assert "can't be told" in outcome.notes[0]
    assert home.gone("acme") == set()


FAULTS = st.fixed_dictionaries(
    {
        "fails_at": st.one_of(st.none(), st.integers(0, 6)),
        "leaves_out": st.integers(0, 3),
        "options": st.sampled_from([None, FULL]),
    }
)


WORLDS = given(
    seed=st.integers(0, 10_000),
    size=st.integers(0, 40),
    can_get=st.booleans(),
    window=st.sampled_from([None, timedelta(days=3)]),
    days=st.lists(FAULTS, max_size=6),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@WORLDS
def test_no_world_is_ever_believed_to_have_lost_what_it_has(
    tmp_path_factory: pytest.TempPathFactory, **drawn: Any
) -> None:
    loses_nothing(tmp_path_factory.mktemp("world") / "library.db", **drawn)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@WORLDS
def test_no_world_of_a_thousand_is_believed_to_have_lost_what_it_has(
    tmp_path_factory: pytest.TempPathFactory, **drawn: Any
) -> None:
    loses_nothing(tmp_path_factory.mktemp("world") / "library.db", **drawn)


def loses_nothing(
    path: Path,
    seed: int,
    size: int,
    can_get: bool,
    window: timedelta | None,
    days: list[dict[str, Any]],
) -> None:
    world = World("acme", seed=seed, can_get=can_get, window=window)
    world.make(size)
    home = Home(path, world)
    for day in days:
        world.day()
        world.fails_at = day["fails_at"]
        ids = sorted(each.id for each in world.videos)
        world.leaves_out = set(world.dice.sample(ids, min(day["leaves_out"], len(ids))))
        if not can_get:
            world.leaves_out = set()  # without a get nothing tells a forgetful list from a deletion
        home.sync(day["options"])
        assert not home.gone("acme") & world.truth().keys()
    world.fails_at, world.leaves_out = None, set()
    for _ in range(2):
        home.sync(SyncOptions(full=True, accept_deletions=True))

    kept, truth = home.kept("acme"), world.truth()
    assert world.listed().items() <= kept.items()
    assert home.gone("acme") <= world.deleted
    if can_get or window is None:  # what fell out of a list's window unseen can't be known
        assert kept == {id: truth[id] for id in truth if id in kept or window is None}


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_each_evening_the_newest_and_the_unsettled_are_right(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    world = World("acme", seed=seed)
    world.make(30, "ready")
    home = Home(tmp_path_factory.mktemp("month") / "library.db", world)
    home.sync()
    for _ in range(10):
        world.day()
        home.sync(SyncOptions(full_every=timedelta(days=100)))
        kept = home.kept("acme")
        assert world.truth().keys() <= kept.keys()
        assert all(kept[id][0] == status for id, (status, _) in world.truth().items())


def test_a_change_keeps_what_the_item_was_before(path: Path) -> None:
    world = World("acme")
    world.make(1, "running")
    home = Home(path, world)
    home.sync()
    world.videos[0].status = "ready"
    world.videos[0].title = "done"
    home.sync()
    reader = LibraryReader(path)

    [version] = reader.versions("acme:v1")
    assert (version["status"], '"title":"take 1"' in version["raw"]) == ("running", True)
    assert [(each.change, each.status_before, each.status) for each in reader.changes()] == [
        ("new", None, "running"),
        ("changed", "running", "ready"),
    ]
    assert [each.rev for each in reader.changes(after=1)] == [2]
    reader.close()


def test_stored_json_has_no_signature_and_the_live_link_stands_apart(path: Path) -> None:
    world = World("acme")
    world.make(1, "ready")
    Home(path, world).sync()
    connection = sqlite3.connect(path)
    [(raw, link)] = connection.execute("SELECT raw, download_url FROM videos")
    connection.close()

    assert "Signature" not in raw
    assert "https://cdn.example/v1.mp4" in raw
    assert "Signature" in link


def test_two_syncs_at_once_both_end_well(path: Path) -> None:
    world = World("acme", page_size=2)
    world.make(40, "ready")
    homes = [Home(path, world) for _ in range(2)]
    outcomes: list[SyncOutcome] = []
    threads = [
        threading.Thread(target=lambda home=home: outcomes.extend(home.sync())) for home in homes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [outcome.error for outcome in outcomes] == [None, None]
    assert homes[0].kept("acme") == world.truth()
    assert len(homes[0].changes) + len(homes[1].changes) == 40


KILLED = """
import os, sys
sys.path[:0] = {path!r}
from pathlib import Path
from support.worlds import Home, World
world = World("acme", page_size=2)
world.make(20, "ready")
pages = world.pages
def until_killed():
    for number, page in enumerate(pages()):
        if number == {pages}:
            os.kill(os.getpid(), 9)
        yield page
world.pages = until_killed
Home(Path({library!r}), world).sync()
"""


@pytest.mark.parametrize("pages", [0, 1, 5, 9])
def test_a_killed_sync_leaves_whole_pages_and_the_next_goes_on(path: Path, pages: int) -> None:
    code = KILLED.format(path=sys.path, pages=pages, library=str(path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    world = World("acme", page_size=2)
    world.make(20, "ready")
    home = Home(path, world)

    assert len(home.kept("acme")) == 2 * pages
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    [outcome] = home.sync()
    assert (outcome.mode, outcome.new) == ("full", 20 - 2 * pages)
    assert home.kept("acme") == world.truth()


def test_accounts_side_by_side_read_and_write_one_library(path: Path) -> None:
    """Each account's pass asks what is stored while the others store their pages."""
    with closing(LibraryWriter(path, lambda: datetime(2026, 11, 25, tzinfo=UTC))) as writer:

        def passes(account: str) -> None:
            for expected in [None, *["2026-11-25"] * 50]:
                last = writer.seen.last_full_pass(account, "videos")
                assert (last and last[:10]) == expected
                run = writer.begin(account, "videos", "full")
                assert writer.seen.count(account, "videos") == 0
                writer.end(run, "full", complete=True, error=None, requests=1)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(passes, [f"account-{number}" for number in range(8)]))
