"""Guessing page styles, fields, keys and addresses."""

from __future__ import annotations

import pytest
from polyreel.codegen.scaffold.access import guess_access
from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.base_url import docs_of, server_of, title_of
from polyreel.codegen.scaffold.candidates import Candidate, response_schema
from polyreel.codegen.scaffold.field_guesses import guess_fields
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.page_style import guess_paging
from polyreel.codegen.scaffold.parameter_roles import asked_of
from polyreel.errors import SpecError
from polyreel.openapi.shapes import ANYTHING
from polyreel.openapi.view import SchemaView
from support.acme import STYLES, VIDEO, document


def paging_of(acme):
    operation = acme["paths"]["/videos"]["get"]
    view = SchemaView(acme)
    asked = asked_of(view, {}, operation)
    return guess_paging(view, asked, response_schema(view, operation), ("videos",))


@pytest.mark.parametrize("style", STYLES)
def test_each_page_style_is_known_by_its_parameters_and_its_envelope(style):
    assert paging_of(document(style)).style == style


def test_a_page_size_and_its_bounds_are_known():
    paging = paging_of(document("offset"))
    assert (paging.size, paging.min_size, paging.max_size) == ("limit", 1, 50)


@pytest.mark.parametrize(
    ("schema", "first", "trust"),
    [
        ({"type": "integer", "minimum": 0}, 0, Trust.SURE),
        ({"type": "integer", "default": 1}, 1, Trust.SURE),
    ],
)
def test_where_pages_begin_is_only_sure_when_something_says_so(schema, first, trust):
    acme = document("page")
    acme["paths"]["/videos"]["get"]["parameters"][1]["schema"] = schema
    paging = paging_of(acme)
    assert (paging.first, paging.first_is_known, paging.guess.trust) == (first, True, trust)


def test_a_first_page_that_nothing_numbers_is_asked_for_without_a_number_if_that_can_be():
    acme = document("page")
    parameter = acme["paths"]["/videos"]["get"]["parameters"][1]
    parameter["schema"] = {"type": "integer"}
    assert not paging_of(acme).first_is_known
    parameter["required"] = True
    must = paging_of(acme)
    assert (must.first, must.first_is_known, must.guess.trust) == (1, True, Trust.UNSURE)


def test_a_limit_without_a_way_to_a_second_page_is_the_page_size_and_said():
    acme = document("whole")
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 200}}
    acme["paths"]["/videos"]["get"]["parameters"] = [limit]
    paging = paging_of(acme)
    assert (paging.style, paging.size, paging.max_size) == ("whole", "limit", 200)
    assert paging.guess.trust == Trust.UNSURE


def test_an_offset_that_begins_with_one_may_count_pages_and_is_marked():
    acme = document("offset")
    for each in acme["paths"]["/videos"]["get"]["parameters"]:
        if each["name"] == "offset":
            each["schema"] = {"type": "integer", "default": 1}
    assert paging_of(acme).guess.trust == Trust.UNSURE


def test_a_token_that_only_the_next_address_has_is_taken_from_there():
    acme = document("page")
    operation = acme["paths"]["/videos"]["get"]
    operation["parameters"].append(
        {"name": "PageToken", "in": "query", "schema": {"type": "string"}}
    )
    properties = response_schema(SchemaView(acme), operation)["properties"]
    assert paging_of(acme).style == "page"
    properties["meta"] = {
        "type": "object",
        "properties": {"next_page_url": {"type": "string", "format": "uri"}},
    }
    paging = paging_of(acme)
    assert (paging.style, paging.signals["next"]) == ("next_url", ("meta", "next_page_url"))


@pytest.mark.parametrize(
    ("values", "orders"),
    [
        (["asc", "desc"], ("asc", "desc")),
        (["ASC_NAME", "DESC_NAME", "ASC_CREATED", "DESC_CREATED"], ("asc", "desc")),
        (["ascending", "descending"], ("asc", "desc")),
        (["ASC_NAME", "DESC_NAME"], ()),
        (["ASC_RELEVANCE", "newest"], ()),
    ],
)
def test_orders_are_by_time(values, orders):
    found = arguments_of(sort={"type": "string", "enum": values})
    assert found.orders == orders
    assert "NAME" not in str(found.fixed)


@pytest.mark.parametrize("name", ["ending_before", "before", "previousCursor"])
def test_what_asks_for_the_page_before_is_no_filter(name):
    assert name not in arguments_of("last_id", **{name: {"type": "string"}}).filters
    assert name not in arguments_of("token", **{name: {"type": "string"}}).filters
    assert name in arguments_of("page", **{name: {"type": "string"}}).filters
    assert name in arguments_of("token", **{name: {"type": "integer"}}).filters  # a time


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            'Pass the token directly without a "Bearer" prefix.',
            "HeaderKey('Authorization', env='K')",
        ),
        ("Don't write `Bearer` before it.", "HeaderKey('Authorization', env='K')"),
        ("Write `Bearer <key>`.", "Bearer(env='K')"),
        (
            "Sent as `Authorization: Apisecret <API_SECRET>`.",
            "HeaderKey('Authorization', env='K', prefix='Apisecret ')",
        ),
        ("authorization: Token YOUR_KEY", "HeaderKey('Authorization', env='K', prefix='Token ')"),
        ("Authorization: your secret key", "HeaderKey('Authorization', env='K')"),
    ],
)
def test_a_word_that_a_sentence_forbids_is_not_sent(sentence, expected):
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization", "description": sentence}
    raw = {"components": {"securitySchemes": {"key": scheme}}}
    assert guess_access("K", {}, raw, {"security": [{"key": []}]}, None).expression == expected


def test_signals_are_found_inside_of_objects_too():
    acme = document("token")
    properties = response_schema(SchemaView(acme), acme["paths"]["/videos"]["get"])["properties"]
    properties["meta"] = {
        "type": "object",
        "properties": {"cursor": properties.pop("nextPageToken")},
    }
    assert paging_of(acme).signals == {"next": ("meta", "cursor")}


def test_fields_are_mapped_by_name_and_type():
    acme = SchemaView(document())
    found = guess_fields(acme, merged(acme, VIDEO), "video_id", "videos")
    assert {each.ours: each.expression for each in found} == {
        "title": "it.name",
        "prompt": "it.script",
        "provider_status": "it.status",
        "status": "{'rendering-now': 'running'}.get(it.status or '', it.status)",
        "progress": "convert.share(it.progress)",
        "created_at": "it.created_at",
        "duration": "it.length_seconds",
        "download_url": "it.files.mp4_url if it.files else None",
        "thumbnail_url": "it.thumbnail",
        "error": "it.failure.message if it.failure else None",
    }


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("created_at", {"type": "boolean"}),
        ("thumbnail_url", {"type": "object", "properties": {"width": {"type": "integer"}}}),
        ("webhook", {"type": "object", "properties": {"video_url": {"type": "string"}}}),
        ("additional_properties", {"type": "string"}),
    ],
)
def test_what_cannot_hold_a_field_is_not_mapped_to_it(name, schema):
    view = SchemaView({})
    item = merged(view, {"type": "object", "properties": {"id": {"type": "string"}, name: schema}})
    assert guess_fields(view, item, "id", "videos") == []


@pytest.mark.parametrize(
    ("properties", "expression"),
    [
        (
            {"videos": {"type": "array", "items": {"type": "string"}}},
            "it.videos[0] if it.videos else None",
        ),
        (
            {"output": {}},
            "it.output[0] if isinstance(it.output, list) and it.output else it.output",
        ),
        ({"result_url": {"type": "string"}, "url": {"type": "string"}}, "it.result_url"),
        ({"video": {"type": "string"}, "file_url": {"type": "string"}}, "it.file_url"),
    ],
)
def test_the_video_itself_is_found_in_several_forms(properties, expression):
    view = SchemaView({})
    item = merged(view, {"type": "object", "properties": {"id": {"type": "string"}, **properties}})
    [found] = guess_fields(view, item, "id", "videos")
    assert (found.ours, found.expression) == ("download_url", expression)


def arguments_of(style="whole", **query):
    operation = {
        "parameters": [
            {"name": name, "in": "query", "schema": schema, "required": name == "folder"}
            for name, schema in query.items()
        ]
    }
    one = Candidate("/videos", "list", (), "id", ANYTHING)
    asked = operation["parameters"]
    return Arguments.of_list(SchemaView({}), asked, one, paging_of(document(style)))


def test_orders_and_filters_are_what_is_left_of_the_parameters():
    found = arguments_of(
        sort={"type": "string", "enum": ["ASC", "DESC"]},
        state={"type": "string", "enum": ["done", "failed"]},
        since={"type": "string", "format": "date-time"},
    )
    assert found.orders == ("asc", "desc")
    assert found.filters == {"state": "done, failed"}
    assert list(found.render()) == [
        "sort={'asc': 'ASC', 'desc': 'DESC'}.get(query.order or '')", "**query.filters",
    ]  # fmt: skip
    assert "without since" in [each.value for each in found.guesses]


def test_a_filter_that_the_api_insists_on_is_sent_always_and_told():
    found = arguments_of(folder={"type": "array", "items": {"type": "string"}})
    assert list(found.render()) == ["**{'folder': '', **split(query.filters, 'folder')}"]
    assert [each.trust for each in found.guesses] == [Trust.UNSURE]


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ({"type": "apiKey", "in": "header", "name": "x-key"}, "HeaderKey('x-key', env='K')"),
        ({"type": "http", "scheme": "bearer"}, "Bearer(env='K')"),
        ({"type": "http", "scheme": "basic"}, "Basic(env='K')"),
        (
            {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": 'Send "Key <key>".',
            },
            "HeaderKey('Authorization', env='K', prefix='Key ')",
        ),
        ({"type": "apiKey", "in": "header", "name": 'x"\nimport os'}, "Bearer(env='K')"),
    ],
)
def test_how_the_key_travels_is_what_the_scheme_says(scheme, expected):
    acme = document()
    acme["components"]["securitySchemes"]["key"] = scheme
    assert guess_access("K", acme, acme, {}, None).expression == expected


def test_a_header_parameter_for_the_key_stands_in_for_a_scheme():
    assert guess_access("K", {}, {}, {}, "x-key").expression == "HeaderKey('x-key', env='K')"


def wanting(*security, **schemes):
    acme = document(security=list(security))
    acme["components"]["securitySchemes"] = {
        name: said if isinstance(said, dict) else {"type": "apiKey", "in": "header", "name": said}
        for name, said in schemes.items()
    }
    return guess_access("K", acme, acme, {}, None)


def test_headers_that_are_wanted_together_are_all_sent():
    found = wanting({"org": [], "key": []}, org="X-Org", key="X-Api-Key")
    assert found.expression == "HeaderKey('X-Api-Key', env='K')"
    assert found.headers == {"X-Org": "{org}"}
    assert found.settings == {"org": ("the header X-Org", "")}


def test_of_two_ways_the_one_with_a_single_key_is_taken():
    found = wanting(
        {"org": [], "key": []}, {"token": []}, org="X-Org", key="X-Key", token="X-Token"
    )
    assert (found.expression, found.headers) == ("HeaderKey('X-Token', env='K')", {})


def test_two_keys_that_cannot_both_be_sent_are_refused_by_name():
    query = {"type": "apiKey", "in": "query", "name": "app"}
    with pytest.raises(SpecError, match=r"needs key and app at once"):
        wanting({"key": [], "app": []}, key={"type": "http", "scheme": "bearer"}, app=query)


def test_two_flows_that_give_the_same_token_are_one_key():
    flow = {"type": "oauth2", "flows": {}}
    found = wanting({"a": [], "b": []}, a=flow, b=flow | {"flows": {"implicit": {}}})
    assert (found.expression, found.headers) == ("Bearer(env='K')", {})
    found = wanting(
        {"a": [], "b": [], "org": []}, a=flow, b={"type": "http", "scheme": "bearer"}, org="X-Org"
    )
    assert (found.expression, found.headers) == ("Bearer(env='K')", {"X-Org": "{org}"})


@pytest.mark.parametrize("place", ["query", "cookie"])
def test_a_key_that_goes_elsewhere_than_into_a_header_is_refused_where_nothing_else_is_taken(place):
    elsewhere = {"type": "apiKey", "in": place, "name": "key"}
    with pytest.raises(SpecError, match=r"odd.*in headers alone"):
        wanting({"odd": []}, odd=elsewhere)
    found = wanting({"odd": []}, {"usual": []}, odd=elsewhere, usual="x-key")
    assert found.expression == "HeaderKey('x-key', env='K')"


@pytest.mark.parametrize(
    ("servers", "url", "stated", "expected"),
    [
        ([{"url": "https://api.acme.example/v1/"}], None, None, "https://api.acme.example/v1"),
        ([{"url": "/v2"}], "https://acme.example/openapi.json", None, "https://acme.example/v2"),
        ([{"url": "../v2"}], "https://acme.example/docs/x.json", None, "https://acme.example/v2"),
        ([{"url": "/v2"}], None, "https://acme.example/v2", "https://acme.example/v2"),
        (
            [{"url": "http://localhost:8000"}, {"url": "https://acme.example"}],
            None, None, "https://acme.example",
        ),
        (
            [{"url": "https://acme.example/{ver}", "variables": {"ver": {"default": "v1"}}}],
            None, None, "https://acme.example/v1",
        ),
    ],
)  # fmt: skip
def test_the_base_url_is_the_documents_or_the_one_that_is_stated(servers, url, stated, expected):
    assert server_of({"servers": servers}, url, stated).url == expected


def test_what_may_be_several_in_a_base_url_is_a_setting_of_the_account():
    url = "https://{regionName}.acme.example"
    regions = {"regionName": {"default": "eu", "enum": ["eu", "us"]}}
    found = server_of({"servers": [{"url": url, "variables": regions}]}, None, None)
    assert (found.url, found.example) == (
        "https://{region_name}.acme.example", "https://eu.acme.example",
    )  # fmt: skip
    assert found.settings == {"region_name": ("one of eu, us", "eu")}


def test_an_address_that_a_key_cant_go_to_asks_for_the_flag():
    with pytest.raises(SpecError, match="--base-url"):
        server_of({"servers": [{"url": "http://acme.example"}]}, None, None)


@pytest.mark.parametrize(
    ("servers", "below"),
    [([], ""), ("x", ""), ([{"url": "/v2"}], "/v2"), ([{"url": "https://<your host>/v2"}], "/v2")],
)
def test_a_host_that_nobody_names_is_a_setting_of_the_account_and_said(servers, below):
    found = server_of({"servers": servers}, None, None)
    assert found.url == f"https://{{host}}{below}"
    assert found.settings.keys() == {"host"}
    assert "--base-url" in found.left("acme")[0]
    assert "ACME_HOST" in found.left("acme")[0]


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("D-ID API", "did", "D-ID"),
        ("Acme Studio API", "acme_studio", "Acme Studio"),
        ('"""\nimport os', "acme", "Acme"),
        ("Other", "acme", "Acme"),
    ],
)
def test_a_title_is_the_documents_if_it_is_the_same_name(title, name, expected):
    assert title_of({"info": {"title": title}}, name) == expected


def test_docs_are_never_anything_but_an_https_address():
    raw = {"externalDocs": {"url": 'https://acme.example/"\nimport os'}}
    assert docs_of(raw, None, "https://api.acme.example/v1", None)[0] == "https://api.acme.example"


def test_a_guess_in_code_is_one_line_whatever_it_quotes():
    assert Guess("a", "b", "said\nimport os", Trust.UNSURE).comment == "# guessed: saidimport os"


def test_the_picture_of_a_thumbnail_is_one_without_being_called_an_address():
    view = SchemaView({})
    text = {"type": "string"}
    pictures = {"type": "object", "properties": {"image": text, "gif": text}}
    item = {"type": "object", "properties": {"id": text, "thumbnail": pictures}}
    [found] = guess_fields(view, merged(view, item), "id", "videos")
    assert found.ours == "thumbnail_url"
    assert found.expression == "it.thumbnail.image if it.thumbnail else None"


def test_what_a_result_says_of_its_files_is_found():
    view = SchemaView({})
    text = {"type": "string"}
    film = {"type": "object", "properties": {"id": text, "url": text, "duration": text}}
    still = {"type": "object", "properties": {"url": text}}
    parts = {
        "videos": {"type": "array", "items": film},
        "images": {"type": "array", "items": still},
    }
    result = {"type": "object", "properties": parts}
    item = {"type": "object", "properties": {"task_id": text, "task_result": result}}
    found = guess_fields(view, merged(view, item), "task_id", "videos")
    first = "it.task_result.videos[0]"
    guards = f"if it.task_result and it.task_result.videos and {first} else None"
    assert {each.ours: each.expression for each in found} == {
        "duration": f"{first}.duration {guards}",
        "download_url": f"{first}.url {guards}",
    }
    assert (
        guess_fields(view, merged(view, {**item, "properties": {"request": result}}), "", "videos")
        == []
    )
