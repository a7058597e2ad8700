"""A file comes whole or not at all, whatever its server does; and the key never goes there."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from attrs import evolve
from polyreel import Account, AsyncHub, BrokenFile, Hub, LinkEnded, NotFound, Policy, Video, sandbox
from polyreel.errors import ConfigurationError, ConnectionFailed, PolyreelError, RequestError
from polyreel.http.download import Transfer
from support.cdn import BAD, GOOD, Cdn, serving

KEY = "sk-very-secret-key"
QUICK = Policy(attempts=5, longest_wait=0.05, idle_timeout=0.5, connect_timeout=2)


@pytest.fixture(scope="module")
def cdn():
    with serving() as running:
        yield running


@pytest.fixture
def sync_hub():
    with Hub(accounts(), policy=QUICK) as hub:
        yield hub


def accounts(base_url="http://127.0.0.1:9/v2"):
    return [
        Account(
            name="work",
            provider="tavus",
            key=KEY,
            base_url=base_url,
            headers={"x-team": "t1-secret"},
        )
    ]


def video(url, id="v1"):
    return Video(provider="tavus", account="work", id=id, status="ready", download_url=url)


def download(hub_kind, item, path, policy=QUICK, accounts=None):
    """Download in either hub."""
    accounts = accounts or globals()["accounts"]()
    if hub_kind == "sync":
        with Hub(accounts, policy=policy) as hub:
            return hub.videos.download(item, path)

    async def run():
        async with AsyncHub(accounts, policy=policy) as hub:
            return await hub.videos.download(item, path)

    return asyncio.run(run())


either = pytest.mark.parametrize("hub", ["sync", "async"])


@either
@pytest.mark.parametrize("fault", sorted(GOOD))
def test_what_can_be_had_is_had_whole(cdn, tmp_path, hub, fault):
    name = f"{hub}-good"
    saved = download(hub, video(cdn.url(fault, name)), tmp_path)
    assert saved.read_bytes() == cdn.content(fault, name)
    assert saved.name == ("v1.webm" if fault == "webm" else "v1.mp4"), "named by what it is"
    assert list(tmp_path.iterdir()) == [saved]


@either
@pytest.mark.parametrize("fault", sorted(BAD))
def test_what_is_no_whole_file_is_refused_and_leaves_nothing(
    cdn, tmp_path, hub, fault, monkeypatch
):
    item = video(cdn.url(fault, f"{hub}-bad"))
    with pytest.raises(PolyreelError) as caught:
        download(hub, item.evolve(id="v1"), tmp_path, policy=evolve(QUICK, attempts=2))
    assert "s3cr3t" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("v1.part")] == []


def test_no_request_to_a_foreign_server_held_the_key(cdn, tmp_path):
    download("sync", video(cdn.url("redirect", "key")), tmp_path)
    for seen in cdn.seen:
        told = str(seen.headers).lower()
        assert KEY not in told
        assert "t1-secret" not in told
        assert "x-api-key" not in told
        assert seen.headers["accept-encoding"] == "identity"


@either
def test_a_broken_transfer_is_gone_on_with_where_it_stopped(cdn, tmp_path, hub):
    download(hub, video(cdn.url("cut thrice", f"{hub}-on")), tmp_path)
    mine = [seen for seen in cdn.seen if seen.path.startswith(f"/cut_thrice/{hub}-on")]
    assert len(mine) == 4
    assert [seen.headers.get("range") for seen in mine] == [
        None, "bytes=12000-", "bytes=24000-", "bytes=36000-",
    ]  # fmt: skip
    assert all(seen.headers["if-range"].startswith('"') for seen in mine[1:])


def test_another_process_goes_on_with_a_part(cdn, tmp_path):
    """What a killed process left is used, if the server vouches that it is of the same file."""
    url = cdn.url("cut thrice", "killed")
    with pytest.raises(ConnectionFailed):
        download("sync", video(url), tmp_path, policy=evolve(QUICK, attempts=1))
    assert (tmp_path / "v1.part").stat().st_size == 12_000
    saved = download("sync", video(url), tmp_path)
    assert saved.read_bytes() == cdn.content("cut thrice", "killed")


@pytest.mark.parametrize("part", [b"", b"of another file", b"x" * 100_000])
@pytest.mark.parametrize("notes", [None, "{}", '{"validator": "\\"other\\""}', "no JSON"])
def test_a_part_of_something_else_is_void(cdn, tmp_path, part, notes):
    (tmp_path / "v1.part").write_bytes(part)
    if notes is not None:
        (tmp_path / "v1.part.json").write_text(notes)
    saved = download("sync", video(cdn.url("plain", "void")), tmp_path)
    assert saved.read_bytes() == cdn.content("plain", "void")


def test_a_part_that_is_all_of_the_file_needs_no_body(cdn, tmp_path):
    """Killed between the last byte and the name."""
    whole = cdn.content("plain", "all")
    import hashlib
    import json

    tag = f'"{hashlib.md5(whole).hexdigest()}"'
    (tmp_path / "v1.part").write_bytes(whole)
    (tmp_path / "v1.part.json").write_text(json.dumps({"validator": tag}))
    before = len(cdn.seen)
    saved = download("sync", video(cdn.url("plain", "all")), tmp_path)
    assert saved.read_bytes() == whole
    assert len(cdn.seen) == before + 1


def test_an_existing_file_is_only_ever_replaced_by_a_whole_one(cdn, tmp_path):
    place = tmp_path / "mine.mp4"
    place.write_bytes(b"precious")
    with pytest.raises(BrokenFile, match="a web page"):
        download("sync", video(cdn.url("html", "replace")), place)
    assert place.read_bytes() == b"precious"
    assert download("sync", video(cdn.url("plain", "replace")), place) == place
    assert place.read_bytes() == cdn.content("plain", "replace")


def test_a_folder_that_is_not_there_is_named(cdn, tmp_path):
    with pytest.raises(ConfigurationError, match="no folder"):
        download("sync", video(cdn.url("plain", "x")), tmp_path / "none" / "a.mp4")


@contextmanager
def stream(hub, item):
    """Read a stream of either hub whole: its size, type and bytes."""
    if hub == "sync":
        with Hub(accounts(), policy=QUICK) as one, one.videos.open(item) as opened:
            yield opened.size, opened.type, b"".join(opened)
        return

    async def run():
        async with AsyncHub(accounts(), policy=QUICK) as one, await one.videos.open(item) as opened:
            return opened.size, opened.type, b"".join([piece async for piece in opened])

    yield asyncio.run(run())


@either
@pytest.mark.parametrize("fault", ["plain", "cut", "dated"])
def test_a_stream_has_the_size_the_type_and_all_bytes(cdn, hub, fault):
    whole = cdn.content(fault, f"{hub}-stream")
    with stream(hub, video(cdn.url(fault, f"{hub}-stream"))) as found:
        assert found == (len(whole), "video/mp4", whole)


@either
@pytest.mark.parametrize("fault", ["weak", "changed", "no-validator"])
def test_a_stream_that_can_not_go_on_ends_with_an_error(cdn, hub, fault):
    """What was given already can't be taken back; two files are never spliced."""
    item = video(cdn.url(fault, f"{hub}-broken"))
    with pytest.raises(ConnectionFailed, match="broke off at byte 20,000"), stream(hub, item):
        pass


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:1/a.mp4", "from https to plain http"),
        ("https://127.0.0.1:1/a.mp4", "private network"),
        ("https://localhost:1/a.mp4", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("https://10.0.0.7/a.mp4", "private network"),
        ("https://[::1]/a.mp4", "private network"),
        ("https://[::ffff:10.0.0.7]/a.mp4", "private network"),
        ("file:///etc/passwd", "no link that can be followed"),
    ],
)
def test_a_link_leads_nowhere_but_to_the_internet(url, says):
    with Hub(accounts("https://api.tavus.example/v2"), policy=QUICK) as hub:
        transfer = Transfer(hub._planner.connection("work"), url, QUICK)
        with pytest.raises(RequestError, match=says):
            list(hub._transport.downloads.pieces(transfer))


@either
def test_a_name_that_leads_into_a_private_network_is_found_out_when_it_is_resolved(
    tmp_path, hub, monkeypatch
):
    import socket

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("192.168.1.7", 443))]
    )
    item = video("https://cdn.example/a.mp4")
    with pytest.raises(ConnectionFailed, match="private network"):
        download(
            hub,
            item,
            tmp_path,
            policy=evolve(QUICK, attempts=1),
            accounts=accounts("https://api.tavus.example/v2"),
        )


def test_a_link_that_has_ended_is_renewed_once():
    with sandbox.serve() as box, Hub(box.accounts(), policy=QUICK) as hub:
        item = next(iter(hub.videos.list(provider="heygen", status="ready")))
        box.clock.advance(7300)
        with hub.videos.open(item) as opened:
            assert opened.size == len(b"".join(opened))


def test_a_file_behind_the_key_comes_with_it_and_what_it_redirects_to_without(tmp_path):
    with sandbox.serve() as box, Hub(box.accounts(), policy=QUICK) as hub:
        for item in hub.videos.list(provider="openai", status="ready", limit=4):
            assert hub.videos.download(item, tmp_path).stat().st_size > 1000


def test_an_item_without_the_file_says_what_it_has():
    with sandbox.serve() as box, Hub(box.accounts(), policy=QUICK) as hub:
        item = next(iter(hub.videos.list(provider="tavus", status="running")))
        with pytest.raises(NotFound, match="is running and has no file"):
            hub.videos.open(item)
        ready = next(iter(hub.videos.list(provider="heygen", status="ready")))
        with pytest.raises(NotFound, match="it has video, thumbnail"):
            hub.videos.open(ready, role="hologram")


def test_a_link_that_stays_ended_is_said(cdn, tmp_path, sync_hub):
    transfer = Transfer(sync_hub._planner.connection("work"), cdn.url("gone", "x"), QUICK)
    with pytest.raises(LinkEnded, match="link has ended"):
        list(sync_hub._transport.downloads.pieces(transfer))


class Counting(Cdn):
    """Knows how many of its answers were under way at the same time."""

    most = under_way = 0

    def answer(self, *request):
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        try:
            time.sleep(0.01)
            super().answer(*request)
        finally:
            with self._lock:
                self.under_way -= 1


@either
def test_no_more_files_of_an_account_come_at_a_time_than_in_flight(tmp_path, hub):
    few = [evolve(one, in_flight=3) for one in accounts()]
    with serving(Counting()) as cdn:
        videos = [video(cdn.url("plain", f"v{number}"), f"v{number}") for number in range(15)]

        async def run():
            async with AsyncHub(few, policy=QUICK) as one:
                await asyncio.gather(*(one.videos.download(it, tmp_path) for it in videos))

        if hub == "sync":
            with Hub(few, policy=QUICK) as one, ThreadPoolExecutor(15) as threads:
                list(threads.map(lambda it: one.videos.download(it, tmp_path), videos))
        else:
            asyncio.run(run())
        assert cdn.most == 3
    assert len(list(tmp_path.iterdir())) == 15


def test_listings_go_on_while_files_take_all_places(tmp_path):
    slowly = Cdn(size=400_000, pause=0.02)
    with sandbox.serve(items={"videos": 30, "replicas": 0}) as box, serving(slowly) as cdn:
        few = [evolve(one, in_flight=1) for one in box.accounts() if one.name == "tavus"]
        item = evolve(video(cdn.url("plain", "v1")), account="tavus")
        with Hub(few) as one, ThreadPoolExecutor(1) as thread:
            slow = thread.submit(one.videos.download, item, tmp_path)
            assert len(list(one.videos.list())) == 30
            assert not slow.done()
            assert slow.result().exists()
