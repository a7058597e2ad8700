"""Looking through a library misses nothing, repeats nothing, and counts what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from library.world import world
from polyreel import ConfigurationError, Replica, Video
from polyreel.library.archive import Archive
from polyreel.library.catalog.browsing import FACETS, Browser, ItemSelection, LibraryEntry
from polyreel.library.catalog.writing import LibraryWriter

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = ("neon", "river", "Ärger", "naïve")
VIDEOS = st.lists(
    st.builds(
        Video,
        provider=st.just("acme"),
        account=st.sampled_from(["acme", "studio"]),
        id=st.integers(0, 30).map(str),
        title=st.none() | st.sampled_from(WORDS),
        provider_status=st.sampled_from(["completed", "failed", "odd", None]),
        model=st.none() | st.sampled_from(["m-1", "m-2"]),
        created_at=st.none() | st.integers(0, 9).map(lambda days: NOW - timedelta(days=days * 9)),
    ),
    max_size=40,
    unique_by=lambda video: video.uid,
)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "account": st.lists(st.sampled_from(["acme", "studio", "nobody"]), unique=True),
        "status": st.lists(st.sampled_from(["ready", "failed", "deleted"]), unique=True),
        "model": st.lists(st.sampled_from(["m-1", ""]), unique=True),
        "month": st.lists(st.sampled_from(["2026-11", "2026-10", ""]), unique=True),
    },
)


def fill(path: Path, videos: list[Video], gone: list[str] = []) -> None:  # noqa: B006
    path.unlink(missing_ok=True)
    writer = LibraryWriter(path, lambda: NOW)
    run = writer.begin("acme", "videos", "full")
    writer.page(run, "videos", videos)
    writer.delete("acme", "videos", gone)
    writer.close()


def shown(browser: Browser, selection: ItemSelection, size: int) -> Iterator[LibraryEntry]:
    after = None
    while page := browser.page("videos", selection, size, after):
        yield from page
        after = page[-1].place


def facets(entry: LibraryEntry) -> tuple[str, ...]:
    item = entry.item
    assert isinstance(item, Video)
    status = "deleted" if entry.deleted_at else str(item.status)
    month = f"{item.created_at:%Y-%m}" if item.created_at else ""
    return item.account, item.provider, status, item.model or "", month


@settings(max_examples=40)
@given(VIDEOS, CHOICES, st.integers(1, 7), st.sampled_from(["", "neon", "ri", "arger naive"]))
def test_pages_hold_each_wanted_item_once_in_order_and_the_counts_are_theirs(
    tmp_path_factory: pytest.TempPathFactory, videos, chosen, size, words
) -> None:
    path = tmp_path_factory.getbasetemp() / "browsed.db"
    fill(path, videos, gone=["1", "2"])
    browser = Browser(path)
    try:
        everything = [*shown(browser, ItemSelection(words=words), size)]
        found = [*shown(browser, ItemSelection(words=words, chosen=chosen), size)]
        counted = browser.tally("videos", words)
    finally:
        browser.close()

    wanted = [
        entry.item.uid
        for entry in everything
        if all(
            not values or dict(zip(FACETS, facets(entry), strict=True))[facet] in values
            for facet, values in chosen.items()
        )
    ]
    assert [entry.item.uid for entry in found] == wanted
    assert counted == Counter(map(facets, everything))
    if not words:
        expected = sorted(videos, key=lambda video: video.uid)
        expected.sort(key=lambda video: video.created_at or NOW - timedelta(9999), reverse=True)
        assert [entry.item.uid for entry in everything] == [video.uid for video in expected]


def test_one_item_of_either_kind_is_found_by_its_uid(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    fill(path, [Video(provider="acme", account="acme", id="v")], gone=["v"])
    writer = LibraryWriter(path, lambda: NOW)
    run = writer.begin("acme", "replicas", "full")
    writer.page(run, "replicas", [Replica(provider="acme", account="acme", id="r")])
    writer.close()
    browser = Browser(path)

    assert browser.entry("acme:v").deleted_at == NOW
    assert browser.entry("acme:r").kind == "replicas"
    assert browser.entry("acme:r").item == Replica(provider="acme", account="acme", id="r")
    assert browser.entry("' OR 1=1 --") is None
    assert browser.uids() == {"acme:v", "acme:r"}
    assert browser.latest() == 3
    browser.close()


def test_items_are_read_back_from_an_archive_that_nobody_may_write_to(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    with world(dict.fromkeys(["a", "b"], "plain")) as there, there.hub() as hub:
        listed = {item.uid: item for item in hub.videos.list()}
        assert len([*Archive(root).add(hub)]) == 2
    broken = root / "work" / "2026-11" / "c.json"
    broken.write_text('{"format": 1')
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}

    found = {one.item.uid: one for one in Archive(root).items()}

    assert found.keys() == listed.keys()
    for uid, one in found.items():
        assert one.item.evolve(download_url=None) == listed[uid].evolve(download_url=None)
        assert one.item.raw["video_id"] == listed[uid].id
        assert [file.role for file in one.record.files] == ["video"]
        assert one.archived_at is not None
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    with pytest.raises(ConfigurationError, match="no archive"):
        list(Archive(tmp_path / "nothing").items())
