"""The gallery shows what there is, plays what is kept, and lets no other page near it."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from library.world import KEY, world
from polyreel import Account, ConfigurationError, Hub, Replica, Video
from polyreel.gallery.facets import counts, total
from polyreel.gallery.serving import serve
from polyreel.library.archive import Archive
from polyreel.library.catalog.browsing import FACETS
from polyreel.library.catalog.stored_files import FileTable
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.from_archive import take_files

NOW = datetime.now(UTC)
SOON, PAST = (int((NOW + timedelta(days=days)).timestamp()) for days in (9, -9))


def video(id: str, **fields: Any) -> Video:
    given = {
        "title": f"film {id}",
        "provider_status": "completed",
        "created_at": NOW,
        "raw": {"id": id},
    }
    return Video(account="work", id=id, **({"provider": "acme"} | given | fields))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def fill(library: Path) -> Callable[..., LibraryWriter]:
    def filling(*items: Video | Replica) -> LibraryWriter:
        writer = LibraryWriter(library, lambda: NOW)
        for kind, model in (("videos", Video), ("replicas", Replica)):
            run = writer.begin("work", kind, "full")
            writer.page(run, kind, [item for item in items if isinstance(item, model)])
            writer.end(run, "full", complete=True, error=None)
        return writer

    return filling


@contextmanager
def opened(library: Path, archive: Path | None = None, **options: Any) -> Iterator[httpx.Client]:
    """Open a gallery, and wait until its archive is read."""
    kept = Archive(archive) if archive else None
    with (
        serve(library, kept, port=0, **options) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        while (client.get("/api/accounts").json()["archive"] or {}).get("reading"):
            time.sleep(0.01)
        yield client


def uids(client: httpx.Client, **query: Any) -> list[str]:
    return [card["uid"] for card in client.get("/api/items", params=query).json()["items"]]


def archived(root: Path, *ids: str) -> list[Video]:
    """Make an archive of some videos, and return them as their provider listed them."""
    with world(dict.fromkeys(ids, "plain")) as there, there.hub() as hub:
        listed = [*hub.videos.list()]
        assert {one.state for one in Archive(root).add(hub)} == {"stored"}
    return listed


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Yield a gallery with one video, for tests that only ask."""
    path = tmp_path_factory.mktemp("shared") / "library.db"
    writer = LibraryWriter(path, lambda: NOW)
    writer.page(writer.begin("work", "videos", "full"), "videos", [video("a")])
    writer.close()
    with opened(path) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:{port}"}, 200),
        ({"host": "evil.example"}, 400),
        ({"host": "evil.example:{port}"}, 400),
        ({"host": "127.0.0.1.nip.io:{port}"}, 400),
        ({"host": "127.0.0.1"}, 400),
        ({"host": ""}, 400),
        ({"origin": "http://127.0.0.1:{port}"}, 200),
        ({"origin": "http://localhost:{port}"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
    ],
)
def test_only_the_gallerys_own_page_is_answered(shared, headers, status) -> None:
    filled = {name: value.format(port=shared.base_url.port) for name, value in headers.items()}
    for path in ("/", "/api/items", "/api/item?uid=work:a", "/file?uid=work:a&role=video"):
        response = shared.get(path, headers=filled)
        if status == 200:
            assert response.status_code in {200, 410}, path
        else:
            assert response.status_code == status, path
            assert "film" not in response.text


def test_a_link_from_elsewhere_opens_the_page_and_nothing_else(shared) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert shared.get("/", headers=followed).status_code == 200
    assert shared.get("/api/items", headers=followed).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/api/items", "/file", "/nowhere"])
def test_nothing_but_reading_is_understood(shared, method, path) -> None:
    assert shared.request(method, path).status_code == 405


def test_every_response_forbids_what_the_page_does_not_need(shared) -> None:
    for path in ("/", "/gallery.js", "/api/items", "/api/item?uid=none", "/file", "/nowhere"):
        headers = shared.get(path).headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'self'"
        assert {*policy} & {"script-src", "style-src", "connect-src"} == set()
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_it_listens_on_this_machine_alone(library) -> None:
    with serve(library, port=0) as address:
        assert address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "uid",
    [
        "",
        "work:",
        "work:../../a",
        "../a",
        "%00",
        "work:a\0",
        "/etc/passwd",
        "work:a' OR '1'='1",
        "x" * 9000,
    ],
)
def test_a_uid_that_nobody_has_is_not_found_whatever_it_is(shared, uid) -> None:
    for path in ("/api/item", "/file"):
        response = shared.get(path, params={"uid": uid, "role": "video"})
        assert response.status_code == 404
        assert "uid" in response.json()["error"]


@pytest.mark.parametrize(
    "query",
    [{"kind": "films"}, {"q": "a\0b"}, {"account": "\0"}, {"role": "../video", "uid": "work:a"}],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(shared, query) -> None:
    response = shared.get("/file" if "role" in query else "/api/items", params=query)
    assert response.status_code == 400
    assert response.json()["error"]


def test_odd_queries_are_answered_all_the_same(shared) -> None:
    for query in (
        {"limit": "-1"}, {"limit": "many"}, {"limit": "9" * 99}, {"after": "x"}, {"after": "~"},
        {"q": '" OR 1=1 -- *('}, {"q": "*"}, {"q": "😀" * 500}, {"month": "never"},
    ):  # fmt: skip
        assert shared.get("/api/items", params=query).status_code == 200, query


def test_a_file_in_the_archive_is_played_from_there_also_from_its_middle(
    library, tmp_path, fill
) -> None:
    listed = archived(tmp_path / "films", "a", "b")
    fill(*listed).close()
    with opened(library, tmp_path / "films") as client:
        query = {"uid": listed[0].uid, "role": "video"}
        whole = client.get("/file", params=query)
        part = client.get("/file", params=query, headers={"range": "bytes=100-199"})
        tail = client.get("/file", params=query, headers={"range": "bytes=-10"})
        saved = client.get("/file", params=query | {"download": "1"})
        about = client.get("/api/item", params=query).json()

    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/mp4")
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert tail.content == whole.content[-10:]
    assert saved.headers["content-disposition"].startswith("attachment")
    assert (about["film"], about["from"]) == ("video", "archive")


def test_without_the_file_the_link_is_followed_while_it_lives(library, fill) -> None:
    link = f"https://cdn.example/a.mp4?Expires={SOON}&Signature=x"
    ended = f"https://cdn.example/b.mp4?Expires={PAST}&Signature=x"
    fill(
        video("a", download_url=link),
        video("b", download_url=ended),
        video("c", download_url=ended, stream_url="https://cdn.example/c.m3u8"),
        video("d", expires_at=NOW - timedelta(days=3)),
        video("e", provider_status="processing", progress=40),
        video("f", provider_status="failed"),
        Replica(provider="acme", account="work", id="r", preview_url="https://cdn.example/r.mp4"),
    ).close()
    with opened(library) as client:

        def film(id: str, role: str = "video") -> httpx.Response:
            return client.get("/file", params={"uid": f"work:{id}", "role": role})

        def note(id: str) -> tuple[str, str]:
            about = client.get("/api/item", params={"uid": f"work:{id}"}).json()
            return about["note"], about["todo"]

        assert (film("a").status_code, film("a").headers["location"]) == (307, link)
        assert film("c").headers["location"] == "https://cdn.example/c.m3u8"
        assert film("r", "preview").headers["location"] == "https://cdn.example/r.mp4"
        assert film("b").status_code == 410
        past = datetime.fromtimestamp(PAST, UTC)
        assert note("b")[0] == f"gone since {past.day} {past:%b %Y}"
        assert "polyreel sync" in note("b")[1]
        assert note("d")[0].startswith("gone since")
        assert note("e")[0] == "running, 40 %"
        assert note("f")[0] == "failed"


def test_a_link_that_needs_the_key_is_followed_by_the_gallery_and_not_by_the_browser(
    library,
) -> None:
    with world({"a": "plain"}) as there, there.hub() as hub:
        [listed] = hub.videos.list()
        keyed = listed.evolve(download_url=f"{there.base_url}/v2/videos/a")
        writer = LibraryWriter(library, lambda: NOW)
        writer.page(writer.begin("work", "videos", "full"), "videos", [keyed])
        writer.close()
        query = {"uid": keyed.uid, "role": "video"}
        with opened(library, hub=hub) as client:
            came = client.get("/file", params=query)
            card = client.get("/api/items").json()["items"][0]
        with opened(library, hub=Hub([Account(name="other", provider="tavus", key="k")])) as client:
            assert client.get("/file", params=query).status_code in {307, 410}

    assert came.json()["video_id"] == "a"  # whose server asks for the key
    assert came.headers["content-disposition"].startswith("attachment")
    assert KEY not in str(came.headers)
    assert card["poster"] is None


def test_without_the_account_a_link_that_needs_its_key_says_how_to_get_the_file(
    library, fill
) -> None:
    fill(
        video("a", provider="openai", download_url="https://api.openai.com/v1/videos/a/content")
    ).close()
    with opened(library) as client:
        about = client.get("/api/item", params={"uid": "work:a"}).json()

    assert about["film"] is None
    assert "polyreel videos download work:a" in about["todo"]


def test_what_a_link_gives_is_saved_as_a_file_under_the_items_name(library) -> None:
    with world({"a": "plain"}) as there, there.hub() as hub:
        listed = [*hub.videos.list()]
        writer = LibraryWriter(library, lambda: NOW)
        writer.page(writer.begin("work", "videos", "full"), "videos", listed)
        writer.close()
        query = {"uid": listed[0].uid, "role": "video"}
        with opened(library, hub=hub) as client:
            saved = client.get("/file", params=query | {"download": "1"})
            assert client.get("/file", params=query).status_code == 307
        with opened(library) as client:
            assert client.get("/file", params=query | {"download": "1"}).status_code == 307
        assert saved.content == there.cdn.content("plain", "a")
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''a.mp4"


def test_what_a_provider_has_deleted_is_shown_as_that(library, fill) -> None:
    writer = fill(video("a"), video("b"))
    writer.delete("work", "videos", ["a"])
    writer.close()
    with opened(library) as client:
        assert uids(client, status="deleted") == ["work:a"]
        about = client.get("/api/item", params={"uid": "work:a"}).json()
        assert about["note"].startswith("gone since")


def test_an_archive_alone_is_enough(tmp_path) -> None:
    listed = archived(tmp_path / "films", "a", "b")
    with opened(tmp_path / "none.db", tmp_path / "films") as client:
        assert sorted(uids(client)) == sorted(item.uid for item in listed)
        assert uids(client, q="film a") == [listed[0].uid]
        about = client.get("/api/item", params={"uid": listed[0].uid}).json()
        assert (about["title"], about["from"]) == (listed[0].title, "archive")
        assert json.loads(about["raw"])["video_id"] == listed[0].id
        assert client.get("/api/accounts").json()["accounts"][0]["items"] == 2
    assert not (tmp_path / "none.db").exists()


def test_library_and_archive_are_shown_as_one(library, tmp_path, fill) -> None:
    listed = archived(tmp_path / "films", "a", "b", "c")
    renamed = listed[0].evolve(title="renamed since")
    fill(renamed, video("new", created_at=NOW), video("dateless", created_at=None)).close()
    with opened(library, tmp_path / "films") as client:
        everything = uids(client)
        after, pages = None, []
        while True:
            page = client.get(
                "/api/items", params={"limit": 1} | ({"after": after} if after else {})
            )
            pages += [card["uid"] for card in page.json()["items"]]
            if not (after := page.json()["next"]):
                break
        assert pages == everything
        assert len(everything) == len({*everything}) == 5
        assert everything[0] == "work:new"
        assert everything[-1] == "work:dateless"
        assert (
            client.get("/api/item", params={"uid": renamed.uid}).json()["title"] == "renamed since"
        )
        assert client.get("/api/facets").json()["total"] == 5


def test_what_is_archived_while_one_looks_plays_from_there(library, tmp_path) -> None:
    with world({"a": "plain"}) as there, there.hub() as hub:
        (tmp_path / "films").mkdir()
        assert [*Archive(tmp_path / "films").add(hub, status="failed")] == []
        listed = [*hub.videos.list()]
        writer = LibraryWriter(library, lambda: NOW)
        writer.page(writer.begin("work", "videos", "full"), "videos", listed)
        writer.close()
        with opened(library, tmp_path / "films") as client:
            query = {"uid": listed[0].uid, "role": "video"}
            assert client.get("/file", params=query).status_code == 307
            assert len([*Archive(tmp_path / "films").add(hub)]) == 1
            assert client.get("/file", params=query).status_code == 200


def test_a_library_that_knows_an_archive_plays_from_it_without_its_name(
    library, tmp_path, fill
) -> None:
    listed = archived(tmp_path / "films", "a", "b")
    fill(*listed).close()
    take_files(FileTable(library), Archive(tmp_path / "films"))
    query = {"uid": listed[0].uid, "role": "video"}
    with opened(library) as client:
        played = client.get("/file", params=query, headers={"range": "bytes=0-9"})
        assert (played.status_code, played.headers["content-type"]) == (206, "video/mp4")
        assert client.get("/api/item", params=query).json()["from"] == "archive"
        (tmp_path / "films").rename(tmp_path / "moved")
        assert client.get("/file", params=query).status_code == 307


@pytest.mark.parametrize("trick", ["outside", "link", "page", "drawing", "away"])
def test_an_archive_of_somebody_elses_gives_no_other_file_and_no_page(tmp_path, trick) -> None:
    root = tmp_path / "films"
    [listed] = archived(root, "a")
    [sidecar] = root.glob("*/*/a.json")
    [film] = root.glob("*/*/a.m*4")
    told = json.loads(sidecar.read_bytes())
    (tmp_path / "secret").write_text("secret")
    if trick == "outside":
        told["files"][0]["name"] = "../secret"
    elif trick == "link":
        film.unlink()
        film.symlink_to(tmp_path / "secret")
    elif trick == "away":
        film.unlink()
    else:
        told["files"][0]["content_type"] = "text/html" if trick == "page" else "image/svg+xml"
    sidecar.write_text(json.dumps(told))

    with opened(tmp_path / "none.db", root) as client:
        response = client.get("/file", params={"uid": listed.uid, "role": "video"})

    assert "secret" not in response.text
    if trick in {"page", "drawing"}:
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["content-disposition"].startswith("attachment")
    else:
        assert response.status_code in {307, 410}


def test_earlier_versions_say_what_was_different(library, fill) -> None:
    writer = fill(video("a", raw={"id": "a", "title": "draft", "n": 1}))
    run = writer.begin("work", "videos", "head")
    writer.page(run, "videos", [video("a", title="final", raw={"id": "a", "title": "final"})])
    writer.close()
    with opened(library) as client:
        [version] = client.get("/api/item", params={"uid": "work:a"}).json()["versions"]

    assert version["status"] == "ready"
    assert version["changed"] == {"title": ["draft", "final"], "n": ["1", None]}


def test_each_account_has_its_last_sync_and_its_error(library, fill) -> None:
    writer = fill(video("a"))
    run = writer.begin("studio", "videos", "full")
    writer.end(run, "full", complete=False, error="studio: the key is wrong")
    writer.close()
    with opened(library) as client:
        lines = {line["account"]: line for line in client.get("/api/accounts").json()["accounts"]}

    assert lines["work"]["error"] is None
    assert lines["work"]["synced"]
    assert lines["work"]["items"] == 1
    assert lines["studio"]["error"] == "studio: the key is wrong"


def test_long_texts_are_cut_on_cards_and_a_bad_library_is_told_in_a_sentence(library, fill) -> None:
    fill(video("a", title=None, prompt="word " * 2_000_000)).close()
    with opened(library) as client:
        assert len(client.get("/api/items").content) < 1_000
        library.write_bytes(b"no database" * 1000)
        response = client.get("/api/items")
        assert response.status_code == 500
        assert "polyreel catalog rebuild" in response.json()["error"]


VALUES = st.tuples(*(st.sampled_from(["", "x", "y", "2026-11"]) for _ in FACETS))


@given(
    st.dictionaries(VALUES, st.integers(1, 9), max_size=12),
    st.fixed_dictionaries(
        {},
        optional={name: st.lists(st.sampled_from(["", "x", "z"]), unique=True) for name in FACETS},
    ),
)
def test_a_count_is_what_choosing_it_alone_in_its_facet_would_show(tally, chosen) -> None:
    for facet, values in counts(tally, chosen).items():
        for value, count in values:
            assert count == total(tally, chosen | {facet: [value]})
        named = [value for value, _ in values]
        assert len(named) == len({*named})
        assert {*chosen.get(facet, ())} <= {*named}


def test_a_port_that_is_taken_is_told_and_the_usual_one_gives_way(library, monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(ConfigurationError, match=f"127.0.0.1:{port}.*another port"),
            serve(library, port=port),
        ):
            pass
        monkeypatch.setattr("polyreel.gallery.serving.PORT", port)
        with serve(library) as address:
            assert httpx.get(address, trust_env=False).status_code == 200


def test_without_the_extra_one_sentence_says_what_to_install(library, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with (
        pytest.raises(ConfigurationError, match=r"pip install 'polyreel\[gallery\]'"),
        serve(library),
    ):
        pass


def test_the_page_is_small_and_names_no_other_place() -> None:
    static = files("polyreel.gallery") / "static"
    texts = {one.name: one.read_text() for one in static.iterdir()}

    assert sum(text.count("\n") for text in texts.values()) <= 500
    assert max(len(line) for text in texts.values() for line in text.splitlines()) <= 200
    for text in texts.values():
        assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in text
        assert " style=" not in text
