"""The library's file opens in other programs as it is: the sqlite3 shell, and datasette."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.worlds import Home, World


@pytest.fixture
def path(tmp_path: Path) -> Path:
    world = World("acme")
    world.make(7, "ready")
    home = Home(tmp_path / "library.db", world)
    home.sync()
    world.videos[0].title = "Waterfall at night"
    world.delete("v1")
    home.sync()
    return home.path


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell isn't installed")
def test_the_sqlite3_shell_reads_every_view(path: Path) -> None:
    for view in ("videos", "replicas", "changes", "files", "runs"):
        done = subprocess.run(
            ["sqlite3", "-json", "-readonly", str(path), f"select * from {view}"],
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
        if view == "videos":
            assert len(json.loads(done.stdout)) == 7
    found = subprocess.run(
        ["sqlite3", str(path), "select title from search where search match 'waterfall'"],
        capture_output=True,
        text=True,
    )
    assert found.stdout == "Waterfall at night\n"


@pytest.mark.slow
def test_datasette_serves_it(path: Path) -> None:
    pytest.importorskip("datasette", reason="datasette isn't installed")
    done = subprocess.run(
        [
            sys.executable, "-W", "ignore", "-m", "datasette", str(path),
            "--get", "/library/videos.json?_shape=array&title__contains=Waterfall",
        ],
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [row["title"] for row in json.loads(done.stdout)] == ["Waterfall at night"]
