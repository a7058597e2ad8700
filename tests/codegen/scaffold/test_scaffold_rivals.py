"""Which of several operations is taken, which are asked about, and which are only spoken of."""

from __future__ import annotations

import pytest
from polyreel.codegen.scaffold.choice import Known
from polyreel.codegen.scaffold.choice_messages import missing
from polyreel.codegen.scaffold.choosing import choose, with_all_gets
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


@pytest.mark.parametrize("other", ["me__likes", "me__watched__videos", "groups__videos__top"])
def test_the_list_that_is_called_after_the_thing_by_the_shortest_path_is_the_whole_one(other):
    made = choose([published(**{other: "Video", "me__videos": "Video"})], Known(), None)
    assert lists(made) == [("videos", "/me/videos")]


def test_the_get_of_a_list_is_the_one_by_the_shortest_path_that_gives_the_same_thing():
    document = published(me__videos="Video")
    one = get({"$ref": "#/components/schemas/Video"}, "id")
    more = {f"/{path}/{{id}}": {"get": one} for path in ("uploads", "albums/videos", "videos")}
    [made] = choose([document | {"paths": more | document["paths"]}], Known(), None).made
    assert made.get is not None
    assert made.get.path == "/videos/{id}"


def gets(document, **lists):
    known = Known(collections={("videos", name): [said] for name, said in lists.items()})
    made = choose([document], known, None).made
    return {each.collection: each.get and each.get.path for each in made}


def with_gets(document, *paths):
    """Add GETs of one video: by the last parameter of the path, or by the one of the query."""
    for path, _, query in (each.partition("?") for each in paths):
        one = get({"$ref": "#/components/schemas/Video"}, *(["id"] if "{id}" in path else []))
        if query:
            schema = {"name": query, "in": "query", "required": True, "schema": TEXT}
            one["parameters"] = [*one.get("parameters", ()), schema]
        document["paths"][path] = {"get": one}
    return document


def test_each_of_several_lists_has_the_get_that_is_called_as_it_is():
    document = with_gets(
        published(product_videos="Video", template_videos="Video", templates__custom="Video"),
        "/product_video/{id}",
        "/template_video/{id}",
        "/template/custom/{id}",
    )
    assert gets(document, product="GET /product_videos", template="GET /template_videos") == {
        "product": "/product_video/{id}",
        "template": "/template_video/{id}",
    }
    assert gets(document, custom="GET /templates/custom") == {"custom": "/template/custom/{id}"}


@pytest.mark.parametrize("other", ["/template_video/{id}", "/photo_video?motion_id"])
def test_a_list_has_no_get_where_the_only_ones_are_other_lists_or_take_other_ids(other):
    document = with_gets(published(photo_videos="Video", template_videos="Task"), other)
    assert gets(document, photo="GET /photo_videos") == {"photo": None}


def test_what_gives_videos_under_another_name_is_spoken_of_unless_nothing_was_wanted():
    item = {"id": TEXT, "status_code": {"type": "integer"}, "video_url": TEXT}
    document = published(avatars="Avatar")
    document["components"]["schemas"]["Avatar"] = {
        "type": "object",
        "properties": {"id": TEXT, "name": TEXT},
    }
    one = get({"type": "object", "properties": item})
    asked = {"name": "project_id", "in": "query", "required": True, "schema": TEXT}
    document["paths"]["/project"] = {"get": one | {"parameters": [asked]}}
    assert any("--video 'GET /project'" in each for each in choose([document], Known(), None).left)
    wanted = Known(operations={("videos", "list"): "none"})
    assert not choose([document], wanted, None).left
    named = Known(operations={("videos", "get"): "GET /project"})
    assert [one.name for one in choose([document], named, None).made[0].operations()] == [
        "GET /project"
    ]


def test_a_list_of_what_looks_like_videos_is_spoken_of_beside_a_get_without_a_list():
    document = with_gets(published(archives="Archive"), "/renders/{id}")
    archive = {"id": TEXT, "status": TEXT, "url": TEXT, "duration": TEXT, "created_at": TIME}
    document["components"]["schemas"]["Archive"] = {"type": "object", "properties": archive}
    made = choose([document], Known(), None)
    assert [one.name for one in made.made[0].operations()] == ["GET /renders/{id}"]
    assert any("--videos 'GET /archives'" in each for each in made.left)


def test_a_get_by_its_own_id_in_the_query_belongs_to_the_list():
    document = with_gets(published(photo_videos="Video"), "/photo_video?photo_id")
    assert gets(document, photo="GET /photo_videos") == {"photo": "/photo_video"}


def test_the_get_of_one_of_several_lists_can_be_named():
    document = with_gets(published(films="Video", shorts="Video"), "/films/{id}", "/job/{id}")
    lists = {("videos", "shorts"): ["GET /shorts", "GET /job/{id}"]}
    [made] = choose([document], Known(collections=lists), None).made
    assert made.get is not None
    assert made.get.path == "/job/{id}"


def test_a_kind_is_only_listed_where_one_of_its_lists_has_no_get():
    document = with_gets(published(films="Video", photo_shorts="Task"), "/films/{id}")
    lists = {("videos", "films"): ["/films"], ("videos", "shorts"): ["/photo_shorts"]}
    made = choose([document], Known(collections=lists), None).made
    assert [missing(each, [document]) for each in made] == [
        None,
        "no get of short videos was found; no GET answers one by a path like /photo_shorts, so videos "
        "are listed only. --collection shorts='GET /…,GET /…' names one",
    ]
    assert [each.get for each in with_all_gets(made)] == [None, None]


def test_a_search_that_takes_files_and_a_part_of_a_list_are_no_videos():
    document = published(search="Video")
    searching = document["paths"].pop("/search")["get"]
    body = {"required": True, "content": {"multipart/form-data": {"schema": {"type": "object"}}}}
    parts = get({"$ref": "#/components/schemas/Video"}, "page_token")
    document["paths"] = {
        "/videos/search": {"post": searching | {"requestBody": body}},
        "/videos/{page_token}": {"get": parts},
    }
    with pytest.raises(SpecError, match="no operation looks like"):
        choose([document], Known(), None)


def test_what_has_neither_a_file_nor_a_status_is_asked_about_whatever_it_is_called():
    document = published(recordings="Schedule")
    times = {"id": TEXT, "start_time": TIME, "end_time": TIME}
    document["components"]["schemas"]["Schedule"] = {"type": "object", "properties": times}
    with pytest.raises(SpecError, match=r"--videos 'GET /recordings'.*no file, no status"):
        choose([document], Known(), None)


def test_a_list_by_way_of_other_work_is_not_taken_before_another_and_alone_is_asked_about():
    document = published(moderation__videos="Task", library__clips="Video")
    made = choose([document], Known(), None)
    assert lists(made) == [("videos", "/library/clips")]
    with pytest.raises(SpecError, match="--videos 'GET /moderation/videos'"):
        choose([published(moderation__videos="Task")], Known(), None)


def test_a_list_whose_items_are_called_after_the_view_is_a_list_of_the_thing():
    document = published(medias="MediaIndex")
    document["components"]["schemas"]["MediaIndex"] = VIDEO
    assert lists(choose([document], Known(), None)) == [("videos", "/medias")]


def test_a_list_for_each_of_several_places_is_named_with_the_flag_that_takes_one():
    document = published(videos__list="Video")
    listing = document["paths"].pop("/videos/list")["get"]
    place = {"name": "folder", "in": "path", "required": True, "schema": TEXT}
    document["paths"] = {
        "/videos/list/{folder}": {"get": listing | {"parameters": [place]}},
        "/videos/{id}": {"get": get({"$ref": "#/components/schemas/Video"}, "id")},
    }
    [made] = choose([document], Known(), None).made
    said = missing(made, [document])
    assert made.list is None
    assert said is not None
    assert "--videos 'GET /videos/list/{folder}' with --setting folder" in said
    known = Known(
        operations={("videos", "list"): "GET /videos/list/{folder}"}, settings=frozenset({"folder"})
    )
    assert lists(choose([document], known, None)) == [("videos", "/videos/list/{folder}")]


@pytest.mark.parametrize("path", ["search", "affiliates/search", "stock", "public", "explore"])
def test_videos_of_everybody_are_not_taken_for_an_accounts_own(path):
    document = published(**{f"v3__{path.replace('/', '__')}__videos": "Video"})
    with pytest.raises(SpecError, match="--videos 'GET /v3/"):
        choose([document], Known(), None)
    assert lists(choose([published(videos__search="Video")], Known(), None)) == [
        ("videos", "/videos/search")
    ]


@pytest.mark.parametrize(("more", "taken"), [({}, False), ({"duration": TEXT}, True)])
def test_media_are_videos_where_their_fields_say_so(more, taken):
    media = {"type": "object", "properties": {"id": TEXT, "url": TEXT, "created": TIME, **more}}
    document = published(media="Media")
    document["components"]["schemas"]["Media"] = media
    if taken:
        assert lists(choose([document], Known(), None)) == [("videos", "/media")]
    else:
        with pytest.raises(SpecError, match="--videos 'GET /media'"):
            choose([document], Known(), None)


def test_a_get_that_is_surely_one_is_taken_where_no_list_comes_near():
    document = published(jobs="Job", batches="Job")
    document["components"]["schemas"]["Job"] = {
        "type": "object",
        "properties": {"id": TEXT, "status": TEXT, "created_at": TIME},
    }
    made = choose([with_gets(document, "/videos/{id}")], Known(), None)
    assert [one.name for one in made.made[0].operations()] == ["GET /videos/{id}"]
    assert "GET /jobs" in made.left[0]
    assert "GET /batches" in made.left[1]


def test_whose_things_a_list_gives_says_nothing_against_it():
    listed = get({"type": "array", "items": {"$ref": "#/components/schemas/Video"}}, "userId")
    document = published()
    document["paths"]["/videos/user/{userId}"] = {
        "get": listed | {"operationId": "getVideosByUserId"}
    }
    assert lists(choose([document], Known(), None)) == [("videos", "/videos/user/{userId}")]


def test_what_speaks_of_images_alone_is_asked_about():
    document = published(generations="Generation")
    fields = {"id": TEXT, "status": TEXT, "imageWidth": TEXT, "generated_images": TEXT}
    document["components"]["schemas"]["Generation"] = {"type": "object", "properties": fields}
    with pytest.raises(SpecError, match="--videos 'GET /generations'"):
        choose([document], Known(), None)
    fields["duration"] = {"type": "number"}
    assert lists(choose([document], Known(), None)) == [("videos", "/generations")]


def test_the_types_of_things_are_no_things():
    document = published(media_file="VideoType")
    document["components"]["schemas"]["VideoType"] = FILE
    with pytest.raises(SpecError, match="'VideoType' is said of things"):
        choose([document], Known(), None)


def test_operations_that_do_not_say_what_they_answer_are_named_if_they_are_called_videos():
    document = published()
    for path in ("/videos", "/videos/{id}", "/webhooks"):
        document["paths"][path] = {"get": {"responses": {"200": {"description": "OK"}}}}
    with pytest.raises(
        SpecError, match=r"schemas in the document\? GET /videos, GET /videos/\{id\} may"
    ):
        choose([document], Known(), None)


def test_what_all_paths_begin_with_is_the_name_of_the_api():
    document = with_gets(published(public__generations="Video"), "/public/generations/{id}")
    with pytest.raises(SpecError, match="'GET /public/generations'"):
        choose([with_gets(published(public__generations="Video"), "/account/{id}")], Known(), None)
    document["paths"]["/public/models"] = {"get": get({"type": "object"})}
    assert lists(choose([document], Known(), None)) == [("videos", "/public/generations")]
