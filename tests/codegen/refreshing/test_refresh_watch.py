"""The daily watch: what it pushes and proposes, with a real git and a ``gh`` that notes what it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.generating.generate import generate
from polyreel.openapi.documents import load_yaml
from support.servers import Reply, Request, serve
from support.shelf import PAGES, Shelf

ROOT = Path(__file__).parents[3]

GH = """#!/bin/bash
echo "$*" >> "$NOTES/calls"
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$NOTES/body"; shift; done
"""


class Watch:
    """A clone of a tree whose provider's pages stand on a server, and a run of the script in it."""

    def __init__(self, root: Path, pages: dict[str, Any], base: str) -> None:
        self.pages, self.base = pages, base
        self.tree, self.notes, tools = root / "tree", root / "notes", root / "tools"
        self.notes.mkdir()
        (self.notes / "calls").touch()
        tools.mkdir()
        (tools / "gh").write_text(GH)
        (tools / "gh").chmod(0o755)
        (tools / "polyreel").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m polyreel "$@"\n')
        (tools / "polyreel").chmod(0o755)
        who = {"NAME": "A", "EMAIL": "a@example.org"}
        self.environment = {
            **os.environ,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "NOTES": str(self.notes),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{
                f"GIT_{role}_{key}": v for role in ("AUTHOR", "COMMITTER") for key, v in who.items()
            },
        }
        self.git("init", "--quiet", "--bare", str(root / "origin"))
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=start")
        self.git("remote", "add", "origin", str(root / "origin"))

    def git(self, *args: str) -> str:
        done = subprocess.run(
            ["git", *args],
            cwd=self.tree,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def run(self) -> int:
        done = subprocess.run(
            [".ci/spec-watch"],
            cwd=self.tree,
            env=self.environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return done.returncode

    @property
    def calls(self) -> str:
        return (self.notes / "calls").read_text()

    @property
    def body(self) -> str:
        return (self.notes / "body").read_text()


PUBLISHED: dict[str, Any] = {}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Where the pages are published."""

    def respond(request: Request) -> Any:
        return PUBLISHED.get(request.path, Reply("", 404))

    with serve(respond) as server:
        yield server.url


@pytest.fixture(scope="module")
def made(base: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with a spec and its client; copied for each test, since making them takes seconds."""
    publish()
    shelf = Shelf(tmp_path_factory.mktemp("made"), base)
    assert shelf.fetch().state == "new"
    [outcome] = generate(specs=shelf.specs, output=shelf.root / "generated/polyreel_clients")
    assert outcome.error is None
    shutil.copytree(ROOT / ".ci", shelf.root / ".ci")
    (shelf.root / "Makefile").write_text("check test:\n\t@test ! -e broken\n")
    return shelf.root


@pytest.fixture
def watch(made: Path, base: str, tmp_path: Path) -> Watch:
    publish()
    shutil.copytree(made, tmp_path / "tree")
    return Watch(tmp_path, PUBLISHED, base)


def publish() -> None:
    PUBLISHED.clear()
    PUBLISHED.update({f"/{file}": text for file, text in PAGES.items()})


def test_a_change_is_pushed_with_its_client_and_proposed_with_the_report(watch: Watch):
    watch.pages["/list-reels.md"] = PAGES["list-reels.md"].replace("poster_url", "poster_link")
    assert watch.run() == 0
    pushed = watch.git("diff", "--name-only", "main", "origin/spec-watch").split()
    assert {"specs/reelhouse/openapi.yaml", "specs/reelhouse/sources.lock"} < set(pushed)
    assert [path for path in pushed if path.startswith("generated/polyreel_clients/reelhouse/")]
    assert "pr create --head spec-watch" in watch.calls
    assert "--label spec: compatible" in watch.calls
    assert "issue" not in watch.calls
    assert watch.body.startswith("## reelhouse\n\n**0 breaking, ")


def test_a_breaking_change_a_failing_page_and_failing_checks_are_all_told(watch: Watch):
    watch.pages["/list-reels.md"] = PAGES["list-reels.md"].replace("type: integer", "type: string")
    other = watch.tree / "specs" / "tapes"
    other.mkdir()
    (other / "sources.toml").write_text(
        f'title = "Tapes"\n[[sources]]\nurl = "{watch.base}/gone.md"\nfile = "gone.md"\n'
    )
    (watch.tree / "broken").touch()
    assert watch.run() == 1
    assert "--label spec: breaking" in watch.calls
    assert "issue create --title Specs can't be refreshed" in watch.calls
    assert "gone.md: 404, no such page" in watch.body


def test_a_change_that_only_the_plugin_would_miss_is_labelled_as_breaking(watch: Watch):
    (watch.tree / "specs" / "reelhouse" / "overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: Ours, version: 1.0.0}\nactions:\n"
        "  - target: $.paths['/v1/reels'].get\n    description: How it is read.\n    update:\n"
        "      x-polyreel: {kind: videos, role: list, items: [data], id: reel_id,\n"
        "        paging: {style: page, parameter: page, size: limit}}\n"
    )
    watch.pages["/list-reels.md"] = PAGES["list-reels.md"].replace("name: page", "name: offset")
    assert watch.run() == 0
    assert "--label spec: breaking" in watch.calls
    assert "The parameter is gone; the plugin reads this" in watch.body


def test_without_a_change_nobody_is_bothered(watch: Watch):
    assert watch.run() == 0
    assert watch.calls == ""
    assert watch.git("status", "--porcelain") == ""


def test_the_workflow_runs_the_script_daily_and_may_do_no_more_than_it_needs():
    workflow = ROOT / ".github" / "workflows" / "spec-watch.yml"
    told = load_yaml(workflow.read_text(), where=workflow.name)
    assert told["on"]["schedule"]
    assert told["permissions"] == {
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    }
    assert ".ci/spec-watch" in told["jobs"]["refresh"]["steps"][-1]["run"]
