"""The foreign programs of road one: openapi-spec-validator, openapi-python-client and ruff.

Each runs as a process of its own, because a spec of a few hundred lines can keep some of them busy
for days, and only a process can be stopped. They are found through the running interpreter rather
than through PATH, so that exactly the pinned versions are used.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from polyreel.errors import SpecError

_PINNED = ("openapi-python-client", "ruff")

CONFIG: Mapping[str, Any] = {
    # Callers pass plain strings for enumerated parameters.
    "literal_enums": True,
    # The generator looks for ruff on PATH and lets it leave a cache behind, so it is run here.
    "post_hooks": [],
}

_SECONDS = 60
_FRAME = ("Warning(s) encountered", "Error(s) encountered", "If you believe this was a mistake")


def tool_versions() -> dict[str, str]:
    """Return the installed version of each tool that decides a client's bytes.

    Raises:
        SpecError: One is missing, or isn't the version that polyreel is pinned to: both decide the
            bytes of a client, and older generators run code that is planted in a spec.
    """
    versions = {}
    for tool, wanted in _pins().items():
        versions[tool] = _installed(tool)
        if versions[tool] != wanted:
            raise SpecError(
                f"{tool} is {versions[tool]}, but clients are made with {wanted}: "
                "pip install 'polyreel[codegen]'"
            )
    return versions


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError as error:
        raise SpecError(
            f"{distribution} is not installed: pip install 'polyreel[codegen]'"
        ) from error


def _pins() -> dict[str, str]:
    """The exact versions that polyreel's own requirements name."""
    _installed("polyreel")
    requirements = metadata.requires("polyreel") or []
    pins = [re.match(r"([\w-]+)==([\w.]+)", line) for line in requirements]
    return {pin[1]: pin[2] for pin in pins if pin and pin[1] in _PINNED}


def validate(document: Mapping[str, Any], *, where: str) -> None:
    """Refuse a document that isn't valid OpenAPI 3.

    Args:
        document: The whole spec, without references to other documents: they would be fetched.
        where: Its name in messages.

    Raises:
        SpecError: What is wrong and at which place, or that the validator took too long.
    """
    if not str(document.get("openapi")).startswith("3."):
        raise SpecError(f"{where}: 'openapi' is {document.get('openapi')!r}, not a version 3.x")
    with tempfile.TemporaryDirectory(prefix="polyreel-") as folder:
        (Path(folder) / "spec.json").write_text(
            json.dumps(document, ensure_ascii=False), encoding="utf-8"
        )
        done = _run(["-m", "openapi_spec_validator", "spec.json"], Path(folder))
    if done.returncode:
        output = done.stdout + done.stderr
        problem = re.search(r"(?m)^spec\.json: (?:Validation Error: )?(.*)", output)
        place = re.search(r"(?m)^On (instance.*):$", output)
        at = f" at {place[1].removeprefix('instance')}" if place else ""
        said = problem[1] if problem else _summary(output)
        raise SpecError(f"{where}: not valid OpenAPI{at}: {said[:500]}")


def run_generator(document: Mapping[str, Any], output: Path) -> list[str]:
    """Generate a client package.

    Args:
        document: The tolerant spec.
        output: The package's folder; it must not exist yet, its parent must, and is used to work in.

    Returns:
        The generator's warnings, a line each, in the order given.

    Raises:
        SpecError: The generator failed or took too long.
    """
    output = output.resolve()
    work = output.parent
    source, config = work / "tolerant.json", work / "config.json"
    source.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    options: list[str | Path] = ["--path", source, "--config", config, "--output-path", output]
    said = _succeed("openapi_python_client", ["generate", "--meta", "none", *options], work)
    _succeed("ruff", ["check", "--fix-only", "--extend-select=I", *_RUFF, output], work)
    _succeed("ruff", ["format", *_RUFF, output], work)
    return _warnings(said)


def operations_in(warnings: Iterable[str]) -> list[str]:
    """List the operations that the generator's warnings say are left out, such as ``GET /v2/videos``."""
    found = [re.match(r"WARNING parsing ([A-Z]+) (\S+) within ", line) for line in warnings]
    return list(dict.fromkeys(f"{match[1]} {match[2]}" for match in found if match))


def import_package(package: Path) -> None:
    """Import every module of a generated client, in a process of its own, so that a broken one is known.

    Args:
        package: The package's folder.

    Raises:
        SpecError: A module can't be imported, and why.
    """
    done = _run(["-c", _IMPORT_ALL, package.name], package.resolve().parent)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it said nothing"]
        raise SpecError(f"the generated client can't be imported: {lines[-1][:500]}")


_IMPORT_ALL = """
import importlib, pathlib, sys
sys.dont_write_bytecode = True
sys.path.insert(0, ".")
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
"""


def format_python(files: Sequence[Path]) -> None:
    """Format modules that were written from templates, as a project with lines of 100 has them.

    Raises:
        SpecError: One of them isn't Python.
    """
    style = ("--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=100")
    _succeed("ruff", ["format", *style, *files], files[0].parent)


# Settings of a project around the folder must not decide the bytes of a client.
_RUFF = ("--isolated", "--no-cache", "--quiet", "--target-version=py311")


def _succeed(module: str, arguments: Sequence[str | Path], folder: Path) -> str:
    """Run a tool that has to succeed, and return what it wrote to stderr."""
    done = _run(["-m", module, *arguments], folder)
    if done.returncode:
        raise SpecError(f"{module} failed: {_summary(done.stderr or done.stdout)}")
    return done.stderr


# What a tool may know of the environment: where programs, homes, temporary files and languages are, and on
# Windows what Python needs to start. No key, no token and no proxy with a password is among it.
_PASSED_ON = frozenset(
    {
        "PATH",
        "HOME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "SYSTEMROOT",
        "USERPROFILE",
    }
)


def _run(arguments: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python on a module or on code, in a folder, with as little of the environment as it needs."""
    # -P keeps the working directory off the module path, where a file could pose as the tool.
    command = [sys.executable, "-P", *map(str, arguments)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    environment["TYPER_STANDARD_TRACEBACK"] = "1"  # without frames, and ending in what went wrong
    tool = str(arguments[1]) if arguments[0] == "-m" else "importing the client"
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
        raise SpecError(
            f"{tool} was stopped after {_SECONDS} seconds: the spec is too entangled for it"
        ) from error
    for place in (f"{folder.resolve()}{os.sep}", f"{folder}{os.sep}"):  # nobody's but this run's
        done.stdout, done.stderr = done.stdout.replace(place, ""), done.stderr.replace(place, "")
    return done


def _warnings(stderr: str) -> list[str]:
    """The warnings' own lines: without the frame, blank lines, dumps of the schema and addresses."""
    return [
        re.sub(r"<\S+ object at 0x[0-9a-f]+>", "…", line.rstrip())
        for line in stderr.splitlines()
        if line.strip() and not line.startswith((*_FRAME, "{", "}", " "))
    ]


def _summary(output: str) -> str:
    lines = _warnings(output) or ["it said nothing"]
    if "Traceback (most recent call last):" in output:
        return lines[-1][:500]
    return " | ".join(lines[-6:])[:2000]
