"""The contract holds a plugin against the documentation, and not against what its own overlay made of it."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from contract.plugins import PLUGIN, install
from contract.test_suite import class_of, run
from sandbox.specs import acme

pytestmark = pytest.mark.slow


def outcome(folder: Path, name: str, test: str, source: str, spec: Any, documented: Any) -> str:
    """Run one test of the contract; return its outcomes and what it says."""
    install(folder, name, source, spec)
    (folder / f"client_{name}" / "documented.json").write_text(json.dumps(documented))
    found = run(folder, class_of(0, name), f"test_contract.py::TestNumber0::{test}")["TestNumber0"]
    return f"{found.outcomes[test]} {found.texts[test]}"


def film(spec: Any) -> Any:
    return spec["components"]["schemas"]["Film"]["allOf"][1]["properties"]


def test_a_field_that_the_overlay_flattened_is_not_found_in_what_is_documented(
    tmp_path: Path,
) -> None:
    spec, documented = acme("token"), acme("token")
    film(documented)["progress"] = {"type": "object", "properties": {"share": {"type": "number"}}}
    test = "test_every_mapped_field_is_found_in_some_item"
    told = outcome(tmp_path, "flat", test, PLUGIN, spec, documented)
    assert "failure" in told
    assert "progress" in told


def test_a_wrong_id_is_found_by_the_path_s_own_parameter(tmp_path: Path) -> None:
    """The item has an id too, by which nothing can be got."""
    spec = acme("token")
    film(spec)["id"] = {"type": "string"}
    text = json.dumps(spec).replace("{id}", "{filmId}")
    spec = json.loads(text.replace('"name": "id", "in": "path"', '"name": "filmId", "in": "path"'))
    documented = deepcopy(spec)
    spec["paths"]["/v1/films"]["get"]["x-polyreel"]["id"] = "id"
    source = PLUGIN.replace('id="filmId"', 'id="id"')
    told = outcome(
        tmp_path, "wrongid", "test_every_item_comes_once_in_order", source, spec, documented
    )
    assert "failure" in told


def test_an_envelope_that_is_taken_for_the_item_is_found(tmp_path: Path) -> None:
    """It bears a field that is called as the item's id is: a request's, say."""
    spec = acme("token")
    get = spec["paths"]["/v1/films/{id}"]["get"]["responses"]["200"]
    envelope = get["content"]["application/json"]["schema"]
    envelope["properties"]["filmId"] = {"type": "string"}
    envelope["required"].append("filmId")
    source = PLUGIN.replace('response.item(fields(), "film")', "response.item(fields())")
    assert source != PLUGIN
    test = "test_a_uid_leads_to_its_item"
    told = outcome(tmp_path, "envelope", test, source, spec, spec)
    assert "failure" in told


UNITS = "test_a_number_is_read_in_its_documented_unit"


PART = {"type": "number", "minimum": 0, "maximum": 1}
PERCENT = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
WHOLE = {"type": ["integer", "null"], "minimum": 0}


@pytest.mark.parametrize(
    ("field", "said", "read", "fits"),
    [
        ("durationMs", WHOLE, "convert.milliseconds(it.durationMs)", True),
        ("durationMs", WHOLE, "it.durationMs", False),
        ("durationMs", WHOLE, "(it.durationMs or 0) / 1000", False),
        ("progress", PART, "it.progress", False),
        ("progress", PERCENT, "it.progress or 0", False),
    ],
)
def test_a_number_in_another_unit_than_the_documented_one_is_found(
    tmp_path: Path, field: str, said: dict[str, Any], read: str, fits: bool
) -> None:
    """So is a null that became 0."""
    spec = acme("token")
    film(spec)[field] = said
    spec["components"]["schemas"]["Film"]["allOf"][1].setdefault("required", []).append(field)
    usual = {"progress": "it.progress * 100"}.get(field, "it.durationSeconds")
    assert usual in PLUGIN
    told = outcome(tmp_path, "units", UNITS, PLUGIN.replace(usual, read), spec, spec)
    assert ("failure" not in told) is fits, told
