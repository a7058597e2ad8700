"""``polyreel spec refresh``: what goes where, in which form, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from polyreel.cli import main
from support.shelf import Shelf

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    shelf = Shelf(tmp_path_factory.mktemp("read"))
    assert shelf.refresh().state == "new"
    return shelf


@pytest.fixture
def shelf(read: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr("polyreel.codegen.generating.programs.validate", lambda *_, **__: None)
    shelf = Shelf(tmp_path)
    for name, (data, _) in read.stored().items():
        (shelf.folder / name).write_bytes(data)
    return shelf


@pytest.fixture
def run(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> tuple[int, str, str]:
        code = main(
            ["spec", "refresh", "--root", str(shelf.root), "--from", str(shelf.pages), *args]
        )
        return (code, *capsys.readouterr())

    return run


def test_no_change_is_said_and_is_a_success(run: Run):
    assert run() == (0, "reelhouse: no change\n", "")
    assert run("--check") == (0, "reelhouse: no change\n", "")


def test_a_change_is_a_success_with_its_report_on_stdout(shelf: Shelf, run: Run):
    shelf.change("Default is 20", "Default is 50")
    code, out, err = run("reelhouse")
    assert (code, err) == (0, "")
    assert out.startswith("reelhouse: 0 breaking, 2 warning, ")
    assert "request-default-changed" in out
    assert run("reelhouse")[1] == "reelhouse: no change\n"


def test_a_check_fails_when_there_is_a_change(shelf: Shelf, run: Run):
    shelf.change("Default is 20", "Default is 50")
    code, out, err = run("--check")
    assert code == 1
    assert "request-default-changed" in out
    assert "written" not in out
    assert err == ("polyreel: the pages have changed: reelhouse; run 'polyreel spec refresh'\n")


def test_a_failure_leaves_stdout_empty_and_says_what_stays(shelf: Shelf, run: Run):
    shelf.write("list-reels.md", "")
    code, out, err = run()
    assert (code, out) == (1, "")
    first, second = err.splitlines()
    assert first.startswith(f"polyreel: reelhouse: {shelf.pages}/list-reels.md: the page is empty")
    assert second == f"polyreel: reelhouse: nothing was written; {shelf.folder} stays as it was"


def test_json_is_what_diff_prints_and_what_became_of_each_provider(shelf: Shelf, run: Run):
    shelf.change("Default is 20", "Default is 50")
    code, out, _ = run("--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["summary"] == {"breaking": 0, "warning": 2, "info": 1}
    assert {"provider", "level", "rule", "operation", "place", "text"} == set(told["changes"][0])
    assert told["providers"]["reelhouse"] == {
        "state": "changed",
        "notes": [],
        "unread": [],
        "error": None,
    }
    told = json.loads(run("--format", "json")[1])
    assert told["summary"] == {"breaking": 0, "warning": 0, "info": 0}
    assert told["providers"]["reelhouse"]["state"] == "unchanged"


def test_json_and_markdown_are_whole_when_it_failed_too(shelf: Shelf, run: Run):
    shelf.write("list-reels.md", "# Page not found\n")
    code, out, _ = run("--format", "json")
    assert code == 1
    assert "not found" in json.loads(out)["providers"]["reelhouse"]["error"]
    code, out, _ = run("--format", "markdown")
    assert code == 1
    assert out.startswith("## reelhouse\n\nNot refreshed:\n\n    reelhouse: ")


def test_markdown_has_a_section_for_each_provider_with_news(shelf: Shelf, run: Run):
    assert run("--format", "markdown")[1] == "No changes.\n"
    shelf.change("poster_url:", "poster_link:")
    out = run("--format", "markdown")[1]
    assert out.startswith("## reelhouse\n\n**0 breaking, 1 warning, ")
    assert "### Warning" in out


def test_a_page_cant_slip_markup_into_the_report(shelf: Shelf, run: Run):
    shelf.write("list-reels.md", "# Page not found\n\x1b[31m\n\n## Approved\n")
    out = run("--format", "markdown")[1]
    assert "\x1b" not in out
    assert "\n## Approved" not in out


def test_pages_that_nobody_reads_are_named_on_stderr(shelf: Shelf, run: Run):
    base = "https://docs.reelhouse.example"
    shelf.name_sources(more=f'[index]\nurl = "{base}/llms.txt"\nprefixes = ["{base}/"]\n')
    shelf.write("llms.txt", f"[Splice]({base}/splice.md)\n")
    assert run() == (
        0,
        "reelhouse: no change\n",
        f"reelhouse: a page that you don't read: {base}/splice.md\n",
    )


def test_wrong_names_and_folders_are_misuse(run: Run):
    code, out, err = run("reelhuose")
    assert (code, out) == (2, "")
    assert "there are reelhouse" in err
    assert main(["spec", "refresh", "--root", "/nonexistent"]) == 2
