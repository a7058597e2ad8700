"""No two files of an archive have the same path, whatever items and files are called."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given, strategies as st
from polyreel import Replica, Video
from polyreel.library.archive.layout import nfo_of, path_of, sidecar_of, stem_of

IDS = st.one_of(
    st.text(min_size=1),
    st.from_regex(r"[a-z]{1,3}([-.](thumb|preview|audio|output|2))?", fullmatch=True),
)
ROLES = st.one_of(
    st.sampled_from(["video", "video.2", "thumbnail", "preview", "captions", "audio", "output.3"]),
    st.from_regex(r"[a-z_]{1,4}(\.[0-9])?", fullmatch=True),
    st.text(min_size=1),
)
MADE = datetime(2026, 11, 2, tzinfo=UTC)


def stem(kind, id):
    model = {"videos": Video, "replicas": Replica}[kind]
    return stem_of(model(provider="tavus", account="work", id=id, created_at=MADE), kind)


def path(of, role):
    return path_of(stem(*of), role, "mp4").lower()  # as file systems see it that know no case


KINDS = st.sampled_from(["videos", "replicas"])


@given(st.tuples(KINDS, IDS), ROLES, st.tuples(KINDS, IDS), ROLES)
@example(("videos", "a"), "video", ("replicas", "a"), "video")
@example(("videos", "a"), "audio", ("videos", "a-audio"), "video")
@example(("videos", "a"), "2", ("videos", "a"), "video.2")
@example(("videos", "a"), "A", ("videos", "a"), "a")
def test_two_files_never_share_a_path(one, its_role, other, other_role):
    assume((one, its_role) != (other, other_role))
    assume({its_role, other_role} != {"video", "captions"})  # these differ by what they are
    assert path(one, its_role) != path(other, other_role)


@given(IDS, ROLES)
def test_every_system_takes_a_path(id, role):
    assert re.fullmatch(r"work/2026-11/[A-Za-z0-9._~-]{1,240}", path(("videos", id), role))


@given(KINDS, IDS)
def test_items_that_would_have_one_path_are_kept_apart(kind, id):
    model = {"videos": Video, "replicas": Replica}[kind]
    items = [
        model(provider=name, account="work", id=id, created_at=MADE) for name in ("tavus", "heygen")
    ]
    first, second = (stem_of(item, kind) for item in items)
    assert first == second
    assert len({first, *(stem_of(item, kind, apart=True) for item in items)}) == 3


@pytest.mark.parametrize(
    ("kind", "folder"), [("videos", "work/2026-11"), ("replicas", "work/replicas/2026-11")]
)
def test_what_stands_beside_an_item(kind, folder):
    found = stem(kind, "v1")
    assert path_of(found, "video", "webm") == f"{folder}/v1.webm"
    assert path_of(found, "thumbnail", "jpg") == f"{folder}/v1-thumb.jpg"
    assert path_of(found, "captions", "vtt") == f"{folder}/v1.vtt"
    assert path_of(found, "video.2", "mp4") == f"{folder}/v1.2.mp4"
    assert path_of(found, "audio", "mp3") == f"{folder}/v1.audio.mp3"
    assert (sidecar_of(found), nfo_of(found)) == (f"{folder}/v1.json", f"{folder}/v1.nfo")
