"""Whatever a field is called and whatever its schema allows, what the sandbox puts there fits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from openapi_schema_validator import OAS31Validator
from polyreel.models import Status
from polyreel.openapi.view import SchemaView
from polyreel.sandbox.fabricate import Gap, Percent, fabricate, fit
from polyreel.sandbox.field_values import fill
from polyreel.sandbox.field_words import words_of
from polyreel.sandbox.fixture_items import FixtureItem, FixtureItems, KindFacts
from polyreel.sandbox.object_forms import fields, own_fields
from polyreel.sandbox.signed_links import Links

WORDS = [
    *(
        "id",
        "url",
        "status",
        "state",
        "error",
        "code",
        "message",
        "created",
        "at",
        "expires",
        "type",
    ),
    *(
        "progress",
        "title",
        "name",
        "prompt",
        "size",
        "width",
        "seconds",
        "model",
        "video",
        "replica",
    ),
    *("thumbnail", "details", "background", "hosted", "items"),
]

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("_".join)
scalars = st.one_of(
    st.builds(
        lambda kind, more: {"type": kind, **more},
        st.sampled_from(["string", "integer", "number", "boolean"]),
        st.just({}),
    ),
    st.builds(lambda most: {"type": "integer", "minimum": 0, "maximum": most}, st.integers(0, 9)),
    st.just({"type": "number", "minimum": 0, "maximum": 1}),
    st.builds(lambda most: {"type": "string", "maxLength": most}, st.integers(0, 9)),
    st.sampled_from(["date-time", "date", "uuid"]).map(
        lambda form: {"type": "string", "format": form}
    ),
    st.lists(st.sampled_from("abcdef"), min_size=1, unique=True).map(lambda some: {"enum": some}),
    st.just({"enum": ["queued", "ready", None]}),
    st.just({"const": "video"}),
    st.just({"type": ["string", "integer"]}),
    st.just({}),
)
schemas = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(lambda one: {"anyOf": [one, {"type": "null"}]}, inner),
        st.builds(
            lambda fields, all_needed: {
                "type": "object",
                "properties": fields,
                "required": sorted(fields) if all_needed else [],
                "additionalProperties": False,
            },
            st.dictionaries(names, inner, max_size=4),
            st.booleans(),
        ),
    ),
    max_leaves=8,
)
objects = st.dictionaries(names, schemas, min_size=1, max_size=5).map(
    lambda fields: {"type": "object", "properties": fields, "required": sorted(fields)}
)


LINKS = Links(item="https://api.example/v1/films/7c0ffee", files="https://files.example", expires=1)


def an_item(status: Status = Status.READY, number: int = 3) -> FixtureItem:
    facts = KindFacts(9, lambda digits: digits[:9], {status: [status.value] for status in Status})
    fixtures = FixtureItems("acme", {"videos": facts, "replicas": facts})
    return FixtureItem(
        fixtures, "videos", number, "7c0ffee", status, datetime(2026, 3, 4, tzinfo=UTC)
    )


@given(objects, st.sampled_from(sorted(Status)), st.integers(0, 8))
def test_an_item_fits_its_schema(schema, status, number):
    item = fabricate(SchemaView({}), schema, fill(an_item(status, number), "no id", LINKS))
    assert [error.message for error in OAS31Validator(schema).iter_errors(item)] == []


@given(objects, st.sampled_from(sorted(Status)))
def test_an_item_is_the_same_each_time(schema, status):
    assert fabricate(SchemaView({}), schema, fill(an_item(status), "x", LINKS)) == fabricate(
        SchemaView({}), schema, fill(an_item(status), "x", LINKS)
    )


def value(name, schema, status=Status.READY):
    whole = {"type": "object", "required": [name], "properties": {name: schema}}
    return fabricate(SchemaView({}), whole, fill(an_item(status), "id", LINKS))[name]


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.READY])
@pytest.mark.parametrize(("type_", "nothing"), [("string", ""), (["string", "null"], None)])
def test_there_is_no_file_before_it_is_ready(status, type_, nothing):
    assert value("download_url", {"type": type_}, status) == nothing
    assert value("download_url", {"type": type_}).startswith(
        "https://files.example/cdn/acme/videos/7c0ffee/"
    )


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("download_url", ".mp4"),
        ("gif_thumbnail_url", ".gif"),
        ("still_image_thumbnail_url", ".jpg"),
        ("thumbnail_video_url", ".mp4"),
        ("streamUrl", ".m3u8"),
        ("hosted_url", "/hosted"),
    ],
)
def test_an_address_ends_as_what_it_leads_to(name, ending):
    assert value(name, {"type": "string"}).partition("?")[0].endswith(ending)


@pytest.mark.parametrize(
    ("schema", "running", "done"),
    [
        ({"type": "string"}, r"\d+/100", "100/100"),
        ({"type": "integer"}, r"\d+", "100"),
        ({"type": "number", "maximum": 1}, r"0\.\d+", "1.0"),
    ],
)
def test_progress_has_the_schemas_own_form(schema, running, done):
    assert str(value("progress", schema)) == done
    assert str(value("progress", schema, Status.RUNNING)) != done
    assert str(value("progress", schema, Status.QUEUED))[0] == "0"


@pytest.mark.parametrize(
    ("schema", "form"),
    [
        ({"type": "integer"}, 1772582400),
        ({"type": "number"}, 1772582400.0),
        ({"type": "string"}, "2026-03-04T00:00:00Z"),
        ({"type": "string", "format": "date"}, "2026-03-04"),
    ],
)
def test_a_time_has_the_schemas_own_form(schema, form):
    assert value("created_at", schema) == form


def test_only_what_failed_has_an_error():
    schema = {"type": ["string", "null"]}
    assert value("error_message", schema, Status.FAILED)
    assert value("error_message", schema, Status.READY) is None
    assert value("language_code", {"type": "string"}, Status.READY) != "generation_failed"


@pytest.mark.parametrize("word", ["in_progress", "IN_PROGRESS"])
def test_the_status_is_the_providers_own_word_for_it(word):
    schema = {"type": "string", "x-extensible-enum": ["done", word, "broken"]}
    assert value("status", schema, Status.RUNNING) == word


def test_samples_of_an_overlay_go_before_what_a_name_suggests():
    schema = {"type": "string", "x-polyreel-sample": ["Sample"]}
    assert {value(name, schema) for name in ("title", "prompt", "mood", "seconds")} == {"Sample"}


def test_a_title_is_never_given_twice_to_neighbours():
    titles = [
        fabricate(
            SchemaView({}), {"properties": {"title": {}}}, fill(an_item(number=n), "id", LINKS)
        )["title"]
        for n in range(100)
    ]
    assert len(set(titles)) == 100


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("created_at", ("created", "at")),
        ("createdAt", ("created", "at")),
        ("videoURL", ("video", "url")),
        ("URLOfVideo", ("url", "of", "video")),
        ("x-2", ("x", "2")),
        ("", ()),
    ],
)
def test_names_are_read_whatever_their_spelling(name, words):
    assert words_of(name) == words


def shape(**schema):
    return SchemaView({}).of(schema)


@given(st.integers(0, 100))
def test_a_percentage_keeps_its_meaning(number):
    assert fit(Percent(number), shape(type="number", maximum=1)) == pytest.approx(number / 100)
    assert fit(Percent(number), shape(type="integer")) == number


def test_branches_are_merged_and_references_followed():
    document = {
        "components": {
            "schemas": {
                "a/b": {"type": "object", "required": ["x"], "properties": {"x": {}}},
                "C": {"properties": {"y": {}}, "required": ["y"]},
            }
        }
    }
    schema = {
        "anyOf": [
            {"type": "null"},
            {"allOf": [{"$ref": "#/components/schemas/a~1b"}, {"$ref": "#/components/schemas/C"}]},
        ]
    }
    view = SchemaView(document)
    assert own_fields(view, schema).keys() == fields(view, schema).keys() == {"x", "y"}
    assert fabricate(view, schema, lambda _path, _shape: Gap.BUILD) == {"x": {}, "y": {}}
