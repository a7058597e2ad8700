"""From a provider's spec and overlay to its client package, for all providers at once.

::

    openapi.yaml -overlay-> checked, valid -make tolerant-> openapi-python-client -> ruff -> swapped in whole

What a client is made from is compared with its manifest first, without loading any of this.
"""

from __future__ import annotations

import keyword
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, frozen

from polyreel.codegen.generating.manifest import MANIFEST, differences, inputs_of, write_manifest
from polyreel.codegen.generating.swap import alone, put_in_place, repair, workplace
from polyreel.errors import ConfigurationError, SpecError

if TYPE_CHECKING:
    from polyreel.codegen.generating.overlay import Overlay
    from polyreel.codegen.generating.processes import Program
    from polyreel.codegen.generating.programs import Tools

Progress = Callable[[str, str], None]
"""Called with a provider and what is being done for it; from several threads."""


_ROUNDS = 4  # of giving up types: of components, then of operations that can't be had without


@frozen
class ClientOutcome:
    """What became of one provider's client.

    Attributes:
        provider: The provider's name.
        state: ``unchanged``: it is what its spec makes it. ``generated``: it was made anew.
            ``stale``: it has to be made anew, and only a check was asked for. ``failed``: it could
            not be made; the client that was there still is.
        reasons: Why it is not what its spec makes it, in short phrases.
        error: What went wrong, for ``failed``.
    """

    provider: str
    state: Literal["unchanged", "generated", "stale", "failed"]
    reasons: tuple[str, ...] = ()
    error: SpecError | None = None


def generate(
    providers: Iterable[str] | None = None,
    *,
    specs: Path,
    output: Path,
    check: bool = False,
    force: bool = False,
    progress: Progress = lambda _provider, _step: None,
) -> list[ClientOutcome]:
    """Make the clients whose specs have changed.

    Args:
        providers: Names of folders in ``specs``; None for all of them.
        specs: The folder of specs, one folder per provider.
        output: The package that holds the clients, one package per provider.
        check: Write nothing, only say what would have to be made anew.
        force: Make clients anew although their manifests say that nothing changed. With ``check``,
            make them in a temporary folder and compare every file.
        progress: Told about each step.

    Returns:
        One outcome per provider, in the order of their names. A provider that fails doesn't keep
        the others from being made.

    Raises:
        ConfigurationError: There are no specs here, or none of that name.
        SpecError: A provider's folder has a name that no package can have.
    """
    names = _providers(providers, specs)

    def one(name: str) -> ClientOutcome:
        client = _behind_links(output / name)
        try:
            return _one(name, specs / name, client, check, force, progress)
        except SpecError as error:
            return ClientOutcome(name, "failed", error=SpecError(f"{name}: {error}", provider=name))
        except OSError as error:
            said = f"{name}: {error.strerror or error}; {output / name} stays as it was"
            return ClientOutcome(name, "failed", error=SpecError(said, provider=name))

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        if check:
            return list(pool.map(one, names))
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SpecError(f"{output}: {error.strerror or error}") from error
        with alone(output):
            return list(pool.map(one, names))


def _providers(wanted: Iterable[str] | None, specs: Path) -> list[str]:
    found = sorted(path.parent.name for path in specs.glob("*/openapi.yaml"))
    if not found:
        raise ConfigurationError(
            f"{specs} holds no specs; generate runs in polyreel's source tree, "
            "or with --root naming it (an installed polyreel brings its clients ready-made)"
        )
    names = found if wanted is None else sorted(set(wanted))
    for name in names:
        if name not in found:
            raise ConfigurationError(
                f"no spec for {name!r} in {specs}; there are {', '.join(found)}"
            )
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
            raise SpecError(
                f"specs/{name}: a provider's folder becomes a Python package: a-z 0-9 _"
            )
    return names


def _one(
    name: str, spec_folder: Path, client: Path, check: bool, force: bool, progress: Progress
) -> ClientOutcome:
    if not check:
        repair(client)
    inputs = inputs_of(spec_folder)
    reasons = differences(client, inputs)
    if not reasons and not force:
        return ClientOutcome(name, "unchanged")
    if check and force:
        return _check_by_making(name, spec_folder, client, inputs, progress)
    if check:
        return ClientOutcome(name, "stale", reasons)
    with workplace(client) as work:
        new = work / name
        build_client(spec_folder, new, progress=lambda step: progress(name, step))
        write_manifest(new, inputs)
        if inputs_of(spec_folder) != inputs:
            raise SpecError(f"{spec_folder} changed while its client was being made; run it again")
        put_in_place(new, client)
    return ClientOutcome(name, "generated", reasons or ("asked for",))


def _behind_links(client: Path) -> Path:
    """Follow a symbolic link to the folder that is replaced, so that the link stays."""
    return client.resolve() if client.is_symlink() else client


def _check_by_making(
    name: str, spec_folder: Path, client: Path, inputs: dict[str, str], progress: Progress
) -> ClientOutcome:
    with tempfile.TemporaryDirectory(prefix="polyreel-") as folder:
        new = Path(folder) / name
        build_client(spec_folder, new, progress=lambda step: progress(name, step))
        write_manifest(new, inputs)
        reasons = differences(client, inputs)
        if not reasons and (new / MANIFEST).read_bytes() != (client / MANIFEST).read_bytes():
            reasons = ("making it anew gives other files",)
    return ClientOutcome(name, "stale" if reasons else "unchanged", reasons)


def build_client(
    spec_folder: Path, output: Path, *, progress: Callable[[str], None] = lambda _step: None
) -> None:
    """Make a provider's client package, all but its manifest.

    Beside the code it holds ``openapi.json``, the strict spec that the code is made from, and, where
    there is an overlay, ``documented.json``: the spec with what the overlay adds but not what it
    changes.

    Args:
        spec_folder: Holds ``openapi.yaml`` and perhaps ``overlay.yaml`` and ``warnings.txt``.
        output: The package's folder. It must not exist yet, and its parent is used to work in.
        progress: Told about each step.

    Raises:
        SpecError: The spec, the overlay or what the generator says about them can't be accepted.
    """
    from polyreel.codegen.generating.programs import started

    with started() as tools:
        _build(spec_folder, output, tools, progress)


def _build(spec_folder: Path, output: Path, tools: Tools, progress: Callable[[str], None]) -> None:
    from polyreel.codegen.generating.make_tolerant import make_tolerant
    from polyreel.codegen.generating.programs import import_package, left_out, run_generator
    from polyreel.openapi.annotations import item_components
    from polyreel.openapi.documents import dump_json

    progress("checking")
    document = overlaid_spec(spec_folder, tools.validator)
    progress("generating")
    known = spec_folder / "warnings.txt"
    accepted = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    new = _new(run_generator(make_tolerant(document), output, tools.generator), accepted)
    untyped: list[str] = []
    items = item_components(document)  # a plugin's field maps need their classes
    for _ in range(_ROUNDS):
        more = [each for each in left_out(new) if each not in untyped and each not in items]
        if not more:
            break
        progress(f"again, with any type for what can't be expressed: {', '.join(more)}")
        untyped += more
        shutil.rmtree(output)
        new = _new(
            run_generator(make_tolerant(document, untyped), output, tools.generator), accepted
        )
    if new:
        listed = "\n".join(new)
        raise SpecError(
            "the generator leaves something out that it has not left out before:\n"
            f"{listed}\nIf that is right, add these lines to {known}"
        )
    progress("importing")
    import_package(output, tools.importer)
    (output / "openapi.json").write_text(dump_json(document), encoding="utf-8")
    if (said := _documented(spec_folder)) is not None:
        (output / "documented.json").write_text(dump_json(said), encoding="utf-8")


def _documented(spec_folder: Path) -> dict[str, object] | None:
    """Read a provider's spec with what its overlay only adds; None without an overlay."""
    from polyreel.codegen.generating.documented import documented
    from polyreel.codegen.generating.overlay import load_overlay
    from polyreel.openapi.documents import load_yaml

    overlay, path = spec_folder / "overlay.yaml", spec_folder / "openapi.yaml"
    if not overlay.exists():
        return None
    document = load_yaml(path.read_text(encoding="utf-8"), where=str(path))
    return documented(document, load_overlay(overlay))


def overlaid_spec(spec_folder: Path, validator: Program | None = None) -> dict[str, Any]:
    """Read a provider's spec with its overlay applied, strict and valid.

    Args:
        spec_folder: Holds ``openapi.yaml`` and perhaps ``overlay.yaml``.
        validator: One that was started ahead.

    Raises:
        SpecError: One of them can't be read, the overlay doesn't fit, or the result is not a valid
            OpenAPI document that is safe to generate from.
    """
    from polyreel.codegen.generating.apply_overlay import apply_overlay
    from polyreel.codegen.generating.overlay import load_overlay
    from polyreel.openapi.documents import load_yaml

    path = spec_folder / "openapi.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: {error}") from error
    document = load_yaml(text, where=str(path))
    file = spec_folder / "overlay.yaml"
    if not file.exists():
        _check(document, where=str(path), validator=validator)
        return document
    overlay = load_overlay(file)
    overlaid = apply_overlay(document, overlay, spec=path.name)
    try:
        _check(overlaid, where=str(path), validator=validator)
    except SpecError as error:
        raise _blamed(document, overlay, path, error) from error
    return overlaid


def _check(document: dict[str, Any], *, where: str, validator: Program | None = None) -> None:
    """Refuse a document that isn't valid, or isn't safe to generate from."""
    from polyreel.codegen.generating.checks import check_content, check_names
    from polyreel.codegen.generating.programs import validate

    check_content(document, where=where)
    validate(document, where=where, validator=validator)
    check_names(document, where=where)


def _blamed(document: dict[str, Any], overlay: Overlay, path: Path, error: SpecError) -> SpecError:
    """Name the action that makes an acceptable spec unacceptable, if it is one, in the error."""
    from polyreel.codegen.generating.apply_overlay import apply_overlay

    for count in range(len(overlay.actions) - 1, -1, -1):
        before = evolve(overlay, actions=overlay.actions[:count])
        try:
            _check(apply_overlay(document, before, spec=path.name), where=str(path))
        except SpecError:
            continue
        target = overlay.actions[count].target
        return SpecError(
            f"{overlay.where}, action {count + 1} ({target}) makes something of {path} that can't be "
            f"accepted: {error}"
        )
    return error


def _new(warnings: list[str], accepted: list[str]) -> list[str]:
    return [line for line in warnings if line not in accepted]
