"""``sources.toml`` says which pages a spec is read from; the stored specs are what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from polyreel.codegen.refreshing.page_sources import find_sources, load_sources
from polyreel.errors import SpecError
from polyreel.openapi.documents import dump_yaml, load_yaml
from polyreel.openapi.references import resolve

SPECS = Path(__file__).parents[3] / "specs"
PROVIDERS = sorted(path.parent.name for path in SPECS.glob("*/sources.toml"))

_WHOLE = """\
title = "Clips"
server = "https://api.clips.example/v1"

[[sources]]
url = "https://clips.example/list.md"
file = "list.md"
operations = ["GET /clips"]

[[sources]]
url = "https://clips.example/openapi.yaml"
file = "openapi.yaml"

[index]
url = "https://clips.example/llms.txt"
prefixes = ["https://clips.example/reference/"]
"""


def folder(root: Path, text: str = _WHOLE, name: str = "clips") -> Path:
    (root / name).mkdir()
    (root / name / "sources.toml").write_text(text)
    return root / name


def test_sources_name_pages_in_the_order_in_which_they_are_believed(tmp_path: Path) -> None:
    sources = load_sources(folder(tmp_path))

    assert (sources.provider, sources.title) == ("clips", "Clips")
    assert sources.server == "https://api.clips.example/v1"
    pages = sources.pages({"openapi.yaml": "two", "list.md": "one"})
    assert [(page.name, page.text, page.operations) for page in pages] == [
        ("list.md", "one", ("GET /clips",)),
        ("openapi.yaml", "two", ()),
    ]
    assert sources.index is not None
    assert sources.index.prefixes == ("https://clips.example/reference/",)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('title = "Clips"', "", "'title' has to be a text"),
        ('title = "Clips"', "title = 1", "'title' has to be a text"),
        ('title = "Clips"', 'titel = "Clips"', "has no 'titel'; it may have"),
        ("https://api.clips.example/v1", "api.clips.example", "no base URL"),
        ("[[sources]]", "[[pages]]", "has no 'pages'"),
        ('url = "https://clips.example/list.md"', "", "'url' has to be a text"),
        ("https://clips.example/list.md", "file:///etc/passwd", "http\\(s\\) address"),
        ('"list.md"', '"../list.md"', "a name, not a path"),
        ('"list.md"', '"openapi.yaml"', "two sources have the file name"),
        ("GET /clips", "clips", "an operation is 'GET /path'"),
        ('["GET /clips"]', '"GET /clips"', "'operations' has to be a list"),
        ("prefixes", "prefix", "has no 'prefix'"),
        ("[index]", "[index", "line 13"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, before: str, after: str, problem: str) -> None:
    assert before in _WHOLE

    with pytest.raises(SpecError, match=rf"sources\.toml: .*{problem}"):
        load_sources(folder(tmp_path, _WHOLE.replace(before, after)))


def test_sources_that_name_no_page_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"no \[\[sources\]\] table"):
        load_sources(folder(tmp_path, 'title = "Clips"'))


def test_a_provider_without_the_file_is_told_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="it names the pages"):
        load_sources(tmp_path)


def test_a_provider_is_found_by_its_pages_names(tmp_path: Path) -> None:
    folder(tmp_path)
    folder(tmp_path, _WHOLE.replace("list.md", "films.md"), "films")

    found = find_sources(tmp_path, ["list.md"])
    assert found is not None
    assert found.provider == "clips"
    assert find_sources(tmp_path, ["openapi.yaml"]) is None, "both have a page of that name"
    assert find_sources(tmp_path, ["list.md", "other.md"]) is None
    assert find_sources(tmp_path, []) is None


def spec(provider: str) -> dict[str, Any]:
    return load_yaml((SPECS / provider / "openapi.yaml").read_text(), where=provider)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_stored_spec_is_valid_and_written_as_the_machine_writes(provider: str) -> None:
    document = spec(provider)

    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert (SPECS / provider / "openapi.yaml").read_text() == dump_yaml(document)
    assert document["info"]["title"] == f"{load_sources(SPECS / provider).title} API"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_stored_spec_holds_prose(provider: str) -> None:
    for key, text in _texts(spec(provider)):
        assert key == "description" or not re.search(r"\w \w+ \w", text), f"{key}: {text}"


def _texts(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        assert (
            not {"summary", "example", "examples", "externalDocs"} & set(node)
            or key == "properties"
        )
        for name, value in node.items():
            yield from _texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, key)
    elif isinstance(node, str):
        yield key, node


def operation(provider: str, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an operation's parameters by name, and its response's schema."""
    document = spec(provider)
    get = document["paths"][path]["get"]
    schema = get["responses"]["200"]["content"]["application/json"]["schema"]
    return {each["name"]: each for each in get["parameters"]}, resolve(document, schema["$ref"])


def test_tavus_videos_as_the_page_has_them() -> None:
    parameters, response = operation("tavus", "/v2/videos")
    video = spec("tavus")["components"]["schemas"]["Video"]

    assert {name: each["schema"] for name, each in parameters.items()} == {
        "limit": {"type": "integer", "default": 10},
        "page": {"type": "integer", "default": 1},
    }
    assert response["properties"]["total_count"] == {"type": "integer"}
    assert response["properties"]["data"]["items"] == {"$ref": "#/components/schemas/Video"}
    assert len(video["properties"]) == 13
    assert video["properties"]["status"] == {
        "type": "string",
        "x-extensible-enum": ["queued", "generating", "ready", "deleted", "error"],
    }


def test_tavus_replicas_as_the_page_has_them() -> None:
    parameters, response = operation("tavus", "/v2/replicas")

    assert {name: each["schema"] for name, each in parameters.items()} == {
        "limit": {"type": "integer"},
        "page": {"type": "integer"},
        "verbose": {"type": "boolean"},
        "replica_type": {"type": "string", "enum": ["user", "system"]},
        "replica_ids": {"type": "string"},
    }
    assert set(response["properties"]) == {"data", "total_count"}


def test_tavus_responses_and_key() -> None:
    document = spec("tavus")

    statuses = {path: list(item["get"]["responses"]) for path, item in document["paths"].items()}
    assert statuses == {
        "/v2/replicas": ["200", "401"],
        "/v2/replicas/{replica_id}": ["200", "400", "401"],
        "/v2/videos": ["200", "401"],
        "/v2/videos/{video_id}": ["200", "400", "401"],
    }
    assert document["servers"] == [{"url": "https://tavusapi.com"}]
    assert document["components"]["securitySchemes"] == {
        "apiKey": {"type": "apiKey", "in": "header", "name": "x-api-key"}
    }
    assert document["security"] == [{"apiKey": []}]


def test_openai_videos_as_both_pages_have_them() -> None:
    parameters, response = operation("openai", "/videos")
    schemas = spec("openai")["components"]["schemas"]
    video = schemas["Video"]["properties"]

    assert {name: each["schema"] for name, each in parameters.items()} == {
        "after": {"type": "string"},
        "limit": {"type": "integer"},
        "order": {"type": "string", "enum": ["asc", "desc"]},
    }
    assert set(response["required"]) == {"object", "data", "first_id", "last_id", "has_more"}
    assert {name for name, each in response["properties"].items() if _nullable(each)} == {
        "first_id", "last_id",
    }  # fmt: skip
    assert (len(video), set(video)) == (13, set(schemas["Video"]["required"]))
    assert {name for name, each in video.items() if _nullable(each)} == {
        "completed_at", "error", "expires_at", "prompt", "remixed_from_video_id",
    }  # fmt: skip
    assert {name for name, each in video.items() if "x-extensible-enum" in each} == {
        "model",
        "seconds",
    }
    assert len(video["model"]["x-extensible-enum"]) == 5
    assert {name for name, each in video.items() if "integer" in each.get("type", [])} == {
        "completed_at", "created_at", "expires_at", "progress",
    }  # fmt: skip
    assert schemas["VideoCreateError"]["required"] == ["code", "message"]


def _nullable(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", []) or {"type": "null"} in schema.get("anyOf", [])
