"""Which of several operations is taken, which are asked about, and which are only spoken of."""

from __future__ import annotations

import pytest
from polyreel.codegen.scaffold.choice import Known, choose
from polyreel.errors import SpecError
from support.acme import get

TEXT = {"type": "string"}
TIME = {"type": "string", "format": "date-time"}
VIDEO = {
    "type": "object",
    "properties": {"id": TEXT, "status": TEXT, "video_url": TEXT, "created_at": TIME},
}
RECORDING = {
    "type": "object",
    "properties": {"id": TEXT, "status": TEXT, "url": TEXT, "recording_type": TEXT},
}
FILE = {
    "type": "object",
    "properties": {"id": TEXT, "url": TEXT, "created_at": TIME, "video_codec": TEXT},
}


def published(**paths):
    """Make a document whose paths (``__`` is a slash) list the named components."""
    listing = {
        f"/{path.replace('__', '/')}": {
            "get": get({"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}})
        }
        for path, item in paths.items()
    }
    schemas = {"Video": VIDEO, "Recording": RECORDING, "File": FILE, "Task": VIDEO}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Acme", "version": "1"},
        "paths": listing,
        "components": {"schemas": schemas},
    }


def lists(made):
    return [(one.kind, one.list and one.list.path) for one in made.made]


def test_paths_side_by_side_that_give_the_same_thing_are_asked_about_whatever_their_words():
    document = published(videos__text2video="Task", videos__effects="Task", jobs="File")
    with pytest.raises(SpecError, match="text2video") as caught:
        choose([document], Known(), None)
    assert "GET /videos/effects" in str(caught.value)
    assert "--collection NAME='GET /…'" in str(caught.value)


@pytest.mark.parametrize(("old", "new"), [("v1", "v2"), ("v9", "v10"), ("api__v1", "api__v3beta")])
def test_the_newer_version_is_meant(old, new):
    made = choose(
        [published(**{f"{old}__videos": "Recording", f"{new}__videos": "Video"})], Known(), None
    )
    assert lists(made) == [("videos", f"/{new.replace('__', '/')}/videos")]


def test_avatars_made_of_the_same_things_as_videos_are_no_avatars_unless_somebody_says_so():
    document = published(videos="Task", made__avatars="Task")
    made = choose([document], Known(), None)
    assert lists(made) == [("videos", "/videos")]
    assert "GET /made/avatars" in " ".join(made.left)
    named = Known(operations={("replicas", "list"): "GET /made/avatars"})
    assert lists(choose([document], named, None))[1] == ("replicas", "/made/avatars")


def test_another_list_that_would_have_done_is_spoken_of_unless_somebody_chose():
    document = published(videos="Video", recordings="Recording")
    made = choose([document], Known(), None)
    assert lists(made) == [("videos", "/videos")]
    assert any("GET /recordings" in each and "--videos" in each for each in made.left)
    named = Known(operations={("videos", "list"): "GET /videos"})
    assert not choose([document], named, None).left


def test_files_of_any_sort_are_asked_about():
    with pytest.raises(SpecError, match="--videos 'GET /files'"):
        choose([published(files="File")], Known(), None)
    assert lists(choose([published(video__files="File")], Known(), None)) == [
        ("videos", "/video/files")
    ]
