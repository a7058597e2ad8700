"""A listing is a data frame wherever Arrow is understood, page by page, and a failure says why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from polyreel import AsyncHub, Hub, PartialFailure, Video
from polyreel.library import Library
from polyreel.library.catalog.writing import LibraryWriter
from support.either_hub import QUICK, account
from support.servers import Reply, Request, Server, openai_list, openai_video, serve

VIDEOS = [openai_video(number) for number in range(230)]
IDS = [f"openai:{video['id']}" for video in VIDEOS]


def in_polars(listing: Any) -> list[str]:
    return pytest.importorskip("polars").DataFrame(listing)["uid"].to_list()


def in_pandas(listing: Any) -> list[str]:
    return list(pytest.importorskip("pandas").DataFrame.from_arrow(listing)["uid"])


def in_pyarrow(listing: Any) -> list[str]:
    return pytest.importorskip("pyarrow").table(listing)["uid"].to_pylist()


def in_duckdb(listing: Any) -> list[str]:
    videos = listing  # noqa: F841 - DuckDB finds it by its name
    found = pytest.importorskip("duckdb").sql("select uid from videos").fetchall()
    return [uid for (uid,) in found]


READERS = [in_polars, in_pandas, in_pyarrow, in_duckdb]
readers = pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)


@pytest.fixture
def server() -> Iterator[Server]:
    pytest.importorskip("arro3.core")
    with serve(openai_list(VIDEOS)) as server:
        yield server


@readers
def test_a_listing_becomes_a_frame_with_each_page_asked_for_once(
    server: Server, read: Callable[[Any], list[str]]
) -> None:
    with Hub([account("openai", server.url)], policy=QUICK) as hub:
        listing = hub.videos.list(page_size=100)
        assert read(listing) == IDS
    assert len(server.requests) == 3
    assert listing.cursor is None


def test_the_first_rows_are_there_before_the_second_page_is_asked_for(server: Server) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    with Hub([account("openai", server.url)], policy=QUICK) as hub:
        reader = pyarrow.RecordBatchReader.from_stream(hub.videos.list(page_size=100))
        assert server.requests == [], "the schema is known without a request"
        assert reader.read_next_batch().num_rows == 100
        assert len(server.requests) == 1


def test_times_and_numbers_come_as_such(server: Server) -> None:
    polars = pytest.importorskip("polars")
    with Hub([account("openai", server.url)], policy=QUICK) as hub:
        video = next(iter(hub.videos.list()))
        row = polars.DataFrame(hub.videos.list(limit=1)).row(0, named=True)
    assert isinstance(row["created_at"], datetime)
    assert {name: row[name] for name in Video.fields()} == video.as_dict()


@readers
def test_an_accounts_failure_arrives_with_its_message(
    server: Server, read: Callable[[Any], list[str]]
) -> None:
    def refuse(_: Request) -> Reply:
        return Reply({"error": {"message": "no such key", "type": "x"}}, 401)

    with (
        serve(refuse) as broken,
        Hub([account("openai", server.url), account("openai", broken.url, "two")]) as hub,
    ):
        alone = hub.videos.list(account="two")
        with pytest.raises(Exception, match=r"AuthenticationError: .*no such key"):
            read(alone)
        assert [error.account for error in alone.errors] == ["two"]

        with pytest.raises(Exception, match=r"1 of 2 accounts failed: two: .*no such key"):
            read(hub.videos.list())
        with pytest.raises(PartialFailure):
            list(hub.videos.list())

        kept = hub.videos.list(on_error="skip")
        assert read(kept) == IDS
        assert len(kept.errors) == 1


def test_a_listing_in_a_notebook_asks_nobody(server: Server) -> None:
    with Hub([account("openai", server.url, "work")], policy=QUICK) as hub:
        shown = hub.videos.list(status="ready", limit=7)._repr_html_()
    assert server.requests == []
    assert "work" in shown
    assert "ready" in shown
    assert ">7<" in shown


def test_an_async_listing_says_what_to_do_instead(server: Server) -> None:
    polars = pytest.importorskip("polars")

    async def attempt() -> None:
        async with AsyncHub([account("openai", server.url)]) as hub:
            listing = hub.videos.list()
            assert "videos" in listing._repr_html_()
            with pytest.raises(TypeError, match=r"use Hub instead of AsyncHub"):
                polars.DataFrame(listing)
            rows = [video.to_dict() async for video in listing]
            assert polars.DataFrame(rows)["uid"].to_list() == IDS

    asyncio.run(attempt())


@readers
def test_a_library_is_a_frame_too(tmp_path: Path, read: Callable[[Any], list[str]]) -> None:
    pytest.importorskip("arro3.core")
    made = [
        Video(provider="acme", account="acme", id=f"{number:04}", created_at=10**9 + number)
        for number in range(2100)
    ]
    writer = LibraryWriter(tmp_path / "library.db", lambda: datetime(2026, 11, 25, tzinfo=UTC))
    run = writer.begin("acme", "videos", "full")
    writer.page(run, "videos", made)
    writer.end(run, "full", complete=True, error=None)
    writer.close()

    with Library.open(tmp_path / "library.db") as library:
        found = library.videos()
        assert read(found) == [video.uid for video in reversed(made)]
        assert [video.uid for video in found] == read(found), "each reading begins anew"
        assert "20 of 2,100 videos" in found._repr_html_()
        assert "1 of 1 videos" in library.videos(limit=1)._repr_html_()
        assert read(library.replicas()) == []


def test_without_the_extra_one_sentence_says_what_to_install(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "arro3.core", None)
    with (
        Hub([account("openai", server.url)]) as hub,
        pytest.raises(ImportError, match=r"pip install 'polyreel\[arrow\]'"),
    ):
        hub.videos.list().__arrow_c_stream__()
