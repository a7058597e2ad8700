"""A listing in parts, each of which goes on where the one before stopped, over lists that change meanwhile.

Each fact holds for the blocking hub, the asynchronous one, and the command line with ``--cursor @last``.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from polyreel.cli import main
from support.either_hub import EitherHub, account
from support.servers import Request, openai_video, serve

Part = Callable[[str], tuple[list[str], bool]]


@pytest.fixture(params=["sync", "async", "cli"])
def part(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Any,
) -> Callable[[str, str], Part]:
    """Make what lists the next 15 videos at a URL, and tells whether there are more."""

    def of(provider: str, key: str) -> Part:
        cursors: list[str | None] = [None]

        def by_hub(url: str) -> tuple[list[str], bool]:
            result = EitherHub(request.param).list(
                [account(provider, url)], limit=15, cursor=cursors[-1]
            )
            assert result.error is None
            cursors.append(result.cursor)
            return result.ids, result.cursor is not None

        def by_command(url: str) -> tuple[list[str], bool]:
            for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
                monkeypatch.setenv(name, str(tmp_path))
            monkeypatch.setenv(key, "a-test-key")
            monkeypatch.setenv(f"{provider.upper()}_BASE_URL", url)
            going_on = ["--cursor", "@last"] if len(cursors) > 1 else []
            assert main(["videos", "list", "--limit", "15", "--format", "json", *going_on]) == 0
            said = capsys.readouterr()
            cursors.append("@last")
            return [row["id"] for row in json.loads(said.out)], "@last" in said.err

        return by_command if request.param == "cli" else by_hub

    return of


def whole(part: Part, url: str) -> list[str]:
    ids: list[str] = []
    more = True
    while more:
        came, more = part(url)
        ids += came
    return ids


URLS = {
    "an offset": lambda start, size: f"?offset={start}",
    "a page's number": lambda start, size: f"?page={start // size}",
    "an offset in Base64": lambda start, size: (
        "?cursor=" + base64.b64encode(b'{"offset":%d}' % start).decode()
    ),
}


def start_of(request: Request, size: int) -> int:
    query = request.query
    if "cursor" in query:
        return int(json.loads(base64.b64decode(query["cursor"]))["offset"])
    return int(query.get("page", 0)) * size or int(query.get("offset", 0))


@pytest.mark.fault(
    "A limited listing is resumed by its cursor, of a list whose tokens or URLs are offsets or page numbers, "
    "while items are inserted and deleted",
    "Every item that was there throughout, once: the cursor holds what was delivered where rows may have "
    "moved, eight characters an item, and the list is read from its first page on",
)
@pytest.mark.parametrize("url", URLS)
def test_parts_of_a_list_in_which_rows_move_make_it_whole(
    part: Callable[[str, str], Part], url: str
) -> None:
    rows, gone, lock, size = list(range(60)), set(range(0)), threading.Lock(), 10

    def respond(request: Request) -> Any:
        with lock:
            if request.number in {2, 6}:
                gone.update(rows[5:8])
                del rows[5:8]
            if request.number % 4 == 0:
                rows.insert(0, 1000 + request.number)
            start = start_of(request, size)
            shown = [{"id": f"r{row}"} for row in rows[start : start + size]]
            more = start + size < len(rows)
            return {"results": shown, "next": URLS[url](start + size, size) if more else None}

    with serve(respond) as server:
        ids = whole(part("replicate", "REPLICATE_API_TOKEN"), server.url)

    assert len(ids) == len(set(ids))
    assert {f"r{row}" for row in set(range(60)) - gone} <= set(ids)
    assert len(server.requests) < 120


@pytest.mark.fault(
    "A limited listing is resumed by its cursor, and its last item was deleted meanwhile",
    "It goes on from the item before it",
)
def test_parts_by_id_go_on_though_each_last_item_is_deleted(
    part: Callable[[str, str], Part],
) -> None:
    rows = [openai_video(number) for number in range(60)]
    ids: list[str] = []

    def respond(request: Request) -> Any:
        after = request.query.get("after")
        known = [row["id"] for row in rows]
        if after is not None and after not in known:
            return {"object": "list", "data": [], "has_more": False}
        start = known.index(after) + 1 if after else 0
        shown = rows[start : start + 10]
        return {"object": "list", "data": shown, "has_more": start + 10 < len(rows)}

    with serve(respond) as server:
        listing = part("openai", "OPENAI_API_KEY")
        more = True
        while more:
            came, more = listing(server.url)
            ids += came
            rows[:] = [row for row in rows if row["id"] != came[-1]]

    assert ids == [f"video_{number:04}" for number in range(60)]


@pytest.mark.fault(
    "A listing ends at `since`, of a list whose URLs are offsets, and items were deleted meanwhile",
    "What came until then is read again, until it is proven; what is older isn't",
)
@pytest.mark.parametrize("hub", ["sync", "async"])
def test_a_window_of_time_over_rows_that_move_is_whole(hub: str) -> None:
    rows, gone, lock = list(range(200)), set(range(0)), threading.Lock()

    def respond(request: Request) -> Any:
        with lock:
            if request.number in {2, 4}:
                gone.update(rows[5:8])
                del rows[5:8]
            start = int(request.query.get("offset", 0))
            shown = [
                {"id": f"r{row}", "status": "succeeded", "created_at": moment(row)}
                for row in rows[start : start + 10]
            ]
            more = start + 10 < len(rows)
            return {"results": shown, "next": f"?offset={start + 10}" if more else None}

    def moment(row: int) -> str:
        return f"2026-01-10T{12 - row // 60:02}:{59 - row % 60:02}:00Z"

    with serve(respond) as server:
        result = EitherHub(hub).list([account("replicate", server.url)], since=moment(40))

    assert result.error is None
    assert len(result.ids) == len(set(result.ids))
    assert set(result.ids) == {f"r{row}" for row in range(41) if row not in gone or row < 10}
    assert len(server.requests) <= 20
