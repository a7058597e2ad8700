"""D-ID's five lists of videos and three of avatars are one listing each, and ids say which list."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import InvalidRequest, NotFound, Status, UnsupportedOption
from support.documented_wires import did_lists
from support.either_hub import EitherHub, account
from support.servers import serve

NAMES = ("expressives", "scenes", "clips", "talks", "translations")


def row(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "status": "done", "created_at": "2026-11-02T10:00:00.000Z", **more}


def videos(count: int) -> dict[str, list[dict[str, Any]]]:
    return {f"/{name}": [row(f"{name[:3]}_{n}") for n in range(count)] for name in NAMES}


@pytest.mark.parametrize("count", [0, 1, 100, 101])
def test_every_video_of_every_list_comes_once(either_hub: EitherHub, count: int) -> None:
    with serve(did_lists(videos(count))) as server:
        result = either_hub.list([account("did", server.url)])

    wanted = {f"{name}/{name[:3]}_{n}" for name in NAMES for n in range(count)}
    assert result.error is None
    assert set(result.ids) == wanted
    assert len(result.ids) == len(wanted)
    assert server.requests[0].headers["authorization"] == "Basic a-test-key"


def test_the_filter_collection_narrows_to_some_of_the_lists(either_hub: EitherHub) -> None:
    with serve(did_lists(videos(2))) as server:
        one = account("did", server.url)
        result = either_hub.list([one], filters={"collection": "clips,talks"})
        with pytest.raises(UnsupportedOption, match="no collection 'films' of videos; it has"):
            either_hub.list([one], filters={"collection": "films"})

    assert {id.partition("/")[0] for id in result.ids} == {"clips", "talks"}
    assert {request.path for request in server.requests} == {"/clips", "/talks"}
    assert all("collection" not in query for query in server.queries)


def test_a_uid_leads_to_the_list_that_its_item_is_on(either_hub: EitherHub) -> None:
    talk = row("tlk_1", result_url="https://files.example/t.mp4", status="error")
    with serve(did_lists({"/talks": [talk]})) as server:
        one = account("did", server.url)
        found = either_hub.get([one], "did:talks/tlk_1")
        with pytest.raises(NotFound):
            either_hub.get([one], "did:clips/tlk_1")
        with pytest.raises(InvalidRequest, match="ids there begin with expressives/"):
            either_hub.get([one], "did:tlk_1")

    assert (found.uid, found.status) == ("did:talks/tlk_1", Status.FAILED)
    assert [request.path for request in server.requests] == ["/talks/tlk_1", "/clips/tlk_1"]


def test_a_limited_listing_goes_on_in_every_list_that_was_not_read_to_its_end(
    either_hub: EitherHub,
) -> None:
    with serve(did_lists(videos(3))) as server:
        one = account("did", server.url)
        first = either_hub.list([one], limit=4)
        rest = either_hub.list([one], cursor=first.cursor)

    assert len(first.ids) == 4
    assert sorted(first.ids + rest.ids) == sorted(
        f"{name}/{name[:3]}_{n}" for name in NAMES for n in range(3)
    )


def test_avatars_of_all_three_lists_come_and_expressive_ones_are_ready(
    either_hub: EitherHub,
) -> None:
    lists = {
        "/expressives/avatars": [{"id": "e1", "name": "Eve", "sentiments": []}],
        "/scenes/avatars": [row("s1", status="training-started", name="Sam")],
        "/clips/presenters": [{"presenter_id": "p1", "name": "Pat", "status": "done"}],
    }
    with serve(did_lists(lists)) as server:
        result = either_hub.list([account("did", server.url)], "replicas")

    found = {item.id: (item.title, item.status) for item in result.items}
    assert found == {
        "expressives/e1": ("Eve", Status.READY),
        "scenes/s1": ("Sam", Status.RUNNING),
        "clips/p1": ("Pat", Status.READY),
    }
