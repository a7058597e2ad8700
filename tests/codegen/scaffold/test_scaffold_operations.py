"""Finding what lists and gets videos and avatars in a document of any size."""

from __future__ import annotations

import pytest
from polyreel.codegen.scaffold.candidates import candidates
from polyreel.codegen.scaffold.choice import Known
from polyreel.codegen.scaffold.choice_messages import missing
from polyreel.codegen.scaffold.choosing import choose as choose_all
from polyreel.codegen.scaffold.rivals import likely
from polyreel.errors import SpecError
from support.acme import document, get, ref


def choose(documents, operations, ask, **known):
    return choose_all(documents, Known(operations=operations, **known), ask).made


AVATAR = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}


def with_paths(**paths):
    acme = document()
    acme["components"]["schemas"]["Avatar"] = AVATAR
    more = {f"/{path.replace('__', '/')}": {"get": each} for path, each in paths.items()}
    return acme | {"paths": acme["paths"] | more}


def rows(name):
    return {"type": "object", "properties": {"data": {"type": "array", "items": ref(name)}}}


def test_a_list_and_its_get_are_found_by_their_shape():
    [choice] = choose([document()], {}, None)
    assert choice.list is not None
    assert choice.get is not None
    assert (choice.kind, choice.list.name, choice.get.name) == (
        "videos", "GET /videos", "GET /videos/{video_id}",
    )  # fmt: skip
    assert (choice.list.keys, choice.list.id) == (("videos",), "video_id")
    assert choice.get.keys == ("video",)


def test_avatars_are_replicas():
    choices = choose([with_paths(avatars=get({"type": "array", "items": ref("Avatar")}))], {}, None)
    assert [(one.kind, one.list and one.list.name) for one in choices] == [
        ("videos", "GET /videos"), ("replicas", "GET /avatars"),
    ]  # fmt: skip


def test_voices_are_neither():
    acme = document()
    del acme["paths"]["/videos"], acme["paths"]["/videos/{video_id}"]
    with pytest.raises(SpecError, match=r"no operation looks like.*\n  GET /voices .*'voice' -12"):
        choose([acme], {}, None)


def test_items_may_be_two_levels_down():
    inner = {"type": "object", "properties": {"data": rows("Avatar")}}
    found = candidates(with_paths(avatars=get(inner)), "replicas")
    assert likely(found, "list")[0].keys == ("data", "data")


def test_two_that_are_alike_are_a_doubt_that_names_the_flag_and_the_reasons():
    acme = with_paths(scenes=get(rows("Clip")), talks=get(rows("Clip")))
    del acme["paths"]["/videos"]
    with pytest.raises(SpecError) as caught:
        choose([acme], {}, None)
    said = str(caught.value)
    assert "which of these lists videos? Say --videos" in said
    assert "GET /scenes  (score" in said
    assert "'talk' +5" in said


def test_a_person_is_asked_in_doubt():
    acme = with_paths(scenes=get(rows("Clip")), talks=get(rows("Clip")))
    del acme["paths"]["/videos"]

    def ask(question, options):
        assert question == "Which of these lists videos?"
        return next(number for number, each in enumerate(options) if "/talks" in each)

    assert choose([acme], {("replicas", "list"): "none"}, ask)[0].list.name == "GET /talks"


@pytest.mark.parametrize("named", ["GET /talks", "/talks"])
def test_an_operation_that_is_named_is_taken(named):
    acme = with_paths(talks=get(rows("Clip")))
    [choice] = choose([acme], {("videos", "list"): named, ("videos", "get"): "none"}, None)
    assert (choice.list and choice.list.name, choice.get) == ("GET /talks", None)


def test_an_operation_that_the_document_has_not_is_refused_with_those_that_it_has():
    with pytest.raises(SpecError, match=r"--videos '/films'.*GET /videos, GET /voices"):
        choose([document()], {("videos", "list"): "/films"}, None)


def test_without_a_list_there_may_still_be_a_get():
    acme = document()
    del acme["paths"]["/videos"]
    [choice] = choose([acme], {}, None)
    assert choice.list is None
    assert choice.get is not None
    assert choice.get.name == "GET /videos/{video_id}"


def test_a_list_that_needs_what_only_a_caller_knows_counts_less():
    acme = document()
    acme["paths"]["/videos"]["get"]["parameters"].append(
        {"name": "folder", "in": "query", "required": True, "schema": {"type": "string"}}
    )
    assert "needs folder -4" in likely(candidates(acme, "videos"), "list")[0].reasons


def test_a_document_that_refers_to_nothing_or_in_circles_only_has_fewer_candidates():
    acme = with_paths(
        avatars=get(ref("Nowhere")), replicas=get({"type": "array", "items": ref("Loop")})
    )
    acme["components"]["schemas"]["Loop"] = ref("Loop")
    assert likely(candidates(acme, "replicas"), "list") == []


ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "status": {"type": "string"},
        "url": {"type": "string"},
    },
}


def published(**paths):
    """A document with these GETs alone; a path is written with __ for / and _of_ for a parameter."""
    items = {
        "/" + path.replace("__", "/").replace("/of_", "/{").replace("_end", "}"): {"get": each}
        for path, each in paths.items()
    }
    return {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "paths": items}


def listed(item, **more):
    return {"type": "object", "properties": {"data": {"type": "array", "items": item}, **more}}


def test_a_list_of_models_is_no_list_of_videos_whatever_it_is_called():
    models = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "owner": {"type": "string"}},
    }
    acme = published(**{"video-generation-models": get(listed(models))})
    with pytest.raises(SpecError, match="no operation looks like"):
        choose([acme], {}, None)


def test_an_item_in_an_envelope_is_the_item_and_not_the_envelope():
    envelope = {
        "type": "object",
        "properties": {
            "code": {"type": "integer"},
            "message": {"type": "string"},
            "request_id": {"type": "string"},
            "data": ITEM,
        },
    }
    acme = published(videos=get(listed(ITEM)), videos__of_id_end=get(envelope))
    [choice] = choose([acme], {}, None)
    assert choice.get is not None
    assert (choice.get.keys, choice.get.id) == (("data",), "id")


@pytest.mark.parametrize("field", ["uid", "uri", "hashed_id", "video_id", "uuid", "id", "mediaId"])
def test_the_path_says_which_field_is_the_id(field):
    item = {
        "type": "object",
        "properties": {field: {"type": "string"}, "status": {"type": "string"}},
    }
    acme = published(videos=get(listed(item)), **{f"videos__of_{field}_end": get(item)})
    [choice] = choose([acme], {}, None)
    assert choice.list is not None
    assert choice.get is not None
    assert (choice.list.id, choice.get.id) == (field, field)


def test_an_id_may_be_asked_for_in_the_query():
    one = get(ITEM) | {
        "parameters": [
            {"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}
        ]
    }
    [choice] = choose([published(videos=get(listed(ITEM)), video=one)], {}, None)
    assert choice.get is not None
    assert (choice.get.name, choice.get.parameter) == ("GET /video", "id")


def test_a_path_may_end_with_a_slash():
    acme = published(videos__=get(listed(ITEM)), videos__of_id_end__=get(ITEM))
    [choice] = choose([acme], {}, None)
    assert [one.name for one in choice.operations()] == ["GET /videos/", "GET /videos/{id}/"]


def test_the_shorter_path_is_the_whole_list():
    acme = published(videos=get(listed(ref("Item"))), discarded__videos=get(listed(ref("Item"))))
    acme["components"] = {"schemas": {"Item": ITEM}}
    [choice] = choose([acme], {}, None)
    assert choice.list is not None
    assert choice.list.name == "GET /videos"


def test_any_media_type_is_taken_for_json():
    acme = published(videos=get(listed(ITEM)))
    responses = acme["paths"]["/videos"]["get"]["responses"]["200"]
    responses["content"] = {"*/*": responses["content"]["application/json"]}
    [choice] = choose([acme], {}, None)
    assert choice.list is not None


def test_a_list_that_is_there_but_answers_something_else_is_said_to_be_missing():
    acme = published(videos__of_id_end=get(ITEM))
    acme["paths"]["/videos"] = {"get": get({"type": "array", "items": {"type": "string"}})}
    [choice] = choose([acme], {}, None)
    assert missing(choice, [acme]) == (
        "no list of videos was found; GET /videos is there, but doesn't answer an array of objects with "
        "an id. --videos names one"
    )
    whole = published(videos=get(listed(ITEM)), videos__of_id_end=get(ITEM))
    assert missing(choose([whole], {}, None)[0], [whole]) is None
