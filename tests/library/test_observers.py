"""A plugin learns what a sync noticed; the example tells a webhook of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from polyreel import Hub
from polyreel.library import Library
from polyreel.library.sync.run import SyncOptions
from support.either_hub import account
from support.servers import Reply, Request, serve, tavus_list, tavus_video

VIDEOS = SyncOptions(kinds=["videos"])
EXAMPLE = Path(__file__).parents[2] / "docs/examples/polyreel-webhook/polyreel_webhook.py"


@pytest.fixture
def webhook(plugin_folder: Any) -> None:
    """The example, installed as anybody's plugin is."""
    plugin_folder.add(
        "polyreel-webhook",
        {"polyreel_webhook": EXAMPLE.read_text()},
        plugins={"webhook": "polyreel_webhook"},
    )


def test_the_example_posts_what_became_ready_and_nothing_else(
    webhook: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    videos = [tavus_video(number) for number in range(3)]
    for video in videos:
        video["status"] = "generating"
    posted: list[Any] = []

    def receive(request: Request) -> Reply:
        posted.append(json.loads(request.body))
        return Reply({})

    with (
        serve(tavus_list(videos)) as tavus,
        serve(receive) as hook,
        Hub([account("tavus", tavus.url)]) as hub,
        Library.open(tmp_path / "library.db") as library,
    ):
        monkeypatch.setenv("POLYREEL_WEBHOOK", hook.url)
        library.sync(hub, VIDEOS)
        videos[1]["status"] = "ready"
        videos[1]["video_name"] = "the new one"
        library.sync(hub, VIDEOS)

    assert [(each["text"], each["status"]) for each in posted] == [
        ("the new one is ready", "ready")
    ]
    assert posted[0]["uid"].startswith("tavus:")


OBSERVER = """
from polyreel import hookimpl

noticed = []

@hookimpl
def polyreel_changed(item, before):
    noticed.append((item.id, before and before.status))
    raise RuntimeError("an observer that fails")
"""


def test_an_observer_is_told_of_each_change_once_and_costs_nobody_a_sync(
    plugin_folder: Any, tmp_path: Path
) -> None:
    plugin_folder.add("polyreel-observer", {"observer": OBSERVER}, plugins={"observer": "observer"})
    with (
        serve(tavus_list([tavus_video(number) for number in range(3)])) as tavus,
        Hub([account("tavus", tavus.url)]) as hub,
        Library.open(tmp_path / "library.db") as library,
    ):
        reports = [library.sync(hub, VIDEOS) for _ in range(2)]

    import observer

    assert [report.errors for report in reports] == [[], []]
    assert sorted(observer.noticed) == sorted({(id, None) for id, _ in observer.noticed})
    assert len(observer.noticed) == 3
