"""What is written is what came, in order, however large; and an error of the disk is raised."""

from __future__ import annotations

import errno
import hashlib
import io
import os

import pytest
from hypothesis import given, settings, strategies as st
from polyreel.http import file_writer
from polyreel.http.file_writer import FileWriter

SIZES = st.lists(st.integers(1, 700_000), max_size=8)


@settings(max_examples=40, deadline=None)
@given(SIZES, st.floats(0, 1), SIZES)
def test_the_file_and_its_digest_are_what_was_taken(tmp_path_factory, before, share, after):
    path = tmp_path_factory.mktemp("w") / "part"
    first, second = (
        [bytes([number % 251]) * size for number, size in enumerate(sizes)]
        for sizes in (before, after)
    )
    with io.FileIO(path, "x+") as file:
        writer = FileWriter(file)
        for piece in first:
            writer.write(piece)
        writer.flush()
        offset = int(share * writer.place)
        writer.begin(offset)
        for piece in second:
            writer.write(piece)
        writer.flush()
        whole = b"".join(first)[:offset] + b"".join(second)
        assert path.read_bytes() == whole
        assert writer.place == len(whole)
        assert writer.sha256() == hashlib.sha256(whole).hexdigest()


class Full(io.FileIO):
    """A file on a disk with so many bytes left."""

    left = 0

    def write(self, data):
        if len(data) > self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.left -= len(data)
        return super().write(data)


def take_all(writer):
    for _ in range(40):
        writer.write(b"x" * 100_000)
    writer.flush()


@pytest.mark.parametrize("left", [0, 2_000_000, 3_500_000])
def test_a_disk_that_is_full_is_raised_at_the_latest_when_all_has_come(tmp_path, left):
    with Full(tmp_path / "part", "x+") as file:
        file.left = left
        writer = FileWriter(file)
        with pytest.raises(OSError, match="No space left"):
            take_all(writer)
        writer.stop()
        with pytest.raises(OSError, match="No space left"):
            writer.write(b"more")


def test_a_large_file_goes_to_the_disk_while_it_grows(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(file_writer, "_FLUSHED", 1_000_000)
    monkeypatch.setattr(
        file_writer, "_sync", lambda handle: flushed.append(os.fstat(handle).st_size)
    )
    with io.FileIO(tmp_path / "part", "x+") as file:
        take_all(FileWriter(file))
    assert flushed
    assert all(1_000_000 <= size <= 4_000_000 for size in flushed)


def test_what_a_disk_says_while_a_file_grows_is_raised(tmp_path, monkeypatch):
    """A system tells of bytes that it lost once, to whoever flushes first."""

    def fail(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(file_writer, "_FLUSHED", 1_000_000)
    monkeypatch.setattr(file_writer, "_sync", fail)
    with io.FileIO(tmp_path / "part", "x+") as file:
        writer = FileWriter(file)
        with pytest.raises(OSError, match="Input/output error"):
            take_all(writer)
        writer.stop()
