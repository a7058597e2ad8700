"""The two foreign programs that make a client: openapi-python-client and ruff.

Both run as processes of their own, with a time limit, from an empty folder, and are found through
the running interpreter rather than through PATH, so that exactly the pinned versions are used.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from polyreel.errors import SpecError

TOOLS = ("openapi-python-client", "ruff")

CONFIG: Mapping[str, Any] = {
    # Callers pass plain strings for enumerated parameters.
    "literal_enums": True,
    # The generator looks for ruff on PATH and lets it leave a cache behind, so it is run here.
    "post_hooks": [],
}

_SECONDS = 120
_FRAME = ("Warning(s) encountered", "Error(s) encountered", "If you believe this was a mistake")


def tool_versions() -> dict[str, str]:
    """Return the installed version of each tool.

    Raises:
        SpecError: One is missing, or isn't the version that polyreel is pinned to: both decide the
            bytes of a client, and older generators run code that is planted in a spec.
    """
    versions = {}
    for tool, wanted in _pins().items():
        try:
            versions[tool] = metadata.version(tool)
        except metadata.PackageNotFoundError as error:
            raise SpecError(f"{tool} is not installed: pip install 'polyreel[codegen]'") from error
        if versions[tool] != wanted:
            raise SpecError(
                f"{tool} is {versions[tool]}, but clients are made with {wanted}: "
                "pip install 'polyreel[codegen]'"
            )
    return versions


def _pins() -> dict[str, str]:
    """The exact versions that polyreel's own requirements name."""
    requirements = metadata.requires("polyreel") or []
    pins = [re.match(r"([\w-]+)==([\w.]+)", line) for line in requirements]
    return {pin[1]: pin[2] for pin in pins if pin and pin[1] in TOOLS}


def run_generator(document: Mapping[str, Any], output: Path) -> list[str]:
    """Generate a client package.

    Args:
        document: The relaxed spec.
        output: The package's folder; it must not exist yet, its parent must.

    Returns:
        The generator's warnings, a line each, in the order given.

    Raises:
        SpecError: The generator failed or took too long.
    """
    output = output.resolve()
    work = output.parent
    source, config = work / "relaxed.json", work / "config.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    options: list[str | Path] = ["--path", source, "--config", config, "--output-path", output]
    said = _run("openapi_python_client", ["generate", "--meta", "none", *options], work)
    _run("ruff", ["check", "--fix-only", "--extend-select=I", *_RUFF, output], work)
    _run("ruff", ["format", *_RUFF, output], work)
    return _warnings(said)


# Settings of a project around the folder must not decide the bytes of a client.
_RUFF = ("--isolated", "--no-cache", "--quiet", "--target-version=py311")


def _run(module: str, arguments: Sequence[str | Path], folder: Path) -> str:
    """Run a tool and return what it wrote to stderr."""
    # -P keeps the working directory off the module path, where a file could pose as the tool.
    command = [sys.executable, "-P", "-m", module, *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs, arguments are paths made here
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SpecError(f"{module} was stopped after {_SECONDS} seconds") from error
    if done.returncode:
        output = (done.stderr or done.stdout).strip()
        raise SpecError(f"{module} failed: {_summary(output)}")
    return done.stderr


def _warnings(stderr: str) -> list[str]:
    """The warnings' own lines: without the frame, blank lines and dumps of the schema."""
    return [
        line.rstrip()
        for line in stderr.splitlines()
        if line.strip() and not line.startswith((*_FRAME, "{", "}", " "))
    ]


def _summary(output: str) -> str:
    lines = _warnings(output) or ["it said nothing"]
    return " | ".join(lines[-6:])[:2000]
