"""The worked example of docs/regenerating.md happens as it is told.

What its commands print is compared with the page. To write the page anew instead:
``POLYREEL_UPDATE_DOCS=1 pytest tests/docs/test_regenerating.py``
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from polyreel.codegen.generating.generate import generate
from support.shelf import Shelf

PAGE = Path(__file__).parents[2] / "docs" / "regenerating.md"
BLOCK = re.compile(r"(?<=\n)```(console|diff|toml|markdown)\n(.*?)```(?=\n)", re.DOTALL)


@pytest.mark.slow
def test_the_worked_example_happens_as_it_is_told(tmp_path: Path):
    shelf = Shelf(tmp_path)
    assert shelf.refresh().state == "new"
    [outcome] = generate(specs=shelf.specs, output=tmp_path / "generated" / "polyreel_clients")
    assert outcome.error is None

    def happen(block: re.Match[str]) -> str:
        kind, text = block[1], block[2]
        if kind == "diff":
            shelf.change(side(text, "-"), side(text, "+"))
        elif kind == "toml":
            assert text.strip() == (shelf.folder / "sources.toml").read_text().strip()
        elif kind == "markdown":
            shelf.write("get-reel.md", text)
        else:
            commands = [line for line in text.splitlines() if line.startswith("$ ")]
            text = "".join(f"{command}\n{run(command[2:], tmp_path)}" for command in commands)
        return f"```{kind}\n{text}```"

    told = PAGE.read_text(encoding="utf-8")
    happened = BLOCK.sub(happen, told)
    if os.environ.get("POLYREEL_UPDATE_DOCS"):
        PAGE.write_text(happened, encoding="utf-8")
    else:
        assert told == happened
    assert happened.count("$ polyreel") > 5


def side(diff: str, sign: str) -> str:
    """Return the lines of a diff that stand on one of its sides."""
    return "".join(f"{line[1:]}\n" for line in diff.splitlines() if line.startswith(sign))


def run(command: str, folder: Path) -> str:
    """Run a command as a reader would, and return all that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
