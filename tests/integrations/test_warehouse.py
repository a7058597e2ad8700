"""A warehouse holds what the library holds, and is sent what differs and nothing else."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from polyreel import ConfigurationError, LibraryError
from polyreel.integrations.destinations import Destination, failure
from polyreel.integrations.warehouse import load
from polyreel.library import Library
from polyreel.library.catalog.reading import LibraryReader
from polyreel.library.catalog.renaming import rename_account
from polyreel.library.sync.run import SyncOptions
from support.postgres import PASSWORD, binaries, postgres
from support.worlds import Home, World

pytestmark = [
    pytest.mark.slow,
    # dlt's and its libraries' own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
FULL = SyncOptions(full=True, accept_deletions=True)
COLUMNS = "uid, account, title, status, created_at, deleted_at, rev, raw"


@pytest.fixture
def world() -> World:
    world = World("acme", seed=3)
    world.make(20, "ready")
    world.make(3)
    return world


@pytest.fixture
def home(tmp_path: Path, world: World) -> Home:
    home = Home(tmp_path / "library.db", world)
    home.sync()
    return home


def stored(path: Path) -> list[tuple[Any, ...]]:
    """What the library has, all of it, with comparable values."""
    with closing(LibraryReader(path)) as reader:
        rows = reader.sql(f"select {COLUMNS} from videos order by uid")[1]
        return [(*row[:4], *map(_moment, row[4:6]), row[6], json.loads(row[7])) for row in rows]


def _moment(text: str | None) -> str | None:
    return text and text[:19]


def of_duckdb(file: Path, where: str = "true") -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        found = connection.execute(
            f"select {COLUMNS} from ai_videos.videos where {where} order by uid"
        ).fetchall()
    return [_loaded(row) for row in found]


def _loaded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    times = (each and each.isoformat()[:19] for each in row[4:6])
    raw = row[7] if isinstance(row[7], dict | None) else json.loads(row[7])
    return (*row[:4], *times, row[6], raw)


def test_after_each_day_the_warehouse_is_what_the_library_is(
    tmp_path: Path, home: Home, world: World
) -> None:
    file, target = tmp_path / "w.duckdb", f"duckdb:///{tmp_path / 'w.duckdb'}"
    with Library.open(home.path) as library:
        assert load(library, target) == {"videos": 23}
        for _ in range(4):
            world.day()
            before = home.changes[-1].rev
            home.sync(FULL)
            changed = {change.item.uid for change in home.changes if change.rev > before}
            assert load(library, target).get("videos", 0) == len(changed)
            assert of_duckdb(file) == stored(home.path)
        assert load(library, target) == {}


def test_rows_of_what_is_deleted_can_go(tmp_path: Path, home: Home, world: World) -> None:
    file, target = tmp_path / "w.duckdb", f"duckdb:///{tmp_path / 'w.duckdb'}"
    with Library.open(home.path) as library:
        load(library, target)
        world.delete("v1", "v7")
        home.sync(FULL)
        load(library, target)
        assert {row[0] for row in of_duckdb(file, "deleted_at is not null")} == {
            "acme:v1",
            "acme:v7",
        }
        load(library, target, hard_delete=True)
        assert {row[0] for row in of_duckdb(file)} == {f"acme:{id}" for id in world.truth()}
        load(library, target)  # and back again
        assert of_duckdb(file) == stored(home.path)


def test_a_renamed_account_is_renamed_in_the_warehouse(tmp_path: Path, home: Home) -> None:
    file, target = tmp_path / "w.duckdb", f"duckdb:///{tmp_path / 'w.duckdb'}"
    with Library.open(home.path) as library:
        load(library, target)
        rename_account(home.path, "acme", "work")
        assert load(library, target) == {"videos": 46}
    assert of_duckdb(file, "deleted_at is null") == stored(home.path)
    gone = of_duckdb(file, "deleted_at is not null")
    assert {(row[0], row[1]) for row in gone} == {(f"acme:v{n}", "acme") for n in range(1, 24)}


def test_a_library_that_was_made_anew_is_loaded_whole(
    tmp_path: Path, home: Home, world: World
) -> None:
    target = f"duckdb:///{tmp_path / 'w.duckdb'}"
    with Library.open(home.path) as library:
        load(library, target)
    again = Home(tmp_path / "again.db", world)
    again.sync()
    with Library.open(again.path) as library:
        assert load(library, target) == {"videos": 23}
        assert load(library, target) == {}
    assert of_duckdb(tmp_path / "w.duckdb") == stored(again.path)


def test_links_are_sent_without_their_signatures(tmp_path: Path, home: Home) -> None:
    import duckdb

    with Library.open(home.path) as library:
        load(library, f"{tmp_path / 'w.duckdb'}")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        links = connection.execute(
            "select download_url from ai_videos.videos where download_url is not null"
        ).fetchall()
    assert len(links) == 20
    assert not any("Signature" in link for (link,) in links)


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL isn't installed")
def test_postgres_holds_what_the_library_holds(home: Home, world: World) -> None:
    import psycopg2

    with postgres() as address, Library.open(home.path) as library:
        target = address.replace("@", f":{PASSWORD}@")
        assert load(library, target, dataset="films") == {"videos": 23}
        world.day()
        world.delete("v2")
        home.sync(FULL)
        load(library, target, dataset="films")
        assert load(library, target, dataset="films") == {}
        with closing(psycopg2.connect(target)) as connection, connection.cursor() as cursor:
            cursor.execute("set timezone = 'UTC'")
            cursor.execute(f'select {COLUMNS} from films.videos order by uid collate "C"')
            assert [_loaded(row) for row in cursor.fetchall()] == stored(home.path)
            cursor.execute("select pg_typeof(raw)::text from films.videos limit 1")
            assert cursor.fetchone() == ("jsonb",)

        with pytest.raises(ConfigurationError) as caught:
            load(library, address.replace("@", ":wrong-p4ssword@"))
        told = str(caught.value)
        assert "password authentication failed" in told
        assert "\n" not in told
        assert "wrong-p4ssword" not in told


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("duckdb:///ai_videos.duckdb", "DuckDB can't tell a dataset from a file"),
        ("nowhere", "there is no destination 'nowhere'"),
        ("mysql://a:secret-p4ss@b/c", "mysql:// is no warehouse's address"),
        ("postgres", "postgres needs credentials: set DESTINATION__POSTGRES__CREDENTIALS"),
        ("postgresql://a:secret-p4ss@x#@127.0.0.1/c", "write @ as %40"),
        ("postgresql://a:secret-p4ss@127.0.0.1:1/c", "can't be loaded"),
        ("snowflake", "snowflake needs"),
    ],
)
def test_what_can_not_be_used_is_said_in_a_sentence(home: Home, target: str, told: str) -> None:
    with Library.open(home.path) as library, pytest.raises(ConfigurationError) as caught:
        load(library, target)
    assert told in str(caught.value)
    assert "secret-p4ss" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "shown", ["postgresql://a@b/c", "postgres://a@b/c", "redshift://a@b/c", "snowflake", "bigquery"]
)
def test_a_driver_that_is_missing_is_named_as_dlt_names_it(shown: str) -> None:
    told = str(failure(Destination(shown, None, None), ModuleNotFoundError("no driver")))
    extra = re.search(r"pip install 'dlt\[(\w+)\]'", told)
    assert extra
    assert extra[1] in metadata.metadata("dlt").get_all("Provides-Extra", [])


def test_without_a_library_no_warehouse_is_made(tmp_path: Path) -> None:
    with Library.open(tmp_path / "none.db") as library, pytest.raises(LibraryError):
        load(library, f"duckdb:///{tmp_path / 'w.duckdb'}")
    assert not (tmp_path / "w.duckdb").exists()


def test_without_dlt_it_is_said_how_to_get_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dlt", None)
    with (
        Library.open(home.path) as library,
        pytest.raises(ConfigurationError, match=r"pip install 'polyreel\[warehouse\]'"),
    ):
        load(library, "duckdb:///w.duckdb")
