"""A library knows what lies in an archive: its files, and the items that nobody else told it of."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from library.world import world
from polyreel.library import Library
from polyreel.library.archive import Archive
from polyreel.library.catalog.stored_files import FileTable
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.from_archive import take_files, take_items
from polyreel.library.sync.run import utc_now


def note_items(path, archive):
    with closing(LibraryWriter(path, utc_now)) as writer:
        return take_items(writer, archive)


def note_files(path, archive):
    return take_files(FileTable(path), archive)


def stored(root, there):
    with there.hub() as hub:
        list(Archive(root).add(hub))


def rows(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_library_is_filled_again_from_an_archive_alone(tmp_path):
    library, root = tmp_path / "library.db", tmp_path / "films"
    with world(dict.fromkeys("abc", "plain")) as there:
        there.changes["a"] = {"video_name": "\ud800 odd", "note": "https://x.example/a?sig=s3cr3t"}
        stored(root, there)
    archive = Archive(root)
    assert note_items(library, archive) == 3
    assert note_files(library, archive) == 3
    with Library.open(library) as opened:
        videos = {video.id: video for video in opened.videos()}
        assert {*videos} == {*"abc"}
        assert videos["b"].title == "Film b"
        assert videos["b"].created_at.month == 11
        _, found = opened.sql("select uid, role, name, size from files order by uid")
        size = (root / "work/2026-11/a.mp4").stat().st_size
        assert next(iter(found)) == ("work:a", "video", "work/2026-11/a.mp4", size)
    assert b"s3cr3t" not in library.read_bytes()
    assert note_items(library, archive) == 0
    before = rows(library, "select * from stored_files")
    assert note_files(library, archive) == 3
    assert rows(library, "select * from stored_files") == before, "and no number is taken"


def test_what_the_library_knows_is_left_as_it_is(tmp_path):
    library, root = tmp_path / "library.db", tmp_path / "films"
    with world({"a": "plain"}) as there:
        stored(root, there)
        there.changes["a"] = {"video_name": "A newer name"}
        with there.hub() as hub, Library.open(library) as opened:
            opened.sync(hub)
        assert note_items(library, Archive(root)) == 0
        with Library.open(library) as opened:
            assert [video.title for video in opened.videos()] == ["A newer name"]


def test_files_that_come_change_and_go_take_new_numbers(tmp_path):
    library, root = tmp_path / "library.db", tmp_path / "films"
    with world(dict.fromkeys("ab", "plain")) as there:
        stored(root, there)
        note_files(library, Archive(root))
        (root / "work/2026-11/a.json").unlink()
        (root / "work/2026-11/a.mp4").unlink()
        there.videos |= {"c": "plain"}
        del there.videos["a"]
        stored(root, there)
        assert note_files(library, Archive(root)) == 2  # b and c
    known = rows(library, "select uid, removed_at is null, rev from stored_files order by rev")
    assert [row[:2] for row in known] == [("work:b", 1), ("work:a", 0), ("work:c", 1)]
    assert len({row[2] for row in known}) == 3
    assert rows(library, "select archive from files")[0] == (str(root),)


@pytest.mark.parametrize("kept", ["b"])
def test_two_archives_are_told_apart(tmp_path, kept):
    library = tmp_path / "library.db"
    with world(dict.fromkeys("ab", "plain")) as there:
        for name in ("one", "two"):
            stored(tmp_path / name, there)
            note_files(library, Archive(tmp_path / name))
    assert len(rows(library, f"select 1 from files where uid = 'work:{kept}'")) == 2
