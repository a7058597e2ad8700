"""What a plugin reads is found by trying it, and what upstream takes of that away is breaking."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.diff import Level, diff
from polyreel.codegen.diff.plugin_reads import reads
from polyreel.codegen.generating.overlay import load_overlay
from polyreel.openapi.documents import load_yaml
from polyreel.registry import Registry

SPECS = Path(__file__).parents[3] / "specs"


@pytest.mark.parametrize(
    ("provider", "about", "some", "none"),
    [
        # fallbacks, fields under a condition, sizes in one text, what tells videos from other things
        ("tavus", ("videos", ""), {"data.script", "status_details", "error_details"}, {"data"}),
        ("openai", ("videos", ""), {"seconds", "size", "width", "failure_reason"}, {"object"}),
        ("replicate", ("videos", ""), {"data_removed", "input.prompt", "output"}, {"logs"}),
        ("luma", ("videos", ""), {"generation_type", "assets.video"}, {"request.loop"}),
        ("vidu", ("videos", ""), {"creations[].url"}, {"creations[].watermarked_url", "credits"}),
        ("heygen", ("replicas", "looks"), {"name", "status"}, {"avatar_type"}),
        ("did", ("videos", "scenes"), {"result_url", "error.description"}, {"pending_url"}),
        ("runway", ("replicas", ""), {"processedImageUri", "referenceImageUri"}, {"voice"}),
    ],
)
def test_what_a_plugin_reads_is_found_by_trying(
    provider: str, about: tuple[str, str], some: set[str], none: set[str]
) -> None:
    found = reads(provider)[about]
    assert some <= found
    assert not none & found


def test_every_plugin_in_the_box_can_be_tried() -> None:
    for name in Registry({}).names:
        if (SPECS / name).is_dir():
            kinds = {kind for kind, _ in reads(name)}
            assert kinds == set(Registry({}).provider(name).resources), name


def test_who_has_no_plugin_reads_nothing() -> None:
    assert reads("nobody") == {}


def test_what_a_plugin_says_of_items_that_are_made_up_is_not_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert ("videos", "") in reads("tavus")
    assert caplog.records == []


def without(document: Any, field: str) -> Any:
    new = copy.deepcopy(document)
    schema = new["components"]["schemas"]["Generation"]
    schema["properties"].pop(field)
    schema["required"] = [name for name in schema.get("required", ()) if name != field]
    return new


@pytest.mark.parametrize(
    ("field", "level"), [("failure_reason", Level.BREAKING), ("model", Level.BREAKING)]
)
def test_a_field_that_only_a_plugins_function_reads_is_missed(field: str, level: Level) -> None:
    text = (SPECS / "luma/openapi.yaml").read_text()
    old = load_yaml(text, where="luma")
    overlay = load_overlay(SPECS / "luma/overlay.yaml")
    report = diff(old, without(old, field), overlay=overlay, reads=reads("luma"))
    told = [change for change in report.changes if "the plugin reads this" in change.text]
    assert {change.level for change in told} == {level}
    assert {change.operation for change in told} == {"GET /generations", "GET /generations/{id}"}
    assert all("it makes a field of an item of it" in change.text for change in told)
