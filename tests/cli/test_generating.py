"""``polyreel generate``: what it says on which stream, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree whose clients are as fresh as those of this one."""
    for name in ("specs", "generated"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def providers(tree: Path) -> list[str]:
    return sorted(path.parent.name for path in tree.glob("specs/*/sources.toml"))


def test_with_nothing_to_do_it_says_so_for_every_provider(cli: Any, tree: Path) -> None:
    result = cli("generate", "--root", str(tree))
    assert (result.code, result.err) == (0, "")
    assert result.lines == [f"{name}: up to date" for name in providers(tree)]


def test_a_check_exits_1_and_names_what_is_stale(cli: Any, tree: Path) -> None:
    client = tree / "generated/polyreel_clients/tavus/client.py"
    client.write_text("# mine\n", encoding="utf-8")
    result = cli("generate", "--check", "--root", str(tree))
    assert result.code == 1
    assert "tavus: not up to date (client.py was edited by hand)" in result.lines
    assert result.err == "polyreel: not up to date: tavus; run 'polyreel generate'\n"
    assert client.read_text(encoding="utf-8") == "# mine\n"


def test_only_the_named_providers_are_looked_at(cli: Any, tree: Path) -> None:
    result = cli("generate", "openai", "--root", str(tree))
    assert (result.code, result.lines) == (0, ["openai: up to date"])


def test_a_provider_that_fails_is_named_after_the_others_are_done(cli: Any, tree: Path) -> None:
    (tree / "specs/openai/openapi.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")
    result = cli("generate", "--root", str(tree))
    others = [name for name in providers(tree) if name != "openai"]
    assert (result.code, result.lines) == (1, [f"{name}: up to date" for name in others])
    assert "openai: checking\n" in result.err
    assert "($.paths): selects nothing" in result.err
    assert "Traceback" not in result.err


def test_outside_of_a_source_tree_it_says_where_it_runs(cli: Any, tmp_path: Path) -> None:
    result = cli("generate", "--root", str(tmp_path))
    assert result.code == 2
    assert "--root" in result.err
