"""``polyreel sync``, ``search``, ``changes``, ``sql`` and ``catalog``, as somebody types them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def library(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library that was filled from the sandbox."""
    path = tmp_path / "library.db"
    monkeypatch.setenv("POLYREEL_LIBRARY", str(path))
    filled = cli("sync", "--sandbox")
    assert filled.code == 0, filled.err
    return path


def test_a_sync_says_what_it_did_and_where_the_library_is(cli: Any, library: Path) -> None:
    result = cli("sync", "--sandbox", "--full", "--format", "json")
    rows = json.loads(result.out)

    assert {(row["account"], row["kind"]) for row in rows} >= {
        ("tavus", "videos"),
        ("tavus", "replicas"),
    }
    assert all(
        (row["new"], row["changed"], row["gone"], row["mode"]) == (0, 0, 0, "full") for row in rows
    )
    assert f"the library is {library}" in result.err


def test_a_sync_can_be_of_one_account(cli: Any, library: Path) -> None:
    result = cli("sync", "--sandbox", "--account", "tavus", "--format", "json")
    assert {row["account"] for row in json.loads(result.out)} == {"tavus"}

    unknown = cli("sync", "--sandbox", "--account", "tavsu")
    assert (unknown.code, unknown.out) == (2, "")
    assert "there is no account 'tavsu'" in unknown.err


def test_a_sync_asks_no_service_that_has_ended_for_the_sake_of_a_mere_key(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    result = cli("sync", "--library", str(tmp_path / "library.db"))
    assert (result.code, result.out) == (2, "")
    assert "no account can list what is asked for" in result.err


def test_a_search_finds_what_was_synced(cli: Any, library: Path) -> None:
    found = json.loads(cli("search", "harbour", "--format", "json").out)
    assert found
    assert all("harbour" in f"{row['title']} {row['prompt']}".lower() for row in found)
    assert cli("search", "harbour", "--status", "FAILED,deleted", "--format", "jsonl").code == 0
    assert json.loads(cli("search", '" OR 1=1 -- *(', "--format", "json").out) == []


LISTINGS = {
    "videos": (
        "", "--status READY,failed --since 2026-01-01 --until 2026-12-01", "--exclude tavus",
        "--account openai --order desc --limit 7",
    ),
    "replicas": ("--provider tavus,heygen --status ready",),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTINGS)
def test_the_library_lists_what_a_live_listing_gives(cli: Any, library: Path, kind: str) -> None:
    links = ("thumbnail_url", "preview_url", "download_url", "stream_url", "page_url")

    def listed(*asked: str) -> list[str]:
        result = cli(kind, "list", "--format", "jsonl", *asked)
        assert result.code == 0, result.err
        rows = [json.loads(line) for line in result.out.splitlines()]
        return sorted(
            json.dumps({name: row[name] for name in row if name not in links}) for row in rows
        )

    for asked in map(str.split, LISTINGS[kind]):
        live, stored = listed("--sandbox", *asked), listed("--library", *asked)
        assert live == stored, asked
        counted = cli(kind, "list", "--library", "--count", *asked)
        assert int(counted.out) == len(stored)


def test_a_listing_of_the_library_says_what_it_can_not_do(
    cli: Any, library: Path, tmp_path: Path
) -> None:
    told = cli("videos", "list", "--library")
    assert "videos of the library, as of 20" in told.err
    for wrong in (["--cursor", "x"], ["--filter", "a=b"], ["--page-size", "3"], ["--sandbox"]):
        refused = cli("videos", "list", "--library", *wrong)
        assert (refused.code, refused.out) == (2, "")
    unknown = cli("videos", "list", "--library", "--account", "tavsu")
    assert (unknown.code, "did you mean tavus?" in unknown.err) == (2, True)
    none = cli("videos", "list", "--library", str(tmp_path / "none.db"))
    assert (none.code, "fill one with polyreel sync" in none.err) == (1, True)
    assert cli("videos", "list", "--library", str(library), "-q").out


def test_changes_are_shown_since_a_time_and_after_a_number(cli: Any, library: Path) -> None:
    all_of_them = cli("changes", "--since", "1d", "--format", "jsonl").out.splitlines()
    last = json.loads(all_of_them[-1])["rev"]

    assert len(all_of_them) == last
    assert cli("changes", "--after", str(last), "--format", "jsonl").out == ""
    assert cli("changes", "--since", "2999-01-01", "--format", "jsonl").out == ""
    wrong = cli("changes", "--since", "soon")
    assert (wrong.code, "must be a day" in wrong.err) == (2, True)


def test_sql_counts_and_shows_its_views(cli: Any, library: Path) -> None:
    result = cli(
        "sql", "select kind, count(*) as n from changes group by kind order by 1", "--format", "csv"
    )
    assert result.out.splitlines()[0] == "kind,n"
    assert "videos: uid, provider" in cli("sql", "--schema").out
    refused = cli("sql", "delete from items")
    assert (refused.code, refused.out) == (1, "")
    assert "only reading is allowed" in refused.err


def test_an_account_is_renamed(cli: Any, library: Path) -> None:
    assert "items of tavus are items of work now" in cli("catalog", "rename", "tavus", "work").err
    rows = cli("sql", "select distinct account from videos", "--format", "csv").out.split()
    assert "work" in rows
    assert "tavus" not in rows


def test_a_library_is_rebuilt_from_an_archive(cli: Any, library: Path, tmp_path: Path) -> None:
    films = str(tmp_path / "films")
    stored = cli("archive", films, "--sandbox", "--account", "tavus", "--format", "jsonl")
    assert stored.code == 0, stored.err
    names = {json.loads(line)["name"] for line in stored.out.splitlines()}
    known = cli("sql", "select uid, role, name, size, sha256 from files order by 1, 2").out
    asked = "select uid, title, status, created_at from videos"
    live = cli("sql", asked, "--format", "jsonl")

    library.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    rebuilt = cli("catalog", "rebuild", "--archive", films)
    assert rebuilt.code == 0, rebuilt.err
    assert "the old file is" in rebuilt.err
    rows = cli("sql", asked, "--format", "jsonl")
    assert rows.out
    assert set(rows.out.splitlines()) <= set(live.out.splitlines())
    assert cli("sql", "select uid, role, name, size, sha256 from files order by 1, 2").out == known
    assert cli("catalog", "files", films).err.startswith(f"{len(names)} files of ")
    found = json.loads(cli("sql", "select name from files", "--format", "json").out)
    assert {row["name"] for row in found} == names
    again = json.loads(cli("sync", "--sandbox", "--account", "tavus", "--format", "json").out)
    assert [(row["mode"], row["changed"], row["gone"]) for row in again] == [("full", 0, 0)] * 2
    assert cli("catalog", "rebuild", "--archive", str(tmp_path / "nothing")).code == 2
    assert library.exists()


def test_without_a_library_one_is_told_how_to_get_it(cli: Any, tmp_path: Path) -> None:
    result = cli("search", "x", "--library", str(tmp_path / "none.db"))
    assert (result.code, result.out) == (1, "")
    assert "fill one with polyreel sync" in result.err


def test_a_wait_tells_each_status_and_ends_with_what_is_left(cli: Any) -> None:
    uids = cli("videos", "list", "--sandbox", "-q", "--account", "tavus").out.split()
    ready = json.loads(
        cli("videos", "list", "--sandbox", "--status", "ready", "--format", "json").out
    )
    over = cli("wait", "--sandbox", "--timeout", "0m", *uids[:3])
    done = cli("wait", "--sandbox", "--timeout", "0m", ready[0]["uid"], "--format", "jsonl")

    assert (over.code, len(over.out.splitlines())) == (4, 3)
    assert "the time is over" in over.err
    assert done.code == 0
    assert json.loads(done.out)["done"] is True


def test_a_wait_saves_what_becomes_ready(cli: Any, tmp_path: Path) -> None:
    ready = cli("videos", "list", "--sandbox", "--status", "ready", "--account", "tavus", "-q")
    assert ready.code == 0, ready.err
    [uid, other] = ready.out.split()[:2]
    folder = tmp_path / "new" / "films"
    done = cli("wait", "--sandbox", uid, other, "--download", str(folder))

    assert (done.code, len(done.out.splitlines())) == (0, 2), done.err
    assert len([path for path in folder.iterdir() if path.suffix == ".mp4"]) == 2
    assert done.err.count("saved ") == 2


def test_a_wait_for_what_failed_fails_unless_that_was_waited_for(cli: Any) -> None:
    [failed, *_] = cli("videos", "list", "--sandbox", "--status", "failed", "-q").out.split()
    [ready, *_] = cli("videos", "list", "--sandbox", "--status", "ready", "-q").out.split()
    result = cli("wait", "--sandbox", failed, ready)

    assert result.code == 1
    assert f"{failed}  failed" in result.out
    assert f"{ready}  ready" in result.out
    assert cli("wait", "--sandbox", failed, ready, "--for", "ready,failed").code == 0


def test_a_wait_for_what_is_not_there_fails(cli: Any) -> None:
    result = cli("wait", "--sandbox", "tavus:nope", "nobody:1")
    assert (result.code, result.out) == (1, "")
    assert "tavus:nope" in result.err
    assert "there is no account 'nobody'" in result.err
    assert cli("wait", "--sandbox", "--timeout", "soon", "tavus:a").code == 2


def test_a_watch_tells_changes_but_not_what_an_empty_library_learns(
    cli: Any, tmp_path: Path
) -> None:
    path = str(tmp_path / "library.db")
    first = cli("watch", "--sandbox", "--rounds", "1", "--library", path)
    assert (first.code, first.out) == (0, "")
    assert "videos and replicas are known" in first.err

    cli("sql", "select 1", "--library", path)
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE items SET status = 'running', fingerprint = x'00' WHERE status = 'ready'"
    )
    connection.commit()
    connection.close()
    second = cli("watch", "--sandbox", "--rounds", "1", "--library", path, "--status", "READY")
    assert second.out
    assert all("running → ready" in line for line in second.out.splitlines())


def test_a_search_of_an_account_that_nobody_has_is_refused(cli: Any, library: Path) -> None:
    refused = cli("search", "a", "--account", "tavsu")
    assert (refused.code, "did you mean tavus?" in refused.err) == (2, True)
