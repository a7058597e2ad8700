"""The house keeps its shape: small modules, and plugins that know the hook API and their own client."""

from __future__ import annotations

import ast
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import polyreel
import pytest
from polyreel.accounts import variable
from polyreel.registry import Registry

ROOT = Path(__file__).parents[2]
PLUGINS = sorted((ROOT / "plugins/polyreel_plugins").glob("*.py"))
MODULES = sorted(path for folder in ("core", "plugins") for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_fits_into_a_head(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 320


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_a_plugin_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 100, "lift what others need too into the kit"


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_a_plugin_imports_the_public_api_and_its_own_client_alone(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("polyreel"):
            names = {alias.name for alias in node.names}
            ours = f"{node.module}.".startswith(f"polyreel_clients.{path.stem}.")
            assert ours or names <= {*polyreel.__all__, "convert", "paging"}, ast.unparse(node)


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_a_plugin_does_no_io(path: Path) -> None:
    assert not imported(path) & {"httpx", "socket", "urllib.request", "os", "subprocess", "asyncio"}


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_a_plugin_loads_its_client_when_it_is_asked(path: Path) -> None:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert "polyreel_clients" not in ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_the_folder_that_it_lies_in(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & {
        "core",
        "plugins",
        "generated",
    }


def test_every_plugin_module_is_an_entry_point_of_its_name() -> None:
    points = {
        point.name: point.value
        for point in entry_points(group="polyreel.providers")
        if point.value.startswith("polyreel_plugins.")
    }
    modules = {path.stem for path in PLUGINS if path.stem != "__init__"}
    assert points == {name: f"polyreel_plugins.{name}" for name in modules}


def test_every_generated_client_has_its_plugin_and_its_spec() -> None:
    clients = {path.parent.name for path in ROOT.glob("generated/polyreel_clients/*/client.py")}
    assert clients == {path.stem for path in PLUGINS if path.stem != "__init__"}
    assert clients <= {path.name for path in (ROOT / "specs").iterdir()}


def test_every_plugins_key_is_named_so_that_it_is_imported_only_where_it_is_used() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    registry = Registry({})
    described = {
        variable(registry.provider(name), "API_KEY"): name for name in points["polyreel.providers"]
    }
    assert points["polyreel.keys"] == described
