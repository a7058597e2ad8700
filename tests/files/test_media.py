"""A file is what its bytes say, and a file that was cut anywhere is never taken for a whole one."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from hypothesis import given, strategies as st
from polyreel.files.media import incomplete, sniff
from polyreel.sandbox.clips import TYPES, clip_of

ITEM = "acme/videos/1"
FILES = {media: clip_of(media, ITEM) for media in sorted({*TYPES.values()})}


@pytest.mark.parametrize("media", FILES)
def test_a_type_is_told_by_the_first_bytes(media):
    assert sniff(FILES[media]).media == media
    assert TYPES[sniff(FILES[media]).extension] == media


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<!doctype html><html>",
        b'{"error": "expired"}',
        b"<?xml version='1.0'?><Error>",
        b"Not found",
        b"\0" * 100,
        b"ftyp",
    ],
)
def test_what_servers_say_instead_of_a_file_is_none(text):
    assert sniff(text) is None


@given(st.binary(max_size=64))
def test_no_bytes_are_too_odd_to_look_at(data):
    sniff(data)
    incomplete(io.BytesIO(data))


CUT = ["video/mp4", "video/webm", "image/png", "image/webp", "image/gif", "image/jpeg"]


@pytest.mark.parametrize("media", FILES)
def test_a_whole_file_is_whole(media):
    assert incomplete(io.BytesIO(FILES[media])) is None


@pytest.mark.parametrize("media", CUT)
@given(data=st.data())
def test_a_file_that_was_cut_is_never_whole(media, data):
    """But for a cut exactly between MP4's last boxes, where what is left is a whole file."""
    whole = FILES[media]
    if media.startswith("video/"):
        whole = whole[: -len(note(media))]
    length = data.draw(st.integers(0, len(whole) - 1))
    assert incomplete(io.BytesIO(whole[:length])) is not None


def test_the_end_of_a_small_picture_within_a_picture_is_not_the_end_of_both():
    """Cameras and editors put a thumbnail, which is a JPEG of its own, into a JPEG's header."""
    whole = FILES["image/jpeg"]
    thumbnail = b"Exif\0\0" + whole
    segment = b"\xff\xe1" + (2 + len(thumbnail)).to_bytes(2) + thumbnail
    picture = whole[:2] + segment + whole[2:]
    assert incomplete(io.BytesIO(picture)) is None
    for length in range(2 + len(segment), len(picture) - 1):
        assert incomplete(io.BytesIO(picture[:length])) == "its end is missing"


def note(media):
    """The note that tells a film of this item: a box in MP4, an element in WebM."""
    head = 8 if media == "video/mp4" else 2
    return FILES[media][-(head + len(ITEM)) :]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg isn't installed")
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain.mp4", []),
        ("fragmented.mp4", ["-movflags", "frag_keyframe+empty_moov"]),
        ("live.webm", ["-c:v", "libvpx", "-live", "1"]),
        ("film.mkv", []),
        ("film.mov", []),
    ],
)
def test_what_another_tool_writes_is_whole_and_its_cuts_are_not(tmp_path, name, options):
    path = tmp_path / name
    source = ["-f", "lavfi", "-i", "testsrc2=size=64x36:rate=5:duration=1"]
    subprocess.run(["ffmpeg", "-v", "error", *source, *options, path], check=True)
    whole = path.read_bytes()
    assert incomplete(io.BytesIO(whole)) is None
    cuts = [len(whole) * step // 40 for step in range(40)]
    if name == "fragmented.mp4":  # whole up to a fragment's end, and so it plays
        cuts = [cut for cut in cuts if cut < whole.rindex(b"mfra") - 4]
    noticed = [cut for cut in cuts if incomplete(io.BytesIO(whole[:cut])) is not None]
    assert noticed == cuts
