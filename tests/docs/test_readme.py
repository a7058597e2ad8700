"""What the README shows works as it stands, against the sandbox."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from polyreel import accounts, sandbox
from polyreel.registry import Registry

README = Path(__file__).parents[2] / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(), re.DOTALL)


def commands() -> list[str]:
    lines = "".join(blocks("console")).splitlines()
    return [line[2:] for line in lines if line.startswith("$ polyreel ")]


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with sandbox.serve() as box:
        yield {**os.environ, **box.environment(), "POLYREEL_PLUGINS": "openai,tavus"}


@pytest.mark.parametrize("code", blocks("python"))
def test_each_python_example_runs_and_prints(code: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("command", commands())
def test_each_command_prints_something_and_exits_0(
    command: str, environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


def test_the_account_file_is_one(tmp_path: Path) -> None:
    (block,) = blocks("toml")
    path = tmp_path / "polyreel.toml"
    path.write_text(block)
    environ = {"POLYREEL_CONFIG": str(path), "AZURE_OPENAI_KEY": "k"}

    found = accounts.load(Registry().providers(), environ)

    assert list(found) == ["azure"]
    assert found["azure"].provider == "openai"


def test_each_link_into_the_repository_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text())

    assert targets
    assert [target for target in targets if not (README.parent / target).exists()] == []
