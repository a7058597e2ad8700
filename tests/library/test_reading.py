"""What a library answers is exact, bounded, and changes nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from polyreel import ConfigurationError, InvalidRequest, LibraryError, Replica, Video
from polyreel.library import Library
from polyreel.library.catalog.database import put_aside
from polyreel.library.catalog.reading import Filters, LibraryReader, match
from polyreel.library.catalog.record import COLUMNS, item_of, record
from polyreel.library.catalog.renaming import rename_account
from polyreel.library.catalog.schema import (
    APPLICATION,
    FIELDS,
    LINKS,
    NUMBERS,
    STEPS,
    TEXTS,
    TIMES,
    UNSETTLED,
)
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.models.status import SETTLED

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def video(id: str, **fields: object) -> Video:
    given: dict[str, object] = {
        "title": f"film {id}",
        "provider_status": "completed",
        "raw": {"id": id},
    }
    return Video(provider="acme", account="acme", id=id, **(given | fields))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "library.db"


@pytest.fixture
def writer(path: Path) -> Iterator[LibraryWriter]:
    writer = LibraryWriter(path, lambda: NOW)
    yield writer
    writer.close()


def fill(writer: LibraryWriter, *videos: Video) -> None:
    run = writer.begin("acme", "videos", "full")
    writer.page(run, "videos", videos)
    writer.end(run, "full", complete=True, error=None)


@pytest.mark.parametrize("model", [Video, Replica])
def test_every_field_of_an_item_has_its_place(model: type[Video | Replica]) -> None:
    kind = "videos" if model is Video else "replicas"
    placed = {"uid", "provider", "account", "id", *TEXTS, *TIMES, *NUMBERS, *LINKS}

    assert set(model.fields()) <= placed
    assert set(FIELDS[kind]) == set(model.fields())


def test_what_comes_out_is_what_went_in(path: Path, writer: LibraryWriter) -> None:
    whole = Video(
        provider="acme", account="acme", id="v:1/ä", title="Éclair ☂", provider_status="completed",
        progress=12.5, created_at=NOW, updated_at=NOW, completed_at=NOW, expires_at=NOW, duration=4.25,
        width=1280, height=720, model="m-1", prompt="a\nb", error="none", remixed_from="v0",
        download_url="https://cdn.example/a.mp4?sig=1", stream_url="https://cdn.example/a.m3u8",
        thumbnail_url="https://cdn.example/a.jpg", preview_url="https://cdn.example/a.gif",
        page_url="https://example/a", raw={"id": "v:1/ä", "n": [1, None, True]},
    )  # fmt: skip
    fill(writer, whole)
    reader = LibraryReader(path)

    assert reader.get("videos", whole.uid) == whole
    assert reader.get("videos", whole.uid).raw == whole.raw
    assert reader.get("videos", "acme:other") is None


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    ),
    st.text(),
)
def test_any_json_and_any_text_can_be_stored(data: object, title: str) -> None:
    connection = sqlite3.connect(":memory:")
    one = record(video("1", raw={"data": data}, title=title, width=10**30), "videos")
    kept = dict(zip(COLUMNS, one.columns(), strict=True))
    row = connection.execute("SELECT ?, json(?)", (kept["title"], one.raw)).fetchone()

    assert row[0] == kept["title"]
    assert (
        record(video("1", raw={"data": data}, title=title), "videos").fingerprint == one.fingerprint
    )


def test_no_query_of_a_link_is_in_what_is_stored() -> None:
    link = "https://cdn.example/a.mp4?X-Amz-Signature=abc#t=1"
    told = record(video("1", raw={"a": [link], "b": f"see {link}, or {link}", link: 1}), "videos")

    assert "abc" not in told.raw
    assert told.raw.count("https://cdn.example/a.mp4") == 4


def test_a_link_that_moves_to_another_host_is_no_change_and_one_to_another_file_is() -> None:
    def fingerprint(link: str) -> bytes:
        return record(video("1", raw={"url": link, "title": "a"}), "videos").fingerprint

    one = fingerprint("https://cdn1.example/a.mp4?sig=1")
    assert fingerprint("https://cdn2.example:8443/a.mp4?sig=2") == one
    assert fingerprint("https://cdn1.example/b.mp4?sig=1") != one


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("waterfall", ["1"]),
        ("WATERFALL night", ["1"]),
        ("water", ["1"]),
        ("night waterfall", ["1"]),
        ("eclair", ["2"]),
        ("E\u0301CLAIR", ["2"]),
        ("猫", ["2"]),
        ("歩く", ["2"]),
        ("夜の猫", ["2"]),
        ("猫夜", []),
        ("歩 waterfall", []),
        ('" OR 1=1 -- *(', []),
        ("NOT waterfall", []),
        ("title:waterfall", []),
        ("", ["1", "2"]),
        ("\0", ["1", "2"]),
    ],
)
def test_words_are_words(path: Path, writer: LibraryWriter, words: str, found: list[str]) -> None:
    fill(
        writer,
        video("1", title="Waterfall", prompt="at night"),
        video("2", title="Éclair", prompt="夜の猫が歩く"),
    )
    reader = LibraryReader(path)

    assert [each.id for each in reader.items("videos", Filters(words=words))] == found


@given(st.text())
def test_no_words_are_a_broken_query(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (title)")
    if query := match(words):
        connection.execute("SELECT * FROM search WHERE search MATCH ?", (query,)).fetchall()


@given(
    st.lists(
        st.sampled_from(
            [
                "https://",
                "http:\\/\\/",
                "x.example",
                "/a.mp4",
                "?",
                "&",
                "=",
                "sig=KEY",
                "\\u0026",
                '"',
                "'",
                "\\",
                "é",
                "\n",
                "<",
                "#",
                "@",
            ]
        )
    ),
    st.integers(0, 2),
)
def test_no_text_with_a_link_makes_json_that_can_not_be_read(parts: list[str], depth: int) -> None:
    data: object = "".join(parts)
    for _ in range(depth):
        data = json.dumps({"data": data})
    told = record(video("1", raw={"data": data, "after": "stays"}), "videos")
    kept = json.loads(told.raw)

    assert kept["after"] == "stays"
    assert "?" not in "".join(re.findall(r"https?://x\.example\S*?\?sig", told.raw))


def test_what_is_deleted_has_that_status_everywhere_and_comes_back(
    path: Path, writer: LibraryWriter
) -> None:
    fill(writer, video("1"), video("2"))
    [change] = writer.delete("acme", "videos", ["1"])
    reader = LibraryReader(path)

    assert (change.item.status, change.before and change.before.status) == ("deleted", "ready")
    assert [each.id for each in reader.items("videos", Filters())] == ["2"]
    assert [each.id for each in reader.items("videos", Filters(statuses=["deleted"]))] == ["1"]
    assert list(reader.sql("select status, provider_status from videos where id = '1'")[1]) == [
        ("deleted", "completed")
    ]
    assert [each.status for each in reader.changes(after=2)] == ["deleted"]
    assert writer.delete("acme", "videos", ["1"]) == []
    fill(writer, video("1"))
    assert [each.id for each in reader.items("videos", Filters(statuses=["ready"]))] == ["1", "2"]


@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=4)))
def test_the_log_and_the_search_follow_every_page(pages: list[list[tuple[str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        truth: dict[str, str] = {}
        with closing(LibraryWriter(path, lambda: NOW)) as writer:
            for page in pages:
                fill(writer, *(video(id, title=word, raw={"t": word}) for id, word in page))
                truth |= dict(page)
        with closing(LibraryReader(path)) as reader:
            for word in "xy":
                found = {each.id for each in reader.items("videos", Filters(words=word))}
                assert found == {id for id in truth if truth[id] == word}
                assert reader.count("videos", Filters(words=word)) == len(found)
            revs = [each.rev for each in reader.changes()]
            assert revs == list(range(1, len(revs) + 1))
            last = {each.uid: each.rev for each in reader.changes()}
            assert dict(reader.sql("select uid, rev from videos")[1]) == last


def test_a_new_title_is_found_and_the_old_one_is_not(path: Path, writer: LibraryWriter) -> None:
    fill(writer, video("1", title="before"))
    fill(writer, video("1", title="after", raw={"id": "1", "title": "after"}))
    reader = LibraryReader(path)

    assert reader.count("videos", Filters(words="before")) == 0
    assert reader.count("videos", Filters(words="after")) == 1


def test_filters_narrow_and_the_newest_come_first(path: Path, writer: LibraryWriter) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3)]
    fill(
        writer,
        *(video(str(n), created_at=day, raw={"n": n}) for n, day in enumerate(days)),
        video("none", provider_status="failed"),
    )
    reader = LibraryReader(path)

    def ids(**filters: object) -> list[str]:
        return [each.id for each in reader.items("videos", Filters(**filters))]

    assert ids() == ["2", "1", "0", "none"]
    assert ids(since=days[1]) == ["2", "1"]
    assert ids(until=days[1]) == ["0"]
    assert ids(statuses=["failed"]) == ["none"]
    assert ids(accounts=["other"]) == []
    assert [each.id for each in reader.items("videos", Filters(), 2, oldest_first=True)] == [
        "0",
        "1",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from items",
        "insert into links values ('a', 'b', 'c', null, 'd')",
        "attach 'other.db' as other",
        "pragma user_version = 7",
        "select load_extension('x')",
        "vacuum into 'copy.db'",
        "select length(hex(zeroblob(900000000)))",
        "with recursive n(x) as (select 1 union all select x || x from n) select max(length(x)) from n",
        "create temp table t (x)",
        "select 1; select 2",
        "begin",
        "nonsense",
        "",
        "select * from nothing",
    ],
)
def test_sql_only_reads(path: Path, writer: LibraryWriter, statement: str) -> None:
    fill(writer, video("1"))
    reader = LibraryReader(path)
    with pytest.raises(InvalidRequest):
        list(reader.sql(statement)[1])

    assert reader.count("videos", Filters()) == 1


def test_sql_reads_views_json_and_full_text(path: Path, writer: LibraryWriter) -> None:
    fill(writer, video("1"))
    reader = LibraryReader(path)

    names, rows = reader.sql(
        "with w as (select uid, json_extract(raw, '$.id') as id from videos) select *, uid from w"
    )
    assert (names, list(rows)) == (["uid", "id", "uid"], [("acme:1", "1", "acme:1")])
    assert list(reader.sql("select count(*) from search where search match 'film'")[1]) == [(1,)]


def test_what_is_unsettled_is_found_by_an_index_of_the_statuses_that_are_not(
    path: Path, writer: LibraryWriter
) -> None:
    told = UNSETTLED.partition("(")[2].rstrip(")").replace("'", "").split(", ")
    assert sorted(SETTLED) == told
    plan = sqlite3.connect(path).execute(
        "EXPLAIN QUERY PLAN SELECT id FROM items WHERE account = ? AND kind = ? AND last_seen_run < ? "
        f"AND {UNSETTLED}",
        ("a", "videos", 1),
    )
    assert "items_unsettled" in str(list(plan))


def test_who_stops_reading_early_is_told_nothing(path: Path, writer: LibraryWriter) -> None:
    fill(writer, *map(video, "123"))
    reader = LibraryReader(path)
    changes = reader.changes()
    next(changes)
    reader.close()
    changes.close()  # type: ignore[attr-defined]


def test_sql_that_takes_too_long_is_stopped(path: Path, writer: LibraryWriter) -> None:
    reader = LibraryReader(path)
    endless = (
        "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    )
    with pytest.raises(InvalidRequest, match="longer than 0 seconds"):
        list(reader.sql(endless, seconds=0)[1])


def test_an_empty_file_is_no_library_of_an_older_version(tmp_path: Path) -> None:
    (tmp_path / "library.db").touch()
    with pytest.raises(LibraryError, match="is empty: fill it with polyreel sync"):
        LibraryReader(tmp_path / "library.db")


def test_the_views_are_what_is_documented(path: Path, writer: LibraryWriter) -> None:
    page = (Path(__file__).parents[2] / "docs/library.md").read_text()
    for view, columns in LibraryReader(path).schema():
        assert f"`{view}`" in page
        for column in columns:
            assert f"`{column}`" in page, f"{view}.{column}"


def test_another_program_reads_the_file_as_it_is(path: Path, writer: LibraryWriter) -> None:
    fill(writer, video("1", title="Waterfall"))
    other = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)

    assert other.execute("SELECT uid, title, status FROM videos").fetchall() == [
        ("acme:1", "Waterfall", "ready")
    ]
    assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_nobody_else_on_this_machine_may_read_it(path: Path, writer: LibraryWriter) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_without_a_library_it_is_said_how_to_get_one(path: Path) -> None:
    with pytest.raises(LibraryError, match="polyreel sync"):
        LibraryReader(path)


def test_a_file_of_a_newer_polyreel_is_left_alone(path: Path, writer: LibraryWriter) -> None:
    writer.close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    for opening in (LibraryReader, lambda path: LibraryWriter(path, lambda: NOW)):
        with pytest.raises(LibraryError, match="newer polyreel"):
            opening(path)


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_said_to_be_with_the_way_out(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for opening in (LibraryReader, lambda path: LibraryWriter(path, lambda: NOW)):
        with pytest.raises(LibraryError, match="catalog rebuild"):
            opening(path)
    aside = put_aside(path)
    assert aside is not None
    assert aside.read_bytes() == content
    LibraryWriter(path, lambda: NOW).close()


def test_a_database_of_something_else_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (text)")
    other.close()
    for opening in (LibraryReader, lambda path: LibraryWriter(path, lambda: NOW)):
        with pytest.raises(LibraryError, match="something else"):
            opening(path)


def test_an_older_file_is_copied_then_brought_up_to_date(
    path: Path, writer: LibraryWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(writer, video("1"))
    writer.close()
    steps = (*STEPS, "ALTER TABLE items ADD COLUMN extra TEXT;")
    monkeypatch.setattr("polyreel.library.catalog.database.STEPS", steps)
    LibraryWriter(path, lambda: NOW).close()

    assert LibraryReader(path).count("videos", Filters()) == 1
    with sqlite3.connect(f"{path}.v{len(STEPS)}") as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert stat.S_IMODE(Path(f"{path}.v{len(STEPS)}").stat().st_mode) == 0o600


def test_a_file_from_before_the_first_release_is_told_of_in_a_sentence(
    path: Path, writer: LibraryWriter
) -> None:
    writer.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    for opening in (LibraryReader, lambda path: LibraryWriter(path, lambda: NOW)):
        with pytest.raises(LibraryError, match="polyreel catalog rebuild"):
            opening(path)


def test_a_failing_step_changes_nothing(
    path: Path, writer: LibraryWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(writer, video("1"))
    writer.close()
    steps = (*STEPS, "ALTER TABLE items ADD COLUMN extra TEXT; SELECT nonsense;")
    with monkeypatch.context() as patch:
        patch.setattr("polyreel.library.catalog.database.STEPS", steps)
        with pytest.raises(LibraryError):
            LibraryWriter(path, lambda: NOW)

    assert LibraryReader(path).count("videos", Filters()) == 1


def test_an_account_can_be_renamed_with_all_that_is_known_of_it(
    path: Path, writer: LibraryWriter
) -> None:
    fill(writer, video("1", download_url="https://cdn.example/a.mp4"))
    fill(writer, video("1", title="later", raw={"later": 1}))
    assert rename_account(path, "acme", "work") == 1
    reader = LibraryReader(path)

    found = reader.get("videos", "work:1")
    assert found is not None
    assert (found.account, found.title) == ("work", "later")
    assert [(each.uid, each.change) for each in reader.changes()] == [
        ("work:1", "new"),
        ("work:1", "changed"),
        ("acme:1", "renamed"),
        ("work:1", "renamed"),
    ]
    assert list(reader.sql("select rev from videos")[1]) == [(4,)]
    assert len(reader.versions("work:1")) == 1
    with pytest.raises(ConfigurationError, match="already"):
        rename_account(path, "other", "work")
    with pytest.raises(
        ConfigurationError, match=r"no items of an account 'acme' \(accounts: work\)"
    ):
        rename_account(path, "acme", "third")


def test_a_library_gives_items_again(path: Path, writer: LibraryWriter) -> None:
    fill(writer, video("1"), video("2", provider_status="failed", raw={"id": "2"}))
    with Library.open(path) as library:
        assert [each.uid for each in library.videos(status="ready")] == ["acme:1"]
        assert list(library.replicas()) == []
        assert [each.change for each in library.changes()] == ["new", "new"]


def test_the_environment_names_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYREEL_LIBRARY", str(path))
    assert Library.open().path == path
    assert Library.open("other.db").path == Path("other.db")


def test_items_of_the_view_are_items() -> None:
    row = dict.fromkeys(FIELDS["replicas"]) | {
        "provider": "acme", "account": "a", "id": "r1", "status": "ready", "raw": "{}",
    }  # fmt: skip
    assert item_of(row, "replicas") == Replica(
        provider="acme", account="a", id="r1", status="ready"
    )
