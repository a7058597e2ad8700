"""A provider that nobody knows gets an honest sandbox from its spec alone, however it pages."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from polyreel import sandbox
from polyreel.errors import SpecError
from polyreel.sandbox import served_spec as specs
from sandbox.specs import STYLES, acme, in_envelope, install

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.fixture(scope="module")
def films(tmp_path_factory, request):
    """A client at the films of a served provider; a test's parameter is its style."""
    style, _, envelope = getattr(request, "param", "page from 0").partition(" in ")
    with pytest.MonkeyPatch.context() as monkeypatch:
        spec = in_envelope(acme(style)) if envelope else acme(style)
        provider = install(spec, tmp_path_factory.mktemp("films"), monkeypatch)
        with (
            sandbox.serve([provider]) as box,
            httpx.Client(
                base_url=box.url("acme"), headers={"authorization": f"bearer {sandbox.KEY}"}
            ) as client,
        ):
            yield client


def assert_fits(spec, schema, body):
    whole = {**schema, "components": spec["components"]}
    assert [error.message for error in OAS31Validator(whole).iter_errors(body)] == []


def list_schema(spec):
    return spec["paths"]["/v1/films"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]


def following(style, body, count, query):
    """Name the next page as a client of each style does."""
    match style:
        case "page from 0":
            return {"page": query.get("page", 0) + 1} if count < body["total_count"] else None
        case "page from 1":
            return {"page": body["page"] + 1} if body["more"] else None
        case "offset":
            return {"offset": body["nextOffset"]} if "nextOffset" in body else None
        case "token":
            return {"token": body["next_token"]} if body["has_more"] else None
        case "last_id":
            return {"after": body["last_id"]} if body["has_more"] else None


@pytest.mark.parametrize(("films", "style"), [(one, one) for one in STYLES], indirect=["films"])
@pytest.mark.parametrize("size", [None, 5, 50])
def test_every_style_gives_every_item_once_and_every_page_fits(films, style, size):
    url, query, ids = "/films", {} if size is None else {"limit": size}, []
    spec = acme(style)
    while url:
        body = films.get(url, params=query).json()
        assert_fits(spec, list_schema(spec), body)
        assert len(body["films"]) <= (size or 4)
        ids += [one["filmId"] for one in body["films"]]
        if style == "next_url":
            url, query = body["next"], None
        else:
            more = following(style, body, len(ids), query)
            url, query = ("/films" if more else None), {**query, **(more or {})}
    assert len(set(ids)) == len(ids) == 25


@pytest.mark.parametrize(
    ("films", "style"), [(f"{one} in data", one) for one in STYLES], indirect=["films"]
)
def test_what_is_said_of_pages_stands_beside_a_list_that_lies_deeper(films, style):
    query, ids, more = {"limit": 5}, [], {}
    spec = in_envelope(acme(style))
    while more is not None:
        body = films.get("/films", params={**query, **more}).json()
        assert_fits(spec, list_schema(spec), body)
        ids += [one["filmId"] for one in body["data"]["films"]]
        if style == "next_url":
            url = body["data"]["next"]
            more = {"cursor": httpx.URL(url).params["cursor"]} if url else None
        else:
            more = following(style, body["data"], len(ids), {**query, **more})
    assert len(set(ids)) == len(ids) == 25


@pytest.mark.parametrize("films", ["next_url"], indirect=True)
def test_the_next_url_keeps_the_query_and_the_place(films):
    url = httpx.URL(films.get("/films", params={"limit": 3, "sort": "asc"}).json()["next"])
    assert str(url).startswith(str(films.base_url))
    assert dict(url.params).keys() == {"limit", "sort", "cursor"}


def test_an_id_follows_the_format_and_the_get_wraps_the_same_item(films):
    listed = films.get("/films", params={"full": "true"}).json()["films"]
    for film in listed:
        assert re.fullmatch(UUID, film["filmId"])
        alone = films.get(f"/films/{film['filmId']}").json()
        film.pop("parts"), alone["film"].pop("parts")  # films in films in films, one level deeper
        assert alone == {"film": film}


def test_fields_are_filled_in_by_what_they_are_for(films):
    for film in films.get("/films", params={"limit": 50}).json()["films"]:
        done = film["state"] == "done"
        assert ("/cdn/acme/videos/" in film.get("videoUrl", "")) == done
        assert (film["pageUrl"] is not None) == done
        assert (film["failure"] is not None) == (film["state"] == "failed")
        assert film["progress"] == 1 if done else 0 <= film["progress"] < 1
        assert len(film["title"]) <= 9
        assert film["durationSeconds"] <= 6
        assert film["mood"] in {"calm", "wild"}
        assert film["shape"] in {"wide", "tall"}
        assert datetime.fromisoformat(film["createdAt"]).date().isoformat() == film["day"]


def test_times_go_back_from_item_to_item(films):
    times = [one["createdAt"] for one in films.get("/films?limit=50").json()["films"]]
    assert times == sorted(set(times), reverse=True)
    assert all(time.startswith("2026-") for time in times)


def test_what_comes_only_on_request_stays_away_else(films):
    assert "internals" not in films.get("/films").json()["films"][0]
    assert "internals" not in films.get("/films?full=false").json()["films"][0]
    assert "node" in films.get("/films?full=true").json()["films"][0]["internals"]


def test_filters_count_and_may_be_combined(films):
    everything = films.get("/films?limit=50").json()["films"]
    wide = [one for one in everything if one["shape"] == "wide"]
    body = films.get("/films?limit=50&shape=wide").json()
    assert (body["films"], body["total_count"]) == (wide, len(wide))
    first = wide[0]["filmId"]
    other = next(one["filmId"] for one in everything if one["shape"] == "tall")
    body = films.get(f"/films?shape=wide&filmIds={first},{other}").json()
    assert body["films"] == wide[:1]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=51", "sort=up", "full=maybe", "page=-1", "page=x", "limit="]
)
def test_a_wrong_query_is_refused_with_the_documented_body(films, query):
    response = films.get(f"/films?{query}")
    assert response.status_code == 422
    body = response.json()
    assert_fits(acme(), {"$ref": "#/components/schemas/Problem"}, body)
    assert body["status"] == 422
    assert query.partition("=")[0] in body["detail"][0]["message"]


def test_a_status_that_is_documented_as_a_range_lends_its_body(films):
    response = films.get("/films/unknown")
    assert response.status_code == 404
    assert_fits(acme(), {"$ref": "#/components/schemas/Problem"}, response.json())


def test_a_file_comes_only_when_it_is_ready(films):
    for film in films.get("/films?limit=50").json()["films"]:
        response = films.get(f"/films/{film['filmId']}/file", follow_redirects=True)
        assert response.status_code == (200 if film["state"] == "done" else 404)


def test_an_operation_that_says_nothing_of_its_use_is_not_served(films):
    assert films.get("/untold").status_code == 404


@pytest.mark.parametrize("ids", ["", "/", "..", "a/b", "%00", "x" * 5000])
def test_an_odd_id_is_nobodys(films, ids):
    assert films.get(f"/films/{ids}").status_code == 404


def test_an_empty_provider_has_an_empty_page(tmp_path, monkeypatch, anybody):
    named = {style.replace(" ", "-"): acme(style) for style in STYLES}
    providers = [install(spec, tmp_path, monkeypatch, name) for name, spec in named.items()]
    headers = {"authorization": f"Bearer {sandbox.KEY}"}
    with sandbox.serve(providers, items={"videos": 0}) as box:
        for name, spec in named.items():
            body = anybody.get(box.url(name) + "/films", headers=headers).json()
            assert_fits(spec, list_schema(spec), body)
            assert body["films"] == []


SCHEMES = {
    "header": ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"headers": {"x-key": "{}"}}),
    "query": ({"type": "apiKey", "in": "query", "name": "key"}, {"params": {"key": "{}"}}),
    "prefixed": (
        {"type": "apiKey", "in": "header", "name": "Authorization"},
        {"headers": {"authorization": "Key {}"}},
    ),
    "basic": ({"type": "http", "scheme": "basic"}, {"headers": {"authorization": "Basic {}"}}),
    "oauth": ({"type": "oauth2", "flows": {}}, {"headers": {"authorization": "Bearer {}"}}),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_security_scheme_is_asked_for(tmp_path, monkeypatch, anybody, scheme):
    document = acme()
    document["components"]["securitySchemes"]["bearer"], sent = SCHEMES[scheme]
    provider = install(document, tmp_path, monkeypatch)

    def ask(key):
        filled = {
            where: {name: value.format(key) for name, value in values.items()}
            for where, values in sent.items()
        }
        return anybody.get(box.url("acme") + "/films", **filled).status_code

    with sandbox.serve([provider]) as box:
        assert ask(sandbox.KEY) == 200
        assert ask("wrong") == 401


def test_who_asks_for_no_key_gets_none(tmp_path, monkeypatch, anybody):
    provider = install({**acme(), "security": []}, tmp_path, monkeypatch)
    with sandbox.serve([provider]) as box:
        assert anybody.get(box.url("acme") + "/films").status_code == 200


def test_paths_that_hold_the_base_urls_version_are_not_doubled(tmp_path, monkeypatch):
    provider = install(acme(), tmp_path, monkeypatch)
    spec = specs.load(provider)
    assert spec.route(spec.operations[0]) == "/acme/v1/films"


def broken(change):
    document = acme()
    change(document)
    return document


def about(document):
    return document["paths"]["/v1/films"]["get"]["x-polyreel"]


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], "isn't an OpenAPI document"),
        ({}, "isn't an OpenAPI document"),
        (broken(lambda it: about(it).update(kind="songs")), "x-polyreel of GET /v1/films"),
        (broken(lambda it: about(it).update(page="x")), "x-polyreel of GET /v1/films"),
        (
            broken(lambda it: about(it)["paging"].update(style="leaf")),
            "x-polyreel of GET /v1/films",
        ),
        (broken(lambda it: it["components"].pop("responses")), "points at nothing"),
        (
            broken(lambda it: it["components"]["schemas"].update(Film={"$ref": "#/x"})),
            "'#/x' points at nothing",
        ),
        (
            broken(
                lambda it: it["components"]["schemas"].update(
                    Film={"$ref": "#/components/schemas/Film"}
                )
            ),
            "leads in a circle",
        ),
    ],
)
def test_a_spec_that_can_not_be_served_is_named(tmp_path, monkeypatch, document, complaint):
    provider = install(document, tmp_path, monkeypatch)
    with pytest.raises(SpecError, match=complaint) as caught:
        sandbox.app([provider])
    assert caught.value.provider == "acme"


def test_a_provider_without_a_spec_is_named(tmp_path: Path, monkeypatch):
    provider = install({}, tmp_path, monkeypatch)
    (tmp_path / provider.client / "openapi.json").unlink()
    with pytest.raises(SpecError, match=f"openapi.json of {provider.client} can't be read"):
        sandbox.app([provider])
