"""What ``polyreel`` offers is what its stub says; importing it is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import polyreel
import pytest

STUB = Path(polyreel.__file__).with_suffix(".pyi")


def for_type_checkers() -> dict[str, str]:
    """Read the names of the stub: public name → module that it comes from."""
    return {
        alias.asname or "": f"polyreel.{node.module}" if node.module else "polyreel"
        for node in ast.parse(STUB.read_text()).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }


def test_type_checkers_and_programs_see_the_same_names() -> None:
    assert {*for_type_checkers(), "__version__"} == set(polyreel.__all__)
    assert len(polyreel.__all__) == len(set(polyreel.__all__))


def test_every_public_name_is_what_type_checkers_take_it_for() -> None:
    for name, module in for_type_checkers().items():
        assert getattr(polyreel, name) is getattr(import_module(module), name), name


def test_a_star_import_brings_exactly_the_public_names() -> None:
    namespace: dict[str, object] = {}
    exec("from polyreel import *", namespace)
    assert namespace.keys() - {"__builtins__"} == set(polyreel.__all__)


def test_public_names_are_sorted_for_people() -> None:
    names = [name for name in polyreel.__all__ if name != "__version__"]
    assert names == sorted(names, key=str.lower)


def test_dir_lists_them_before_any_is_used() -> None:
    assert set(polyreel.__all__) <= set(dir(polyreel))


def test_every_error_is_public() -> None:
    errors = [name for name, value in vars(polyreel.errors).items() if isinstance(value, type)]
    assert {
        name for name in errors if issubclass(getattr(polyreel.errors, name), Exception)
    } <= set(polyreel.__all__)


def test_every_public_thing_says_what_it_is() -> None:
    for name in polyreel.__all__:
        aliases = {"Kind", "OnError", "Order"}  # of types, whose docstrings Python doesn't keep
        if name not in {"__version__", *aliases}:
            assert getattr(polyreel, name).__doc__, name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Hubb'"):
        _ = polyreel.Hubb


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in run.stdout.split()} | set(run.stdout.split())


HEAVY = {"httpx", "httpcore", "rich", "typer", "tenacity", "platformdirs", "keyring", "asyncio"}
CLIENTS = {"polyreel_clients", "polyreel_plugins"}


@pytest.mark.parametrize(
    ("code", "not_loaded"),
    [
        ("import polyreel", HEAVY | CLIENTS | {"attrs", "pluggy", "importlib.metadata"}),
        ("from polyreel import *", HEAVY - {"asyncio"} | CLIENTS),
        ("from polyreel import Registry; Registry({}).names", HEAVY | CLIENTS),
        (
            "from polyreel import Hub; Hub([]).providers",
            HEAVY - {"asyncio"} | {"polyreel_clients", "polyreel.codegen", "polyreel.cli"},
        ),
        ("import polyreel.cli", {"httpx", "tenacity", "polyreel.codegen", "polyreel_plugins"}),
    ],
)
def test_importing_is_light(code: str, not_loaded: set[str]) -> None:
    assert not loaded_by(code) & not_loaded
