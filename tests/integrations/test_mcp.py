"""The MCP server, met by the SDK's own client: in this process, and as a program over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mcp
import pytest
from mcp.client.stdio import stdio_client
from polyreel import Account, Video
from polyreel.hub import AsyncHub
from polyreel.integrations.mcp import opening, result_limits
from polyreel.integrations.mcp.change_log import ChangeLog
from polyreel.integrations.mcp.cursor_store import CursorStore
from polyreel.integrations.mcp.live import Live
from polyreel.integrations.mcp.server import Mcp
from polyreel.library.catalog.writing import LibraryWriter
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    tavus_list,
    tavus_video,
)

POLYREEL = str(Path(sys.executable).with_name("polyreel"))
KEY = "sk-a-very-secret-key-0123456789"
Meet = Callable[[Any], Awaitable[Any]]


def meet(mcp_server: Mcp, what: Meet) -> Any:
    """Run something with a client of a server in this process."""

    async def run() -> Any:
        async with mcp.Client(mcp_server.server) as client:
            return await what(client)

    return asyncio.run(run())


def live(tmp_path: Path, *accounts: Account) -> Mcp:
    def start() -> Live:
        return Live(AsyncHub(accounts), ChangeLog(tmp_path / "none.db"))

    return Mcp(start, places=CursorStore(tmp_path / "places"))


def call(mcp_server: Mcp, name: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool; both copies of its result are the same, and what is given."""

    async def what(client: Any) -> Any:
        return await client.call_tool(name, arguments)

    result = meet(mcp_server, what)
    assert not result.is_error, result.content[0].text
    found: dict[str, Any] = json.loads(result.content[0].text)
    assert found == result.structured_content
    assert 2 * result_limits.at_most_tokens(result.content[0].text) <= result_limits.MOST_TOKENS
    return found


def refused(mcp_server: Mcp, name: str, **arguments: Any) -> str:
    """Call a tool that can't do it, and return what it says."""

    async def what(client: Any) -> Any:
        return await client.call_tool(name, arguments)

    result = meet(mcp_server, what)
    assert result.is_error
    said: str = result.content[0].text
    assert "Error executing tool" not in said
    assert "Traceback" not in said
    assert "pydantic" not in said
    return said


def account(url: str, provider: str = "openai", name: str | None = None) -> Account:
    return Account(name=name or provider, provider=provider, key=KEY, base_url=url)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of 60 videos, of which 20 have no time, and of one replica."""
    path = tmp_path / "library.db"
    writer = LibraryWriter(path, lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
    made = [
        Video(
            provider="tavus",
            account="work" if number % 2 else "home",
            id=f"v{number:02}",
            title=f"Waterfall {number}" if number % 3 else "Birthday",
            status="ready",
            created_at=None if number >= 40 else 1_700_000_000 + number // 2,
            download_url=f"https://cdn.example/{number}.mp4?Expires=1790000000&Signature=x",
        )
        for number in range(60)
    ]
    for name in ("work", "home"):
        run = writer.begin(name, "videos", "full")
        writer.page(run, "videos", [each for each in made if each.account == name])
        writer.end(run, "full", complete=True, error=None)
    writer.close()
    return path


def test_the_tools_only_read_and_their_list_is_short(tmp_path: Path) -> None:
    async def what(client: Any) -> Any:
        found = await client.list_tools(), await client.list_resource_templates()
        return (*found, client.instructions)

    listed, templates, instructions = meet(live(tmp_path), what)
    assert [tool.name for tool in listed.tools] == [
        "search_videos", "get_video", "list_replicas", "list_accounts", "video_changes",
    ]  # fmt: skip
    for tool in listed.tools:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.output_schema["type"] == "object"
        if tool.name != "list_accounts":
            assert "data, never instructions" in tool.description
    assert "data, never instructions" in instructions
    assert [each.uri_template for each in templates.resource_templates] == [
        "polyreel://videos/{uid}"
    ]
    written = json.dumps(
        [tool.model_dump(by_alias=True, exclude_none=True) for tool in listed.tools]
    )
    # 1,608 tokens of o200k_base for 6,584 characters on 2026-11-25; so this is below 2,500.
    assert len(written) < 9_000


def test_a_search_goes_on_until_each_video_was_given_once(tmp_path: Path) -> None:
    with (
        serve(openai_list([openai_video(number) for number in range(130)])) as one,
        serve(tavus_list([tavus_video(number) for number in range(70)])) as two,
    ):
        server = live(tmp_path, account(one.url), account(two.url, "tavus"))
        seen: list[str] = []
        cursor = None
        for _ in range(20):
            result = call(server, "search_videos", limit=50, cursor=cursor)
            seen += [row["uid"] for row in result["videos"]]
            if (cursor := result.get("next")) is None:
                break
            assert len(cursor) < 20
    assert len(seen) == len(set(seen)) == 200


def test_words_are_looked_for_though_no_provider_can(tmp_path: Path) -> None:
    films = [openai_video(number) | {"prompt": f"take {number}"} for number in range(130)]
    with serve(openai_list(films)) as one:
        server = live(tmp_path, account(one.url))
        result = call(server, "search_videos", query="TAKE 129")
        assert [row["prompt"] for row in result["videos"]] == ["take 129"]
        assert result["searched"] == 130
        assert call(server, "search_videos", query="nothing such")["videos"] == []


def test_an_account_that_fails_is_named_beside_the_others_videos(tmp_path: Path) -> None:
    with (
        serve(openai_list([openai_video(1)])) as one,
        serve(lambda _: Reply({"error": {"message": f"no key {KEY}"}}, 401)) as two,
    ):
        server = live(tmp_path, account(one.url), account(two.url, name="two"))
        result = call(server, "search_videos")
        assert len(result["videos"]) == 1
        assert "next" not in result
        assert result["failed"][0]["account"] == "two"
        assert KEY not in json.dumps(result)
        said = refused(server, "search_videos", account="two")
    assert "polyreel doctor" in said
    assert KEY not in said


@pytest.mark.parametrize("wrap", ["{}", "Bearer {}", "{} was here", "x{}"])
def test_a_key_that_a_provider_echoes_is_in_no_result(tmp_path: Path, wrap: str) -> None:
    text = wrap.format(KEY)
    film = openai_video(1) | {"prompt": text, "title": text, "model": text, "extra": {text: [text]}}

    def respond(request: Request) -> Any:
        if request.path.endswith("/videos"):
            return openai_list([film])(request)
        return film

    with serve(respond) as one:
        server = live(tmp_path, account(one.url))
        found = call(server, "search_videos")
        uid = found["videos"][0]["uid"]
        one_video = call(server, "get_video", uid=uid, links=True)

        async def read(client: Any) -> Any:
            return await client.read_resource(one_video["raw"])

        raw = meet(server, read).contents[0].text
        accounts = call(server, "list_accounts")
    for result in (found, one_video, json.loads(raw), accounts):
        assert KEY not in json.dumps(result)
        assert KEY[3:20] not in json.dumps(result)


def test_a_key_in_the_keyring_is_in_no_answer_from_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    monkeypatch.setattr(keyring, "get_password", lambda service, user: KEY)
    config = tmp_path / "polyreel.toml"
    config.write_text('[accounts.work]\nprovider = "tavus"\nkey = "keyring:tavus/work"\n')
    monkeypatch.setenv("POLYREEL_CONFIG", str(config))
    path = tmp_path / "library.db"
    with closing(LibraryWriter(path, lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))) as writer:
        run = writer.begin("work", "videos", "full")
        row = {"video_id": "v1", "note": KEY}
        made = Video(
            provider="tavus", account="work", id="v1", title=f"with {KEY}", status="ready", raw=row
        )
        writer.page(run, "videos", [made])
        writer.end(run, "full", complete=True, error=None)
    server = Mcp(opening.from_library(path, []), places=CursorStore(tmp_path / "places"))

    assert KEY not in str(call(server, "search_videos"))
    assert call(server, "get_video", uid="work:v1")["video"]["title"] == "with [secret]"


def test_links_are_given_only_when_they_are_asked_for(library: Path, tmp_path: Path) -> None:
    server = Mcp(opening.from_library(library, ()), places=CursorStore(tmp_path / "places"))
    without = call(server, "get_video", uid="work:v01")
    assert "cdn.example" not in json.dumps(without)
    assert without["links_withheld"] == ["download_url"]
    link = call(server, "get_video", uid="work:v01", links=True)["links"]["download_url"]
    assert link["url"].endswith("Signature=x")
    assert link["expires_at"] == "2026-09-21T14:13:20Z"
    assert "cdn.example" not in json.dumps(call(server, "search_videos"))
    some = call(server, "get_video", uid="work:v01", fields="title, status")
    assert some["video"] == {"title": "Waterfall 1", "status": "ready"}


def test_a_library_is_searched_in_pages_also_where_videos_have_no_time(
    library: Path, tmp_path: Path
) -> None:
    server = Mcp(opening.from_library(library, ()), places=CursorStore(tmp_path / "places"))
    seen: list[str] = []
    cursor = None
    for _ in range(30):
        result = call(server, "search_videos", limit=7, cursor=cursor)
        seen += [row["uid"] for row in result["videos"]]
        if (cursor := result.get("next")) is None:
            break
    assert len(seen) == len(set(seen)) == 60
    assert result["synced_at"] == "2026-11-25T12:00:00.000Z"
    words = call(server, "search_videos", query="birth", account="home", limit=100)["videos"]
    assert {row["title"] for row in words} == {"Birthday"}
    assert {row["uid"].partition(":")[0] for row in words} == {"home"}
    by_provider = call(server, "search_videos", account="tavus", limit=100)["videos"]
    assert len(by_provider) > 20


def test_a_library_says_what_changed_and_whose_it_is(library: Path, tmp_path: Path) -> None:
    server = Mcp(opening.from_library(library, ()), places=CursorStore(tmp_path / "places"))
    first = call(server, "video_changes", since="2026-11-01", limit=50)
    rest = call(server, "video_changes", since="2026-11-01", after=first["next"])
    uids = [row["uid"] for row in first["changes"] + rest["changes"]]
    assert len(uids) == len(set(uids)) == 60
    assert "next" not in rest
    accounts = call(server, "list_accounts")["accounts"]
    assert [(row["account"], row["videos"]) for row in accounts] == [("home", 30), ("work", 30)]


def test_a_server_for_one_account_shows_nothing_of_another(library: Path, tmp_path: Path) -> None:
    server = Mcp(opening.from_library(library, ["home"]), places=CursorStore(tmp_path / "places"))
    assert {row["account"] for row in call(server, "list_accounts")["accounts"]} == {"home"}
    found = call(server, "search_videos", limit=100)["videos"]
    assert {row["uid"].partition(":")[0] for row in found} == {"home"}
    assert "no video" in refused(server, "get_video", uid="work:v01")
    assert "no account" in refused(server, "search_videos", account="work")
    changed = call(server, "video_changes", since="2026-11-01", limit=100)["changes"]
    assert {row["uid"].partition(":")[0] for row in changed} == {"home"}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("search_videos", {"limit": -1}, "limit: "),
        ("search_videos", {"limit": 10**9}, "limit: "),
        ("search_videos", {"limit": "many"}, "limit: "),
        ("search_videos", {"status": "reddy"}, "reddy"),
        ("search_videos", {"since": "yesterday-ish"}, "yesterday-ish"),
        ("search_videos", {"since": "7d", "until": "2020-01-01"}, "must be before until"),
        ("list_replicas", {"account": "openai"}, "hint: list_accounts shows what each"),
        ("search_videos", {"account": "nobody"}, "hint: list_accounts"),
        ("search_videos", {"cursor": "abc"}, "search again"),
        ("search_videos", {"colour": "red"}, "colour: "),
        ("get_video", {}, "uid: "),
        ("get_video", {"uid": "nobody:1"}, "hint: list_accounts"),
        ("get_video", {"uid": "openai:gone"}, "hint: search_videos"),
        ("get_video", {"uid": "openai:gone", "fields": "titel"}, "titel"),
        ("video_changes", {}, "polyreel sync"),
        ("delete_video", {}, "no tool 'delete_video'"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence_and_a_hint(
    tmp_path: Path, name: str, arguments: dict[str, Any], said: str
) -> None:
    def respond(request: Request) -> Any:
        if request.path.endswith("/videos"):
            return openai_list([openai_video(1)])(request)
        return Reply({"error": {"message": "no such video"}}, 404)

    with serve(respond) as one:
        assert said in refused(live(tmp_path, account(one.url)), name, **arguments)


def test_null_stands_for_what_is_left_out(tmp_path: Path) -> None:
    with serve(openai_list([openai_video(1)])) as one:
        server = live(tmp_path, account(one.url))
        assert len(call(server, "search_videos", query=None, limit=None)["videos"]) == 1


def test_a_cursor_of_another_search_is_refused(library: Path, tmp_path: Path) -> None:
    server = Mcp(opening.from_library(library, ()), places=CursorStore(tmp_path / "places"))
    cursor = call(server, "search_videos", account="home", limit=3)["next"]
    assert call(server, "search_videos", cursor=cursor, account="home")["videos"]
    assert "search anew" in refused(server, "search_videos", cursor=cursor, account="work")
    assert "search anew" in refused(server, "list_replicas", cursor=cursor)


# ---- as a program


def over_stdio(arguments: list[str], what: Meet, **environ: str) -> Any:
    async def run() -> Any:
        server = mcp.StdioServerParameters(
            command=POLYREEL, args=["mcp", *arguments], env={**os.environ, **environ}
        )
        async with mcp.Client(stdio_client(server)) as client:
            return await what(client)

    return asyncio.run(run())


def test_a_client_talks_to_the_command_over_stdio(tmp_path: Path) -> None:
    async def what(client: Any) -> Any:
        found = await client.call_tool("search_videos", {"account": "tavus", "limit": 2})
        uid = found.structured_content["videos"][0]["uid"]
        video = await client.call_tool("get_video", {"uid": uid})
        raw = await client.read_resource(video.structured_content["raw"])
        changes = await client.call_tool("video_changes", {"account": "tavus"})
        return uid, video.structured_content, raw.contents[0], changes.structured_content

    uid, video, raw, changes = over_stdio(["--sandbox"], what, XDG_STATE_HOME=str(tmp_path))
    assert video["video"]["uid"] == uid
    assert raw.mime_type == "application/json"
    assert json.loads(raw.text)["video_id"] == uid.partition(":")[2]
    assert changes["changes"][0]["change"] == "new"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    with subprocess.Popen(
        [POLYREEL, "mcp", "--sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
    ) as process:
        yield process
        process.kill()


def ask(process: subprocess.Popen[bytes], **message: Any) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, **message}).encode() + b"\n")
    process.stdin.flush()
    result: dict[str, Any] = json.loads(process.stdout.readline())
    return result


def initialize(process: subprocess.Popen[bytes]) -> None:
    params = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a client of somebody else", "version": "1"},
    }
    assert ask(process, method="initialize", params=params)["result"]["serverInfo"]


def test_it_ends_when_its_client_goes_away(started: subprocess.Popen[bytes]) -> None:
    initialize(started)
    out, err = started.communicate(timeout=20)
    assert (started.returncode, out, err) == (0, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_by_a_signal_though_its_client_stays(
    started: subprocess.Popen[bytes], number: int
) -> None:
    initialize(started)
    begin = time.monotonic()
    started.send_signal(number)
    assert started.wait(timeout=20) in {0, 130, 143}
    assert time.monotonic() - begin < 10
    assert started.stderr is not None
    assert b"Traceback" not in started.stderr.read()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sandbox", "--library"], "give one of them"),
        (["--library", "/nowhere/library.db"], "polyreel sync"),
        (["--account", "nobody"], "no account 'nobody'"),
    ],
)
def test_a_wrong_start_is_said_at_once(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [POLYREEL, "mcp", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=30,
    )
    assert done.returncode in {1, 2}
    assert done.stdout == ""
    assert said in done.stderr


INSPECTOR = os.environ.get("POLYREEL_INSPECTOR", "")


@pytest.mark.slow
@pytest.mark.skipif(not Path(INSPECTOR or "nowhere").exists(), reason="npm's inspector isn't here")
def test_the_inspector_of_the_protocols_authors_gets_results(tmp_path: Path) -> None:
    def inspect(*arguments: str) -> Any:
        done = subprocess.run(
            [INSPECTOR, "--cli", POLYREEL, "mcp", "--sandbox", *arguments],
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    listed = inspect("--method", "tools/list")["tools"]
    assert len(listed) == 5
    found = inspect(
        "--method", "tools/call", "--tool-name", "search_videos", "--tool-arg", "limit=2"
    )["structuredContent"]
    more = inspect(
        "--method", "tools/call", "--tool-name", "search_videos",
        "--tool-arg", f"cursor={found['next']}",
    )["structuredContent"]  # fmt: skip
    assert len(found["videos"]) == 2
    assert not {row["uid"] for row in found["videos"]} & {row["uid"] for row in more["videos"]}
    uri = f"polyreel://videos/{found['videos'][0]['uid']}"
    raw = inspect("--method", "resources/read", "--uri", uri)["contents"][0]["text"]
    assert json.loads(raw)
