"""Completion in a real zsh: what one TAB completes in a shell that has just been started."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh isn't installed"),
]
LONGEST = 30  # seconds without a byte


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the completion was installed as users install it."""
    folder = tmp_path_factory.mktemp("home")
    subprocess.run(
        ["zsh", "-c", "polyreel --install-completion; true"],  # without "true", zsh gives way to it
        env=environment(folder),
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert (folder / ".zfunc" / "_polyreel").exists()
    return folder


def environment(home: Path) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {"HOME": str(home), "PATH": path, "TERM": "dumb", "COLUMNS": "100", "PS1": "ready> "}


def read_until(terminal: int, expected: bytes) -> bytes:
    came = b""
    while expected not in came and select.select([terminal], [], [], LONGEST)[0]:
        came += os.read(terminal, 65536)
    return came


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("polyreel vid", b"polyreel videos "),
        ("polyreel videos list --for", b"--format "),
        ("polyreel videos list --format jsonl --provider ta", b"--provider tavus "),
    ],
)
def test_the_first_tab_completes(home: Path, typed: str, completed: bytes) -> None:
    terminal, inside = pty.openpty()
    shell = subprocess.Popen(
        ["zsh", "-i"],
        env=environment(home),
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    try:
        read_until(terminal, b"ready> ")
        os.write(terminal, typed.encode() + b"\t")
        assert completed in read_until(terminal, completed)
    finally:
        shell.kill()
        shell.wait()
        os.close(terminal)
