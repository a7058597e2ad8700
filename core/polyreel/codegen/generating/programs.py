"""The foreign programs of road one: openapi-spec-validator, openapi-python-client and ruff.

Each runs as a process of its own, because a spec of a few hundred lines can keep some of them busy
for days, and only a process can be stopped. They are found through the running interpreter rather
than through PATH, so that exactly the pinned versions are used.

Loading them takes longer than what they do, so they are started ahead (:func:`started`). The order stays:
the generator is handed a document when the validator has accepted it, and not before.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

from attrs import Factory, frozen

from polyreel.codegen.generating.processes import Program, run_command
from polyreel.errors import SpecError

_PINNED = ("openapi-python-client", "ruff")

CONFIG: Mapping[str, Any] = {
    # Callers pass plain strings for enumerated parameters.
    "literal_enums": True,
    # The generator looks for ruff on PATH and lets it leave a cache behind, so it is run here.
    "post_hooks": [],
}

_FRAME = ("Warning(s) encountered", "Error(s) encountered", "If you believe this was a mistake")


def _validator() -> Program:
    # An empty document makes it load the schema of OpenAPI as well.
    load = (
        "from openapi_spec_validator import readers, validate\n"
        "validate({'openapi': '3.1.0', 'info': {'title': '', 'version': ''}, 'paths': {}})"
    )
    return Program.module("openapi_spec_validator", load)


def _generator() -> Program:
    return Program.module("openapi_python_client", "import openapi_python_client.cli")


def _importer() -> Program:
    load = "import email.message, http, json, ssl, urllib.parse, attrs, httpx"
    return Program("importing the client", load, _IMPORT_ALL)


@frozen
class Tools:
    """The programs that make one client, each in a process of its own."""

    validator: Program = Factory(_validator)
    generator: Program = Factory(_generator)
    importer: Program = Factory(_importer)


@contextmanager
def started() -> Iterator[Tools]:
    """Yield tools that load while there is nothing for them to do yet."""
    tools = Tools()
    with ExitStack() as stack:
        for program in (tools.validator, tools.generator, tools.importer):
            stack.enter_context(program)
        yield tools


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


def validate(document: Mapping[str, Any], *, where: str, validator: Program | None = None) -> None:
    """Refuse a document that isn't valid OpenAPI 3.

    Args:
        document: The whole spec, without references to other documents: they would be fetched.
        where: Its name in messages.
        validator: One that was started ahead.

    Raises:
        SpecError: What is wrong and at which place, or that the validator took too long.
    """
    if not str(document.get("openapi")).startswith("3."):
        raise SpecError(f"{where}: 'openapi' is {document.get('openapi')!r}, not a version 3.x")
    with tempfile.TemporaryDirectory(prefix="polyreel-") as folder:
        (Path(folder) / "spec.json").write_text(
            json.dumps(document, ensure_ascii=False), encoding="utf-8"
        )
        done = (validator or _validator()).run(["spec.json"], Path(folder))
    if done.returncode:
        output = done.stdout + done.stderr
        problem = re.search(r"(?m)^spec\.json: (?:Validation Error: )?(.*)", output)
        place = re.search(r"(?m)^On (instance.*):$", output)
        at = f" at {place[1].removeprefix('instance')}" if place else ""
        said = problem[1] if problem else _summary(output)
        raise SpecError(f"{where}: not valid OpenAPI{at}: {said[:500]}")


def run_generator(
    document: Mapping[str, Any], output: Path, generator: Program | None = None
) -> list[str]:
    """Generate a client package.

    Args:
        document: The tolerant spec.
        output: The package's folder; it must not exist yet, its parent must, and is used to work in.
        generator: One that was started ahead.

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
    done = (generator or _generator()).run(["generate", "--meta", "none", *options], work)
    if done.returncode:
        raise SpecError(f"openapi_python_client failed: {_summary(done.stderr or done.stdout)}")
    _ruff(["check", "--fix-only", "--extend-select=I", *_RUFF, output], work)
    _ruff(["format", *_RUFF, output], work)
    return _warnings(done.stderr)


def left_out(warnings: Iterable[str]) -> list[str]:
    """List what the generator's warnings say is left out: components, else operations (``GET /v2/videos``).

    An operation is often left out for a component, so that it may be kept once the component is put right.
    """
    lines = list(warnings)
    components = [
        re.match(r"Unable to process schema /components/schemas/([^\s/]+):", line) for line in lines
    ]
    if names := [match[1] for match in components if match]:
        return list(dict.fromkeys(names))
    operations = [re.match(r"WARNING parsing ([A-Z]+) (\S+) within ", line) for line in lines]
    return list(dict.fromkeys(f"{match[1]} {match[2]}" for match in operations if match))


def import_package(package: Path, importer: Program) -> None:
    """Import every module of a generated client, in a process of its own, so that a broken one is known.

    Args:
        package: The package's folder.
        importer: One of :class:`Tools`.

    Raises:
        SpecError: A module can't be imported, and why.
    """
    done = importer.run([package.name], package.resolve().parent)
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
    _ruff(["format", *style, *files], files[0].parent)


# Settings of a project around the folder must not decide the bytes of a client.
_RUFF = ("--isolated", "--no-cache", "--quiet", "--target-version=py311")


def _ruff(arguments: Sequence[str | Path], folder: Path) -> None:
    from ruff import find_ruff_bin

    done = run_command([find_ruff_bin(), *arguments], folder)
    if done.returncode:
        raise SpecError(f"ruff failed: {_summary(done.stderr or done.stdout)}")


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
