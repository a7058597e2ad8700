"""Schemathesis, which knows nothing of polyreel, finds no response that a documented schema refuses."""

from __future__ import annotations

import json
from importlib.resources import files

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from polyreel import sandbox
from polyreel.registry import Registry
from polyreel.sandbox import served_spec
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

pytestmark = pytest.mark.slow

PROVIDERS = {provider.name: provider for provider in Registry().providers()}
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


def documents(name):
    """Return what the client package holds of a provider: as documented, with the sandbox's operations."""
    text = (files(PROVIDERS[name].client) / "documented.json").read_text("utf-8")
    document = json.loads(text)
    document["paths"] = {
        path: {"get": entry["get"], "parameters": entry.get("parameters", [])}
        for path, entry in document["paths"].items()
        if "x-polyreel" in entry.get("get", {})
    }
    document.pop("servers", None)
    return without_names(document)


def without_names(node):
    """Leave out discriminators that go by the names of schemas: these are given by who reads a page."""
    if isinstance(node, list):
        return [without_names(each) for each in node]
    if not isinstance(node, dict):
        return node
    named = isinstance(node.get("discriminator"), dict) and "mapping" not in node["discriminator"]
    return {
        key: without_names(value)
        for key, value in node.items()
        if not (named and key == "discriminator")
    }


@pytest.mark.parametrize("name", sorted(PROVIDERS))
@pytest.mark.filterwarnings("ignore")
def test_every_response_is_as_documented(box, name):
    """Whatever is asked: random ids, sizes, orders, cursors; and the ids that there are."""
    document = documents(name)
    spec = served_spec.load(PROVIDERS[name])
    schema = schemathesis.openapi.from_dict(document)
    key = PROVIDERS[name].auth.headers(sandbox.KEY) | PROVIDERS[name].headers
    for operation in spec.operations:
        url = (box.origin + spec.route(operation)).removesuffix(operation.path)

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=schema[operation.path]["GET"].as_strategy())
        def hold(case):
            case.call_and_validate(base_url=url, headers=key, checks=CHECKS, allow_redirects=False)  # noqa: B023 - called right here

        hold()
