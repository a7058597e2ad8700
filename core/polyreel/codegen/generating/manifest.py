"""What a generated client was made from, and whether it still is what was made.

The manifest lies in the client's folder. It holds digests of everything that decides the client's
bytes and of every file that was generated, so that "nothing to do" is known without loading the
generator, and a file that was edited by hand is noticed before it is lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polyreel.codegen.generating.programs import CONFIG, tool_versions
from polyreel.errors import SpecError

MANIFEST = "manifest.json"

PIPELINE = 3
"""Raise it with every change of polyreel.codegen that changes the clients of unchanged specs."""

_INPUTS = ("openapi.yaml", "overlay.yaml", "warnings.txt")


def inputs_of(spec_folder: Path) -> dict[str, str]:
    """Digest everything that decides a client's bytes.

    Args:
        spec_folder: The provider's folder, ``specs/<provider>``.

    Raises:
        SpecError: A file can't be read, or a tool is missing or of the wrong version.
    """
    inputs = {"pipeline": str(PIPELINE), "config": _digest(json.dumps(CONFIG).encode())}
    inputs |= tool_versions()
    for name in _INPUTS:
        path = spec_folder / name
        if path.exists():
            inputs[name] = _digest(_read(path))
    return inputs


def write_manifest(client: Path, inputs: Mapping[str, str]) -> None:
    """Write the manifest of a client folder that is otherwise complete."""
    manifest = {"made_from": dict(inputs), "files": _files(client)}
    (client / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def differences(client: Path, inputs: Mapping[str, str]) -> tuple[str, ...]:
    """Say why a client isn't what its inputs would make it; nothing if it is.

    Args:
        client: The client's folder; it need not exist.
        inputs: What `inputs_of` says today.
    """
    if not client.is_dir():
        return ("not generated yet",)
    try:
        manifest: Any = json.loads(_read(client / MANIFEST))
        made_from, files = manifest["made_from"], manifest["files"]
        reasons = _compare(made_from, inputs, "{} is new", "{} is gone", "{} has changed")
        return reasons + _compare(
            files, _files(client), "{} was added by hand", "{} is missing", "{} was edited by hand"
        )
    except (SpecError, ValueError, KeyError, TypeError, AttributeError):
        return ("its manifest is missing or damaged",)


def _compare(
    old: Mapping[str, str], new: Mapping[str, str], added: str, removed: str, changed: str
) -> tuple[str, ...]:
    return (
        *(added.format(name) for name in new if name not in old),
        *(removed.format(name) for name in old if name not in new),
        *(changed.format(name) for name in new if name in old and old[name] != new[name]),
    )


def _files(client: Path) -> dict[str, str]:
    """Digest every file of a client but the manifest and what Python compiled."""
    return {
        path.relative_to(client).as_posix(): _digest(_read(path))
        for path in sorted(client.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path != client / MANIFEST
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpecError(f"{path}: {error.strerror}") from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
