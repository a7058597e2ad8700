"""Lists that change while they are read, and promises that aren't kept: nothing is missing in silence.

Each fact holds for the blocking hub, the asynchronous one and the command line, whose exit code is not 0
when something may be missing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from polyreel.cli import main
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, openai_video, serve, tavus_list, tavus_video

OPENAI = [openai_video(number) for number in range(250)]
TAVUS = [tavus_video(number) for number in range(520)]
KEYS = {
    "openai": "OPENAI_API_KEY",
    "tavus": "TAVUS_API_KEY",
    "luma": "LUMAAI_API_KEY",
    "heygen": "HEYGEN_API_KEY",
    "replicate": "REPLICATE_API_TOKEN",
}


@dataclass
class Outcome:
    ids: list[str]
    failed: bool
    message: str


List = Callable[[str, str], Outcome]


@pytest.fixture(params=["sync", "async", "cli"])
def listing(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Any,
) -> List:
    """List a provider's videos at a URL, in one of the three ways."""

    def by_hub(provider: str, url: str) -> Outcome:
        result = EitherHub(request.param).list([account(provider, url)])
        return Outcome(result.ids, result.error is not None, str(result.error))

    def by_command(provider: str, url: str) -> Outcome:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        monkeypatch.setenv(KEYS[provider], "a-test-key")
        monkeypatch.setenv(f"{provider.upper()}_BASE_URL", url)
        code = main(["videos", "list", "--format", "json"])
        said = capsys.readouterr()
        ids = [row["id"] for row in json.loads(said.out or "[]")]
        return Outcome(ids, code != 0, said.err)

    return by_command if request.param == "cli" else by_hub


@pytest.mark.fault(
    "Items are put in front, or deleted, while numbered pages come in parallel",
    "Every item that was there throughout, once: pages overlap, and a page that doesn't hold a row that "
    "is known is read again from further in front",
)
@pytest.mark.parametrize("total", ["right", None])
@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("change", ["one in front", "three from the front to the end"])
def test_a_numbered_list_may_change_while_it_is_read(
    listing: List, change: str, base: int, total: Any
) -> None:
    rows, lock = list(TAVUS), threading.Lock()
    gone: set[str] = set()

    def respond(request: Request) -> Any:
        with lock:
            if request.number > 1 and change == "one in front":
                rows.insert(0, tavus_video(1000 + request.number))
            elif 1 < request.number < 20:
                gone.update(row["video_id"] for row in rows[:3])
                del rows[:3]
                rows.extend(tavus_video(2000 + 3 * request.number + n) for n in range(3))
            return tavus_list(rows, base=base, total=total)(request)

    with serve(respond) as server:
        outcome = listing("tavus", server.url)

    assert not outcome.failed
    assert len(outcome.ids) == len(set(outcome.ids))
    assert {row["video_id"] for row in TAVUS} - gone <= set(outcome.ids)
    assert len(server.requests) < 60


@pytest.mark.fault(
    "The same, where pages can't overlap: the server gives pages of its own size, or tokens and URLs that "
    "are offsets",
    "The list is read again until its rows prove that none was missed: twice as many requests, and after "
    "five times `PaginationError`",
)
@pytest.mark.parametrize("place", [0, 50])
@pytest.mark.parametrize("provider", ["tavus", "replicate"])
def test_a_list_whose_pages_cannot_overlap_may_change_too(
    listing: List, provider: str, place: int
) -> None:
    rows, lock, size = list(range(120)), threading.Lock(), 10

    def respond(request: Request) -> Any:
        with lock:
            if request.number == 3:
                del rows[place : place + 3]
            if request.number % 5 == 0:
                rows.insert(0, 1000 + request.number)
            if provider == "tavus":
                start = int(request.query.get("page", 0)) * size
                return {"data": [tavus_video(row) for row in rows[start : start + size]]}
            start = int(request.query.get("offset", 0))
            shown = [{"id": f"r{row}"} for row in rows[start : start + size]]
            return {"results": shown, "next": f"?offset={start + size}" if shown else None}

    with serve(respond) as server:
        outcome = listing(provider, server.url)

    there = [row for row in range(120) if row in rows]
    assert not outcome.failed
    assert len(outcome.ids) == len(set(outcome.ids))
    wanted = [tavus_video(row)["video_id"] if provider == "tavus" else f"r{row}" for row in there]
    assert set(wanted) <= set(outcome.ids)
    assert len(server.requests) < 80


@pytest.mark.fault(
    "Items are deleted while pages by token are read, and the tokens are offsets that nobody can read",
    "The first page is asked for once more at the end: one request. Where items of it are gone, the list is "
    "read again, as long as that brings more",
)
def test_a_list_by_sealed_offsets_may_shrink_while_it_is_read(listing: List) -> None:
    rows, lock, seal = list(range(60)), threading.Lock(), str.maketrans("0123456789", "qwertyuiop")
    sealed = {str(start).translate(seal): start for start in range(0, 70, 10)}

    def respond(request: Request) -> Any:
        with lock:
            if request.number == 3:
                del rows[2:5]
            start = sealed[request.query["token"]] if "token" in request.query else 0
            shown = [{"id": f"h{row}"} for row in rows[start : start + 10]]
            more = start + 10 < len(rows)
            token = str(start + 10).translate(seal) if more else None
            return {"data": shown, "has_more": more, "next_token": token}

    with serve(respond) as server:
        outcome = listing("heygen", server.url)

    assert not outcome.failed
    assert sorted(outcome.ids) == sorted(f"h{row}" for row in range(60))
    assert len(server.requests) <= 6 + 1 + 2 * 6


@pytest.mark.fault(
    "Items are deleted while pages by offset are read, and nothing says the total",
    "No other item is missed: each page begins with the last row of the one before",
)
def test_a_list_by_offset_may_shrink_while_it_is_read(listing: List) -> None:
    rows = [{"id": f"g{number}", "state": "completed"} for number in range(300)]

    def respond(request: Request) -> Any:
        if request.number == 2:
            del rows[3:6]
        start, size = int(request.query.get("offset", 0)), int(request.query["limit"])
        return {"generations": rows[start : start + size]}

    with serve(respond) as server:
        outcome = listing("luma", server.url)

    assert not outcome.failed
    assert {f"g{number}" for number in range(300)} - {"g3", "g4", "g5"} <= set(outcome.ids)


def without(id: str, answer: Any, *, says_more: bool) -> Callable[[Request], Any]:
    """Answer as an OpenAI-style server from which a video is deleted after the first page."""

    def respond(request: Request) -> Any:
        rows = [row for row in OPENAI if request.number == 1 or row["id"] != id]
        ids = [row["id"] for row in rows]
        after = request.query.get("after")
        if after is not None and after not in ids:
            return answer
        start = ids.index(after) + 1 if after else 0
        shown = rows[start : start + int(request.query["limit"])]
        more = {"has_more": start + len(shown) < len(rows)} if says_more else {}
        return {"object": "list", "data": shown, **more}

    return respond


@pytest.mark.fault(
    "The last item of a page is deleted before the next page is asked for, and the server answers `[]`, "
    "400 or 404",
    "Nothing is noticed: the listing goes on from the item before it",
)
@pytest.mark.parametrize("says_more", [True, False])
@pytest.mark.parametrize(
    "answer",
    [
        {"object": "list", "data": []},
        {"object": "list", "data": [], "has_more": False},
        Reply({"error": {"message": "Invalid 'after'"}}, 400),
        Reply({"detail": "Video not found"}, 404),
    ],
    ids=["empty", "empty and no more", "400", "404"],
)
@pytest.mark.parametrize("gone", ["video_0098", "video_0099"])
def test_a_cursor_may_die(listing: List, answer: Any, gone: str, says_more: bool) -> None:
    with serve(without(gone, answer, says_more=says_more)) as server:
        outcome = listing("openai", server.url)

    assert not outcome.failed
    assert outcome.ids == [row["id"] for row in OPENAI]
    assert len(server.requests) <= 6


BROKEN: dict[str, tuple[str, int, Callable[[Request], Any]]] = {
    "more is promised before an empty page": (
        "openai",
        100,
        lambda request: (
            {"data": [], "has_more": False}
            if request.query.get("after")
            else {"data": OPENAI[:100], "has_more": True}
        ),
    ),
    "an empty first page promises more, and nothing comes": (
        "heygen",
        0,
        lambda request: (
            {"data": [], "has_more": False}
            if request.query.get("token")
            else {"data": [], "has_more": True, "next_token": "t"}
        ),
    ),
    "the second page is empty beside an error": (
        "heygen",
        2,
        lambda request: (
            {"data": [], "error": {"code": "quota", "message": "too many"}}
            if request.query.get("token")
            else {"data": [{"id": "a"}, {"id": "b"}], "has_more": True, "next_token": "t"}
        ),
    ),
    "the second page says that it failed": (
        "tavus",
        50,
        lambda request: (
            {"data": [], "success": False}
            if "page" in request.query
            else {"data": TAVUS[:50], "total_count": 120}
        ),
    ),
    "the second page is empty, and says no total any more": (
        "tavus",
        50,
        lambda request: (
            {"data": []} if "page" in request.query else {"data": TAVUS[:50], "total_count": 120}
        ),
    ),
    "the second page is refused, within the total": (
        "tavus",
        50,
        lambda request: (
            Reply({"error": "no such page"}, 404)
            if "page" in request.query
            else {"data": TAVUS[:50], "total_count": 120}
        ),
    ),
    "all further pages are empty, and promise more": (
        "replicate",
        2,
        lambda request: {
            "results": [] if request.query else [{"id": "a"}, {"id": "b"}],
            "next": f"?page={int(request.query.get('page', 1)) + 1}"
            if int(request.query.get("page", 1)) < 4
            else None,
        },
    ),
    "a page within the total is empty": (
        "tavus",
        50,
        lambda request: {"data": [] if "page" in request.query else TAVUS[:50], "total_count": 120},
    ),
    "the second page is null beside an error": (
        "heygen",
        2,
        lambda request: (
            {"data": None, "error": {"message": "quota"}}
            if request.query.get("token")
            else {"data": [{"id": "a"}, {"id": "b"}], "has_more": True, "next_token": "t"}
        ),
    ),
    "the token is a boolean": (
        "heygen",
        2,
        lambda request: {"data": [{"id": "a"}, {"id": "b"}], "next_token": True},
    ),
    "the next URL is an object": (
        "replicate",
        2,
        lambda request: {"results": [{"id": "a"}, {"id": "b"}], "next": {"href": "x"}},
    ),
    "the cursor is ignored, and full pages come again": (
        "openai",
        100,
        lambda request: {"data": OPENAI[:100]},
    ),
}


@pytest.mark.fault(
    "More is promised (a flag, a total, a token, a full page) than is given: an empty page, `null` beside "
    "an error, a cursor that is no text, the same page again",
    "All that came, then an error that says how many; its `resume` goes on there; the exit code is not 0",
)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_promise_is_reported(listing: List, name: str) -> None:
    provider, count, respond = BROKEN[name]
    with serve(respond) as server:
        outcome = listing(provider, server.url)

    assert outcome.failed
    assert len(outcome.ids) == count
    assert f"after {count} items" in outcome.message
    assert len(server.requests) <= 12


def ignoring_after(rows: list[Any], *, heeds: tuple[str, ...], usual: int = 20) -> Any:
    """Answer as an OpenAI-style server that knows nothing of ``after``."""

    def respond(request: Request) -> Any:
        limit = int(request.query["limit"]) if "limit" in heeds else usual
        ascending = request.query.get("order") == "asc" and "order" in heeds
        return {"object": "list", "data": (rows[::-1] if ascending else rows)[:limit]}

    return respond


@pytest.mark.fault(
    "`after` is ignored and a full page comes again",
    "The list is asked for in a larger page, and from its other end by `order`; if both ends don't meet, "
    "`PaginationError` says what the server lacks",
)
@pytest.mark.parametrize(
    ("count", "heeds", "came"),
    [
        (100, ("limit", "order"), 100),
        (170, ("limit", "order"), 170),
        (30, ("order",), 30),
        (250, ("limit", "order"), None),
        (250, ("limit",), None),
        (250, (), None),
    ],
)
def test_a_server_that_ignores_after_is_read_by_other_means(
    listing: List, count: int, heeds: tuple[str, ...], came: int | None
) -> None:
    with serve(ignoring_after(OPENAI[:count], heeds=heeds)) as server:
        outcome = listing("openai", server.url)

    assert len(outcome.ids) == len(set(outcome.ids))
    assert len(server.requests) <= 8
    if came is None:
        assert outcome.failed
        assert "lacks `after`" in outcome.message
        assert f"after {len(outcome.ids)} items" in outcome.message
    else:
        assert not outcome.failed
        assert outcome.ids == [row["id"] for row in OPENAI[:count]]


def test_null_beside_an_error_is_no_empty_list(listing: List) -> None:
    with serve(lambda request: {"data": None, "error": {"message": "quota"}}) as server:
        outcome = listing("openai", server.url)

    assert outcome.failed
    assert "quota" in outcome.message


@pytest.mark.fault(
    "As many new items in front per request as a page holds",
    "`PaginationError`: the list changes faster than it can be read",
)
def test_a_flood_of_new_items_ends_the_listing(listing: List) -> None:
    rows, lock = list(TAVUS), threading.Lock()

    def respond(request: Request) -> Any:
        with lock:
            new = range(1000 * request.number, 1000 * request.number + 50)
            rows[:0] = [tavus_video(number) for number in new]
            return tavus_list(rows, total=None)(request)

    with serve(respond) as server:
        outcome = listing("tavus", server.url)

    assert outcome.failed
    assert "faster than it can be read" in outcome.message
    assert len(outcome.ids) == len(set(outcome.ids))


@pytest.mark.fault(
    "The page that is asked for is ignored: the first one always comes, and its items change meanwhile",
    "`PaginationError`; a server that gives its last page beyond the end is told from it by its first page",
)
def test_a_server_that_ignores_the_page_is_no_list_that_ended(listing: List) -> None:
    rows, lock = TAVUS[:200], threading.Lock()

    def respond(request: Request) -> Any:
        with lock:
            if request.number in {2, 3}:
                del rows[:7]
            return {"data": rows[:50]}

    with serve(respond) as server:
        outcome = listing("tavus", server.url)

    assert outcome.failed
    assert "ignores which page is asked for" in outcome.message
    assert f"after {len(outcome.ids)} items" in outcome.message
