"""Kinds of documents that providers publish, each scaffolded, served and listed at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from polyreel import Hub, Registry
from polyreel.codegen.scaffold.build import Order, build
from polyreel.codegen.scaffold.candidates import candidates
from polyreel.codegen.scaffold.choice import Known
from polyreel.codegen.scaffold.choosing import choose
from polyreel.codegen.scaffold.field_guesses import guess_fields
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.mixed_lists import kept_of
from polyreel.codegen.scaffold.source_tree import PackageLayout
from polyreel.errors import SpecError
from polyreel.openapi.view import SchemaView
from polyreel.sandbox import serve
from support.acme import get, ref

pytestmark = pytest.mark.slow

ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "status": {"type": "string", "enum": ["queued", "done", "failed"]},
        "created_at": {"type": "string", "format": "date-time"},
        "video_url": {"type": "string"},
    },
}


@pytest.fixture
def scaffold(tmp_path, monkeypatch):
    """Scaffold a package, make it importable as if installed, and yield what was made."""

    def make(name, acme, **known):
        pages = {"openapi.json": json.dumps(acme)}
        given = Order(name=name, pages=pages, today=date(2026, 11, 25), known=Known(**known))
        made = build(given, PackageLayout(tmp_path, name))
        info = tmp_path / "src" / f"polyreel_{name}-0.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: polyreel-{name}\nVersion: 0.1\n"
        )
        point = f"[polyreel.providers]\n{name} = polyreel_{name}.plugin\n"
        (info / "entry_points.txt").write_text(point)
        monkeypatch.syspath_prepend(str(tmp_path / "src"))
        return made

    yield make
    for name in [name for name in sys.modules if name.startswith("polyreel_kind")]:
        del sys.modules[name]


def videos_of(name, count=45, **options):
    """List all that the sandbox of a provider has, and get the first one alone."""
    provider = Registry(environ={}).provider(name)
    with serve([provider], items={"videos": count}) as box, Hub(box.accounts()) as hub:
        listed = list(hub.videos.list(**options))
        assert hub.videos.get(listed[0].uid) == listed[0]
        return listed


def published(paths):
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": {"Item": ITEM},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


ROWS = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": ref("Item")},
        "next_cursor": {"type": ["string", "null"]},
    },
}


def test_a_list_by_post_is_asked_for_with_its_body(scaffold):
    fields = {"cursor": {"type": "string"}, "limit": {"type": "integer", "maximum": 20}}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": fields}}}}
    search = get(ROWS) | {"operationId": "searchVideos", "requestBody": body}
    paths = {"/videos/search": {"post": search}, "/videos/{id}": {"get": get(ref("Item"), "id")}}
    scaffold("kind_post", published(paths))
    assert len({video.id for video in videos_of("kind_post")}) == 45


def test_what_an_accounts_paths_all_have_is_a_setting(scaffold):
    listed = get(ROWS, "account_id", query={"cursor": {"type": "string"}})
    alone = get(ref("Item"), "account_id")
    alone["parameters"] += get(ROWS, "id")["parameters"]
    at = "/accounts/{account_id}/videos"
    made = scaffold(
        "kind_setting", published({at: {"get": listed}, f"{at}/{{id}}": {"get": alone}})
    )
    assert [one.settings for one in made.choices[0].operations()] == [
        {"account_id": "account_id"}
    ] * 2
    provider = Registry(environ={}).provider("kind_setting")
    assert list(provider.settings) == ["account_id"]
    assert len(videos_of("kind_setting")) == 45


def test_several_lists_are_collections(scaffold):
    paths = {
        "/talks": {"get": get(ROWS, query={"cursor": {"type": "string"}})},
        "/talks/{id}": {"get": get(ref("Item"), "id")},
        "/scenes": {"get": get(ROWS, query={"cursor": {"type": "string"}})},
        "/scenes/{id}": {"get": get(ref("Item"), "id")},
    }
    lists = {("videos", "talks"): ["GET /talks"], ("videos", "scenes"): ["/scenes"]}
    scaffold("kind_several", published(paths), collections=lists)
    found = videos_of("kind_several", 5)
    from polyreel_kind_several import plugin

    assert [name for name in vars(plugin) if name.endswith("_fields")] == ["video_fields"]
    assert {video.id.partition("/")[0] for video in found} == {"talks", "scenes"}


def test_an_item_may_stand_in_several_envelopes_one_said_twice(scaffold):
    """The general envelope says that there is a result, and what uses it says which."""
    envelope = {
        "type": "object",
        "properties": {"request": {"type": "string"}, "data": {"$ref": "#/components/schemas/Any"}},
    }

    def answer(result):
        data = {"type": "object", "properties": {"result": result}}
        own = {"type": "object", "properties": {"data": data}}
        return {"allOf": [{"$ref": "#/components/schemas/Envelope"}, own]}

    rows = {
        "total_count": {"type": "integer"},
        "items": {"type": "array", "items": ref("Item")},
    }
    pages = {"offset": {"type": "integer"}, "limit": {"type": "integer", "maximum": 20}}
    paths = {
        "/videos": {"get": get(answer({"type": "object", "properties": rows}), query=pages)},
        "/videos/{id}": {"get": get(answer({"allOf": [ref("Item")]}), "id")},
    }
    document = published(paths)
    document["components"]["schemas"] |= {
        "Envelope": envelope,
        "Any": {"type": "object", "properties": {"result": {"type": "object"}}},
    }
    made = scaffold("kind_deep", document)
    assert [one.keys for one in made.choices[0].operations()] == [
        ("data", "result", "items"),
        ("data", "result"),
    ]
    assert len({video.id for video in videos_of("kind_deep")}) == 45


def test_a_list_of_videos_and_one_of_avatars_may_have_the_same_name(scaffold):
    avatar = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
    }
    paths = {
        f"/{kind}/{name}": {
            "get": get({"type": "object", "properties": {"data": {"type": "array", "items": item}}})
        }
        for kind, item in (("videos", ref("Item")), ("avatars", avatar))
        for name in ("product", "template")
    }
    lists = {
        (kind, name): [f"GET /{where}/{name}"]
        for kind, where in (("videos", "videos"), ("replicas", "avatars"))
        for name in ("product", "template")
    }
    scaffold("kind_twice", published(paths), collections=lists)
    provider = Registry(environ={}).provider("kind_twice")
    with (
        serve([provider], items={"videos": 5, "replicas": 5}) as box,
        Hub(box.accounts()) as hub,
    ):
        assert all(video.status != "unknown" for video in hub.videos.list())
        assert {avatar.id.partition("/")[0] for avatar in hub.replicas.list()} == {
            "product",
            "template",
        }


def test_each_list_is_held_to_the_contract_beside_a_kind_that_has_one(scaffold, tmp_path):
    avatar = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
    }
    rows = {"type": "object", "properties": {"data": {"type": "array", "items": avatar}}}
    cursor = {"cursor": {"type": "string"}}
    paths = {
        "/talks": {"get": get(ROWS, query=cursor)},
        "/scenes": {"get": get(ROWS, query=cursor)},
        "/avatars": {"get": get(rows)},
    }
    lists = {("videos", "talks"): ["/talks"], ("videos", "scenes"): ["/scenes"]}
    scaffold("kind_beside", published(paths), collections=lists)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "tests")],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "class TestKindBesideScenes" in (tmp_path / "tests/test_kind_beside.py").read_text()


def test_a_get_that_does_not_repeat_the_id_gives_the_one_that_was_asked_for(scaffold):
    item = {"type": "object", "properties": {**ITEM["properties"]}}
    del item["properties"]["id"]
    scaffold("kind_alone", published({"/videos/{requestId}": {"get": get(item, "requestId")}}))
    provider = Registry(environ={}).provider("kind_alone")
    with serve([provider], items={"videos": 1}) as box, Hub(box.accounts()) as hub:
        from polyreel.sandbox.fixture_items import FixtureItems
        from polyreel.sandbox.served_spec import load

        [made] = FixtureItems.of(load(provider), {"videos": 1}).items("videos")
        assert hub.videos.get(f"kind_alone:{made.id}").id == made.id


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({"id": {"type": "string"}, "created": {"type": "integer"}}, "video-generation-models"),
        ({"id": {"type": "string"}, "status": {"type": "string"}}, "background-jobs"),
    ],
)
def test_what_only_looks_like_a_list_of_videos_is_asked_about(item, why):
    rows = {"type": "array", "items": {"type": "object", "properties": item}}
    with pytest.raises(SpecError, match="no operation"):
        choose([published({f"/{why}": {"get": get(rows)}})], Known(), None)


JOB = {
    "id": {"type": "string"},
    "status": {"type": "string"},
    "created_at": {"type": "string", "format": "date-time"},
}


@pytest.mark.parametrize(
    "work",
    [
        "indexing",
        "analysis",
        "moderation",
        "transcoding",
        "caption",
        "embedding",
        "import",
        "detection",
    ],
)
@pytest.mark.parametrize("said", ["path", "operationId", "summary", "tags"])
@pytest.mark.parametrize("field", ["video_id", "hls_url"])
def test_a_job_that_does_something_else_with_a_video_is_asked_about(work, said, field):
    job = {"type": "object", "properties": {**JOB, field: {"type": "string"}}}
    listing = get({"type": "array", "items": job}) | {"operationId": "listVideoTasks"}
    one = get(job, "task_id") | {"operationId": "getVideoTask"}
    path = f"/{work}/tasks" if said == "path" else "/tasks"
    if said != "path":
        text = {"operationId": f"video_{work}_tasks"}.get(said, f"Video {work} tasks")
        listing |= {said: [text] if said == "tags" else text}
        one |= {said: [text] if said == "tags" else text}
    paths = {path: {"get": listing}, f"{path}/{{task_id}}": {"get": one}}
    with pytest.raises(SpecError, match=r"surely|which of these|no operation"):
        choose([published(paths)], Known(), None)


def test_a_job_with_another_things_id_and_no_file_is_asked_about():
    job = {"type": "object", "properties": {**JOB, "video_id": {"type": "string"}}}
    listing = get({"type": "array", "items": job}) | {"operationId": "listVideoJobs"}
    with pytest.raises(SpecError, match="surely"):
        choose([published({"/jobs": {"get": listing}})], Known(), None)


@pytest.mark.parametrize("more", [{"video_url": {"type": "string"}}, {}])
def test_a_job_that_makes_a_video_is_taken(more):
    job = {"type": "object", "properties": {**JOB, **more}}
    listing = get({"type": "array", "items": job}) | {"operationId": "listVideoTasks"}
    listing |= {"summary": "List video generation tasks"}
    [choice] = choose([published({"/tasks": {"get": listing}})], Known(), None).made
    assert choice.list is not None
    assert choice.list.name == "GET /tasks"


def test_a_field_that_is_on_its_way_out_is_no_id():
    old = {"type": "string", "deprecated": True}
    item = {"type": "object", "properties": {**ITEM["properties"], "video_id": old}}
    found = candidates(published({"/videos/{video_id}": {"get": get(item, "video_id")}}), "videos")
    assert [one.id for one in found] == ["id"]


def test_a_mixed_list_leaves_out_what_is_known_to_be_something_else():
    kinds = {"type": "string", "enum": ["image", "video", "audio"]}
    view = SchemaView({})
    kept = kept_of(view, merged(view, {"type": "object", "properties": {"type": kinds}}))
    assert kept is not None
    assert kept.expression == "item.raw.get('type') not in ('image', 'audio')"
    same = {"type": "string", "enum": ["video", "video_upscale"]}
    assert kept_of(view, merged(view, {"type": "object", "properties": {"type": same}})) is None


def guessed(**properties):
    view = SchemaView({})
    item = merged(view, {"type": "object", "properties": {"id": {"type": "string"}, **properties}})
    return {one.ours: one for one in guess_fields(view, item, "id", "videos", item)}


@pytest.mark.parametrize(
    "described",
    [
        "0: queued, 1: running, 2: done",
        "0 - queued; 1 - running; 2 = done",
        "0 queued, 1 running, 2 done",
        "queued (0), running (1), done (2)",
    ],
)
def test_a_status_that_is_a_number_means_what_its_description_says(described):
    found = guessed(status={"type": "integer", "enum": [0, 1, 2], "description": described})
    assert (
        found["status"].expression
        == "{'0': 'queued', '1': 'running', '2': 'ready'}.get(str(it.status))"
    )


@pytest.mark.parametrize("described", ["", "One of 10 states, 20 of them at most.", "10 done"])
def test_a_number_that_nothing_explains_is_left_to_a_person(described):
    found = guessed(status={"type": "integer", "enum": [10, 20], "description": described})
    assert (found["status"].expression, found["status"].untranslated) == ("", ("10", "20"))


def test_a_status_may_stand_in_an_object():
    found = guessed(status={"type": "object", "properties": {"state": {"type": "string"}}})
    assert found["provider_status"].expression == "it.status.state if it.status else None"


def test_a_playlist_is_no_file_to_download():
    found = guessed(hls={"type": "object", "properties": {"video_url": {"type": "string"}}})
    assert "download_url" not in found


def test_milliseconds_and_parts_of_one_stay_none_where_nothing_came():
    found = guessed(duration_ms={"type": "integer"}, progress={"type": "number", "maximum": 1})
    assert found["duration"].expression == "convert.milliseconds(it.duration_ms)"
    assert found["progress"].expression == "convert.share(it.progress)"


def test_a_shorter_path_is_the_whole_list_and_what_is_mine_is_no_likes():
    rows = {"type": "array", "items": ref("Item")}
    mine, likes = {"get": get(rows)}, {"get": get(rows)}
    [choice] = choose([published({"/me/videos": mine, "/me/likes": likes})], Known(), None).made
    assert choice.list is not None
    assert choice.list.name == "GET /me/videos"
    [choice] = choose(
        [published({"/playground/videos": mine, "/videos": likes})], Known(), None
    ).made
    assert choice.list is not None
    assert choice.list.name == "GET /videos"
