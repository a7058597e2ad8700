"""What ``polyreel`` offers is what its stub says; importing it is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import polyreel
import pytest
from polyreel.listing import options as listing_options

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


def test_an_editor_shows_of_each_option_what_the_reference_of_list_says() -> None:
    """Editors show the text below a field where an option is written, and the text of list before."""
    [options] = (
        node
        for node in ast.parse(Path(listing_options.__file__).read_text()).body
        if isinstance(node, ast.ClassDef) and node.name == "ListOptions"
    )
    shown = {
        field.target.id: " ".join(text.value.value.split())
        for field, text in pairwise(options.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }
    said = (polyreel.Collection.list.__doc__ or "").split("Args:")[1].split("Raises:")[0]
    assert " ".join(f"{name}: {text}" for name, text in shown.items()) == " ".join(said.split())
    assert list(shown) == list(polyreel.ListOptions.__annotations__)


@pytest.mark.parametrize("hub", [polyreel.Hub, polyreel.AsyncHub])
def test_completion_offers_of_a_hub_what_its_users_need(hub: type) -> None:
    assert {name for name in dir(hub) if not name.startswith("_")} == {
        "accounts", "close", "provider", "providers", "replicas", "videos",
    }  # fmt: skip


def test_completion_offers_of_a_collection_what_its_users_need() -> None:
    both = {"download", "files", "get", "list", "open", "wait"}
    assert {name for name in dir(polyreel.AsyncCollection) if not name.startswith("_")} == both
    for_partial_files = {"pieces", "size"}
    assert {
        name for name in dir(polyreel.Collection) if not name.startswith("_")
    } == both | for_partial_files


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
