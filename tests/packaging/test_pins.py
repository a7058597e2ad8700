"""What is pinned: the same versions by name and by the hashes of their files."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pins(file: str) -> dict[str, str]:
    found = re.findall(r"(?m)^([\w.-]+)==([^\s\\]+)", (ROOT / file).read_text("utf-8"))
    return {re.sub("[._-]+", "-", name).lower(): version for name, version in found}


def test_what_is_pinned_by_hash_has_the_versions_that_everybody_else_uses() -> None:
    named, hashed = pins("constraints.txt"), pins(".ci/hashes.txt")
    assert {"attrs", "httpx", "hatchling", "openapi-python-client", "pytest"} <= hashed.keys()
    assert {name: hashed[name] for name in hashed.keys() & named.keys()} == {
        name: named[name] for name in hashed.keys() & named.keys()
    }


def test_every_pin_by_hash_has_one_and_no_address() -> None:
    text = (ROOT / ".ci/hashes.txt").read_text("utf-8")
    assert "://" not in text
    for block in re.split(r"(?m)^(?=\S)", text)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


def test_the_job_that_reads_pages_from_the_web_installs_by_hash_alone() -> None:
    text = (ROOT / ".github/workflows/spec-watch.yml").read_text("utf-8")
    read = text[: text.index("  propose:")]
    assert "--require-hashes --no-deps -r .ci/hashes.txt" in read
    assert "PIP_NO_INDEX=1" in read
