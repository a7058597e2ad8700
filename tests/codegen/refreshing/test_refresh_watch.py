"""The daily watch: what it pushes and proposes, with a real git and a ``gh`` that notes what it is told."""

from __future__ import annotations

import os
import re
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

    def run(self, *command: str) -> int:
        done = subprocess.run(
            command or [".ci/spec-watch"],
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
        "      x-polyreel: {kind: videos, role: list, items: data, id: reel_id,\n"
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


# The two halves of the workflow


def workflow() -> dict[str, Any]:
    text = (ROOT / ".github/workflows/spec-watch.yml").read_text(encoding="utf-8")
    return load_yaml(text, where="spec-watch.yml")


def test_what_reads_pages_may_write_nothing_and_what_may_write_runs_none_of_it() -> None:
    document = workflow()
    reads, proposes = document["jobs"]["read"], document["jobs"]["propose"]

    assert document["on"]["schedule"]
    assert document["permissions"] == {}
    assert proposes["permissions"] == {
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    }
    assert reads["permissions"] == {"contents": "read"}
    assert "env" not in reads
    assert not any("env" in step for step in reads["steps"])
    assert reads["steps"][0]["with"]["persist-credentials"] is False
    runs = [step["run"] for step in proposes["steps"] if "run" in step]
    assert len(runs) == 1
    assert runs[0].splitlines()[-1] == '.ci/spec-propose "$RUNNER_TEMP/spec"'
    said = (ROOT / ".ci/spec-propose").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(?:make|pip|python\S*|polyreel|npm|\.venv)\b", said, re.MULTILINE)
    assert "${{" not in runs[0]


def test_actions_are_named_by_digest() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        for used in re.findall(r"uses: *(\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), used


PATCH = """\
diff --git a/{path} b/{path}
new file mode {mode}
--- /dev/null
+++ b/{path}
@@ -0,0 +1 @@
+harm
"""


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (".github/workflows/other.yml", "100644"),
        ("core/polyreel/hub.py", "100644"),
        ("specs/../.ci/run", "100644"),
        ("specs/acme/link", "120000"),
        ("specs/acme/program", "100755"),
    ],
)
def test_a_patch_that_changes_more_than_specs_and_clients_is_not_proposed(
    watch: Watch, path: str, mode: str
) -> None:
    out = watch.notes / "out"
    out.mkdir()
    (out / "changes.patch").write_text(PATCH.format(path=path, mode=mode))
    (out / "report.md").write_text("## acme\n")
    (out / "failed").write_text("0\n")

    assert watch.run(".ci/spec-propose", str(out)) != 0
    assert watch.calls == ""


def test_nobody_is_told_and_nothing_closed_by_what_a_report_says(watch: Watch) -> None:
    out = watch.notes / "out"
    out.mkdir()
    (out / "changes.patch").write_text(PATCH.format(path="specs/acme/new.yaml", mode="100644"))
    (out / "report.md").write_text("## acme\n\nfixes #12, says @everybody\n")
    (out / "failed").write_text("0\n")

    assert watch.run(".ci/spec-propose", str(out)) == 0
    assert "#12" not in watch.body
    assert "@everybody" not in watch.body
