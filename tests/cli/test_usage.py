"""What people type and read: help as a word, versions, completion, exact columns, one code per fault."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st
from polyreel.cli.commands import ENTRIES
from polyreel.cli.helping import help_word
from polyreel.cli.output import RowFormat, writing
from polyreel.cli.root import command
from support.servers import openai_list, openai_video, serve

# Help


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("help", "--help"),
        ("help videos", "videos --help"),
        ("videos help", "videos --help"),
        ("help videos list", "videos list --help"),
        ("videos help list", "videos list --help"),
        ("-v help spec diff", "-v spec diff --help"),
        ("help help", "--help"),
        ("videos list help", "videos list --help"),
        ("doctor help", "doctor --help"),
        ("search help", "search help"),
        ("videos get help", "videos get help"),
        ("providers help", "providers help"),
        ("videos list --account help", "videos list --account help"),
        ("nobody help", "nobody help"),
    ],
)
def test_help_is_a_word_where_no_value_can_stand(typed: str, meant: str) -> None:
    assert help_word(command(), typed.split()) == meant.split()


def test_help_as_a_word_says_what_the_option_says(cli: Any) -> None:
    asked = cli("videos", "list", "--help")
    assert cli("help", "videos", "list") == asked
    assert asked.code == 0


def test_the_version_has_a_short_option(cli: Any) -> None:
    assert cli("-V") == cli("--version")
    assert cli("-V").out.startswith("polyreel ")


def test_the_script_for_zsh_completes_when_it_is_loaded_for_that(process: Any) -> None:
    told = process("--show-completion", "zsh", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert told.code == 0
    assert told.out.strip().startswith("#compdef polyreel")
    assert '"$funcstack[1]" = "_polyreel"' in told.out
    assert '_polyreel_completion "$@"' in told.out


# One fault, one exit code

ROOT = Path(__file__).parents[2]


def every_command(group: Any) -> Iterator[Any]:
    for each in getattr(group, "commands", {}).values():
        yield each
        yield from every_command(each)


@pytest.mark.parametrize("args", [["generate", "nobody"], ["spec", "refresh", "nobody"]])
def test_a_spec_that_is_not_there_is_one_fault_everywhere(
    cli: Any, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = cli(*args)
    assert (result.code, result.out) == (2, "")
    assert "; there are " in result.err
    assert ", tavus" in result.err


@pytest.mark.parametrize(
    "args",
    [["videos", "list"], ["search", "kite"], ["watch"]],
)
def test_a_misspelt_status_is_one_fault_everywhere(cli: Any, args: list[str]) -> None:
    result = cli(*args, "--status", "redy")
    assert (result.code, result.out) == (2, "")
    assert "did you mean ready?" in result.err


@pytest.mark.parametrize("args", [["videos", "get"], ["videos", "download"], ["wait"]])
def test_an_account_that_is_not_there_is_one_fault_everywhere(
    cli: Any, configured: Any, args: list[str]
) -> None:
    configured("http://127.0.0.1:9")
    result = cli(*args, "nobody:1")
    assert (result.code, result.out) == (2, "")
    assert "no account 'nobody'" in result.err


@pytest.mark.parametrize("command", ["videos", "replicas"])
def test_a_damaged_cursor_is_judged_before_accounts(cli: Any, command: str) -> None:
    result = cli(command, "list", "--cursor", "polyreel-eJyrVspW")
    assert result.code == 2
    assert "isn't a whole cursor" in result.err
    assert "no account" not in result.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("polyreel generate ta", "tavus"),
        ("polyreel spec refresh he", "heygen"),
        ("polyreel generate tavus he", "heygen"),
    ],
)
def test_specs_are_completed(
    process: Any, typed: str, offered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    words = typed.split()
    done = process(
        _POLYREEL_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1)
    )
    assert done.out.split() == [offered]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("--provider", "tavus"),
        ("--account", "openai"),
        ("--exclude", "tavus"),
        ("--status", "ready"),
        ("--for", "ready"),
        ("--fields", "uid"),
        ("--order", "desc"),
        ("--role", "thumbnail"),
        ("--roles", "captions"),
    ],
)
def test_an_option_with_a_set_of_values_offers_them_in_every_command(
    name: str, offered: str, configured: Any
) -> None:
    configured("http://127.0.0.1:9")
    found = [
        option.shell_complete(each.make_context("", [], resilient_parsing=True), offered[:2])
        for each in every_command(command())
        for option in each.params
        if name in option.opts
    ]
    assert found
    for words in found:
        assert offered in [word.value for word in words]


def test_the_sandbox_is_one_option_wherever_it_is_one() -> None:
    texts = {
        option.help
        for each in every_command(command())
        for option in each.params
        if "--sandbox" in option.opts
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    "args",
    [
        ["videos", "list", "--provider", "tavs"],
        ["replicas", "list", "--provider", "tavs"],
        ["videos", "get", "x", "--provider", "tavs"],
        ["providers", "tavs"],
        ["sandbox", "--provider", "tavs"],
    ],
)
def test_a_misspelt_provider_is_one_fault_everywhere(cli: Any, args: list[str]) -> None:
    result = cli(*args)
    assert (result.code, result.out) == (2, "")
    assert "Did you mean 'tavus'?" in result.err
    assert "pip install" not in result.err, "nothing is installed by a slip of the finger"


@pytest.mark.parametrize(
    "args",
    [
        ["--status", "nope"],
        ["--order", "up"],
        ["--page-size", "0"],
        ["--limit", "-1"],
        ["--format", "xml"],
        ["--csv-exact"],
        ["--csv-exact", "--format", "json"],
    ],
)
def test_usage_is_judged_before_accounts(cli: Any, args: list[str]) -> None:
    result = cli("videos", "list", *args)
    assert (result.code, result.out) == (2, "")
    assert "no account" not in result.err


# CSV


def table(rows: list[dict[str, Any]], capsys: Any, *, exact: bool = False) -> list[dict[str, str]]:
    with writing(RowFormat.CSV, keys=list(rows[0]), columns=None, exact=exact) as out:
        out.write(rows)
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=x", "\n=x", "\ufeff=x",
            "  =x", "＝1", "＋1", "－1", "＠x", "'=x"]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_free_text_starts_no_formula_and_machine_columns_stay_exact(text: str, capsys: Any) -> None:
    (row,) = table(
        [{"uid": text, "id": text, "download_url": text, "title": text, "n": -1.5}], capsys
    )
    assert row["title"] == f"'{text}"
    assert row["uid"] == row["id"] == row["download_url"] == text
    assert row["n"] == "-1.5"


@settings(max_examples=80, deadline=None)
@example(text="\rred")
@given(text=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0")))
def test_exact_csv_gives_back_what_was_written(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written = io.StringIO(newline="")
        patch.setattr("sys.stdout", written)
        with writing(RowFormat.CSV, keys=["title"], columns=None, exact=True) as out:
            out.write([{"title": text}])
    rows = list(csv.DictReader(io.StringIO(written.getvalue(), newline="")))
    assert [row["title"] for row in rows] == [text] or text == ""


def test_csv_exact_is_an_option_of_listings(cli: Any, configured: Any) -> None:
    with serve(openai_list([openai_video(1, prompt="=1+1")])) as server:
        configured(server.url)
        usual = cli("videos", "list", "--format", "csv", "--fields", "prompt").lines
        exact = cli("videos", "list", "--format", "csv", "--csv-exact", "--fields", "prompt").lines
        got = cli("videos", "get", "openai:video_0001", "--format", "csv", "--csv-exact").lines
    assert (usual[1], exact[1]) == ("'=1+1", "=1+1")
    assert "=1+1" in got[1].split(",")


# Tables


def test_characters_that_turn_the_writing_are_shown_in_a_table(cli: Any, configured: Any) -> None:
    with serve(openai_list([openai_video(1, prompt="invoice\u202egpj.exe")])) as server:
        configured(server.url)
        shown = cli("videos", "list").out
    assert "\u202e" not in shown
    assert "invoice\\u202egpj.exe" in shown


def test_at_a_terminal_what_is_cut_or_left_out_is_named(
    cli: Any, configured: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polyreel.cli.tables._width", lambda: 60)
    with serve(openai_list([openai_video(1, prompt="word " * 40)])) as server:
        configured(server.url)
        result = cli("videos", "list")
    assert all(len(line) <= 60 for line in result.lines)
    assert "TITLE is cut" in result.err
    assert "MODEL is left out" in result.err


def test_notes_stand_whole_below_the_table(cli: Any, plugin_folder: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("polyreel.cli.tables._width", lambda: 40)
    reason = "needs a licence " * 10
    plugin_folder.add(
        "acme",
        {"acme_plugin": f"raise RuntimeError({reason!r})"},
        providers={"acme": "acme_plugin"},
    )
    lines = cli("providers").lines
    (note,) = [line for line in lines[lines.index("") :] if line.startswith("acme  ")]
    assert note.count("needs a licence") == 10
    (row,) = cli("providers", "acme", "--format", "jsonl").lines
    assert '"distribution": "acme 1.0"' in row
    assert '"service": "broken"' in row


@pytest.mark.parametrize("name", ENTRIES)
def test_the_roots_help_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    entry = ENTRIES[name]
    made, outline = entry.load(name), entry.outline(name)
    assert made.help.strip().partition("\n\n")[0].replace("\n", " ") == outline.help
    assert made.rich_help_panel == outline.rich_help_panel
    assert not made.hidden


def test_the_roots_help_and_the_version_import_no_command() -> None:
    heavy = "polyreel.cli.items_command", "polyreel.registry", "httpx"
    for asked in ("--help", "--version"):
        code = f"from polyreel.cli import main; main(['{asked}']); import sys; print(*sys.modules)"
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert not {*heavy} & {*ran.stdout.splitlines()[-1].split()}
