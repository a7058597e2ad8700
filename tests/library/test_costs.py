"""What a page or a search costs depends on the page and the answer, not on all that is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from polyreel import Video
from polyreel.library.catalog import connections, writing
from polyreel.library.catalog.reading import Filters, LibraryReader
from polyreel.library.catalog.writing import LibraryWriter

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEW, MANY = 300, 6000


def video(number: int, title: str = "quiet dawn") -> Video:
    created = NOW - timedelta(seconds=number)
    return Video(
        provider="acme", account="acme", id=f"v{number:05}", title=title, created_at=created,
        provider_status="completed", download_url=f"https://cdn.example/{number}.mp4",
        raw={"id": number, "title": title},
    )  # fmt: skip


class Steps:
    """Counts SQLite's operations, by tens."""

    def __init__(self) -> None:
        self.count = 0

    def of(
        self, opening: Callable[[Path], sqlite3.Connection]
    ) -> Callable[[Path], sqlite3.Connection]:
        def opened(path: Path) -> sqlite3.Connection:
            connection = opening(path)
            connection.set_progress_handler(self._step, 10)
            return connection

        return opened

    def _step(self) -> None:
        self.count += 10


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    counted = Steps()
    for module, name in ((writing, "open_writer"), (connections, "open_reader")):
        monkeypatch.setattr(module, name, counted.of(getattr(module, name)))
    return counted


@contextmanager
def filled(path: Path, videos: int) -> Iterator[tuple[LibraryWriter, int]]:
    with closing(LibraryWriter(path, lambda: NOW)) as writer:
        run = writer.begin("acme", "videos", "full")
        writer.page(run, "videos", [video(number) for number in range(videos)])
        yield writer, run


PAGES = {
    "known": lambda: [video(number) for number in range(50)],
    "new": lambda: [video(number) for number in range(90_000, 90_050)],
    "one changed": lambda: [video(0, "renamed"), *(video(number) for number in range(1, 50))],
    "all changed": lambda: [video(number, "renamed") for number in range(50)],
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_in_a_small_library_and_in_a_large_one(
    tmp_path: Path, steps: Steps, page: str
) -> None:
    costs = []
    for size in (FEW, MANY):
        with filled(tmp_path / f"{size}.db", size) as (writer, run):
            steps.count = 0
            writer.page(run, "videos", PAGES[page]())
            costs.append(steps.count)

    few, many = costs
    assert many < 1.2 * few + 100


def test_an_item_is_marked_as_deleted_at_the_same_cost_in_a_large_library(
    tmp_path: Path, steps: Steps
) -> None:
    costs = []
    for size in (FEW, MANY):
        with filled(tmp_path / f"{size}.db", size) as (writer, _):
            steps.count = 0
            assert len(writer.delete("acme", "videos", ["v00007"])) == 1
            costs.append(steps.count)

    assert costs[1] < 1.2 * costs[0] + 100


@pytest.mark.parametrize("words", ["", "quiet"])
def test_the_newest_few_are_found_without_reading_all(
    tmp_path: Path, steps: Steps, words: str
) -> None:
    """Words that every item holds cost a step or two for each; its row is not read."""
    with filled(tmp_path / "library.db", MANY):
        pass
    with closing(LibraryReader(tmp_path / "library.db")) as reader:
        steps.count = 0
        found = list(reader.items("videos", Filters(words=words), 20))

    assert [each.id for each in found] == [f"v{number:05}" for number in range(20)]
    assert steps.count < 10 * MANY + 10_000 if words else steps.count < 5_000


def test_many_threads_read_at_once_and_each_gets_its_own_rows(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with filled(tmp_path / "library.db", 600):
        pass
    with closing(LibraryReader(tmp_path / "library.db")) as reader:

        def rows(number: int) -> list[Any]:
            since = NOW - timedelta(seconds=number)
            if number % 2:
                query = (
                    f"select uid from videos where created_at >= '{since:%FT%T}.000Z' order by 1"
                )
                return [uid[5:] for (uid,) in reader.sql(query)[1]]
            return sorted(each.id for each in reader.items("videos", Filters(since=since)))

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(rows, range(100)))

    assert found == [[f"v{each:05}" for each in range(number + 1)] for number in range(100)]


def test_one_query_goes_on_while_another_is_asked(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db", 1500):
        pass
    with closing(LibraryReader(tmp_path / "library.db")) as reader:
        _, uids = reader.sql("select uid from videos order by uid")
        first = next(uids)
        assert len(list(reader.items("videos", Filters()))) == 1500
        assert reader.runs()[0]["mode"] == "full"
        assert [first, *uids] == [(f"acme:v{number:05}",) for number in range(1500)]


def test_the_time_limit_of_sql_is_not_one_of_later_queries(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db", MANY):
        pass
    with closing(LibraryReader(tmp_path / "library.db")) as reader:
        assert list(reader.sql("select 1", seconds=0)[1]) == [(1,)]
        assert len(list(reader.items("videos", Filters()))) == MANY
