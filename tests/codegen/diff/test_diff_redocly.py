"""Our verdicts beside those of ``redocly diff``, where node and an installed @redocly/cli are there.

Nothing is installed here: ``npm install @redocly/cli`` in the project's folder, or anywhere with
POLYREEL_REDOCLY naming the program, makes this test run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.diff import Level, diff, handbook
from polyreel.openapi.documents import dump_yaml
from support.mutations import CATALOGUE, mutated, spec

Doc = dict[str, Any]

ROOT = Path(__file__).parents[3]
LOCAL = ROOT / "node_modules" / ".bin" / "redocly"


def _program() -> str | None:
    named = os.environ.get("POLYREEL_REDOCLY")
    return shutil.which(named or LOCAL) if shutil.which("node") else None


def _majors(folder: Path) -> list[bool]:
    """Ask redocly of each change whether it is major: of nearly all in one run, each in a corner."""
    changed = [mutated(mutation) for mutation in CATALOGUE]
    of_paths = [n for n, doc in enumerate(changed) if _shared(doc) == _shared(spec())]
    together = _redocly(
        folder,
        _together({n: spec() for n in of_paths}),
        _together({n: changed[n] for n in of_paths}),
    )
    found = {
        int(re.match(r"#/paths/~1m(\d+)~1", change["path"])[1])
        for change in together["changes"]
        if change["impact"] == "major"
    }
    for number in set(range(len(changed))) - set(of_paths):
        if _redocly(folder, spec(), changed[number]).get("bump") == "major":
            found.add(number)
    return [number in found for number in range(len(changed))]


def _shared(doc: Doc) -> list[Any]:
    """What all operations share, which can't be changed for some of them only."""
    parts = (doc.get("security"), doc["servers"], doc["info"], doc["components"]["securitySchemes"])
    return list(parts)


def _together(docs: dict[int, Doc]) -> Doc:
    """Put documents beside each other, in one: the n-th one's paths begin with /mN."""
    whole = spec() | {"paths": {}}
    for part in ("schemas", "responses"):
        whole["components"][part] = {}
    for number, doc in docs.items():
        text = re.sub(r'("#/components/\w+/)', rf"\1M{number}", json.dumps(doc))
        moved = json.loads(text)
        whole["paths"] |= {f"/m{number}{path}": item for path, item in moved["paths"].items()}
        for part in ("schemas", "responses"):
            parts = moved["components"][part].items()
            whole["components"][part] |= {f"M{number}{name}": value for name, value in parts}
    return whole


def _redocly(folder: Path, old: Doc, new: Doc) -> Doc:
    for name, doc in (("old.yaml", old), ("new.yaml", new)):
        (folder / name).write_text(dump_yaml(doc))
    command = [_program(), "diff", "old.yaml", "new.yaml", "--format=json", "--fail-on=none"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(
    _program() is None,
    reason="no redocly: needs node, and 'npm install @redocly/cli' here or POLYREEL_REDOCLY",
)
def test_only_documented_verdicts_differ_from_those_of_redocly(tmp_path):
    """Breaking is what redocly calls major, but for the differences that docs/diff-rules.md names."""
    (tmp_path / "redocly.yaml").write_text("extends: [diff-recommended]\n")
    majors = _majors(tmp_path)
    unexplained, explained = {}, set()
    for mutation, major in zip(CATALOGUE, majors, strict=True):
        report = diff(spec(), mutated(mutation), today=date(2026, 11, 1))
        if report.reaches(Level.BREAKING) == major:
            continue
        known = {change.rule for change in report.changes} & set(handbook.DIFFERENCES)
        explained |= known
        if not known:
            unexplained[mutation.name] = "major" if major else "not major"
    assert unexplained == {}
    assert explained == set(handbook.DIFFERENCES), "a documented difference that no longer is one"
