"""Runs the command line, in this process or as one of its own, without the developer's accounts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen
from polyreel.cli import main


@frozen
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in this process."""

    def run(*args: str) -> Result:
        code = main(args)
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def process() -> Cli:
    """Run a command as a process of its own."""

    def run(*args: str, **environ: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "polyreel", *args],
            capture_output=True,
            timeout=60,
            env={**os.environ, **environ},
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the openai provider's account point at a server."""

    def point(url: str) -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")

    return point


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Write a polyreel.toml with OpenAI-style accounts: name → URL."""

    def write(**urls: str) -> None:
        monkeypatch.setenv("A_TEST_KEY", "sk-test-0123456789")
        file = tmp_path / "polyreel.toml"
        file.write_text(
            "".join(
                f'[accounts.{name}]\nprovider = "openai"\nbase_url = "{url}/v1"\n'
                'key = "env:A_TEST_KEY"\n'
                for name, url in urls.items()
            )
        )
        monkeypatch.setenv("POLYREEL_CONFIG", str(file))

    return write
