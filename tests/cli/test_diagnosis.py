"""``providers`` and ``doctor``: what is there, what is broken, and never a key."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from support.servers import Reply, openai_list, openai_video, serve


def test_providers_say_what_they_can_do(cli: Any, configured: Any) -> None:
    configured("http://127.0.0.1:1")
    result = cli("providers", "--format", "json")

    rows = {row["name"]: row for row in json.loads(result.out)}
    assert result.code == 0
    assert rows["openai"]["accounts"] == ["openai"]
    assert rows["openai"]["videos"]["orders"] == ["asc", "desc"]
    assert rows["openai"]["replicas"] is None
    assert rows["openai"]["service"] == "ended 2026-09-24"
    assert rows["tavus"]["accounts"] == []
    assert "replica_type" in rows["tavus"]["replicas"]["filters"]
    assert rows["tavus"]["distribution"] == "polyreel 0.1.0"


def test_the_table_has_one_line_per_provider(cli: Any) -> None:
    header, *lines = cli("providers").lines
    table, notes = lines[: lines.index("")], lines[lines.index("") + 1 :]
    rows = [line.split() for line in table]
    header, by_name = header.split(), {row[0]: row for row in rows}
    assert [note.split()[0] for note in notes if "OPENAI_BASE_URL" in note] == ["openai"]

    assert header[:5] == ["PROVIDER", "VIDEOS", "REPLICAS", "ACCOUNTS", "SERVICE"]
    assert len(by_name) == len(rows)
    assert by_name["openai"][:5] == ["openai", "list,", "get", "-", "none"]
    assert by_name["tavus"][:6] == ["tavus", "list,", "get", "list,", "get", "none"]


def test_one_provider_is_shown_with_its_filters(cli: Any) -> None:
    result = cli("providers", "tavus")

    assert result.code == 0
    assert "replica_type" in result.out
    assert "https://tavusapi.com" in result.out


def test_an_unknown_provider_is_wrong_usage(cli: Any) -> None:
    result = cli("providers", "nobody")

    assert result.code == 2
    assert "Plugins that others publish are listed at" in result.err
    assert "pip install" not in result.err


def test_a_broken_plugin_is_shown_with_its_reason_and_costs_nobody(
    cli: Any, plugin_folder: Any
) -> None:
    plugin_folder.add(
        "polyreel-acme",
        {"polyreel_acme": "import nothing_there"},
        providers={"acme": "polyreel_acme"},
    )
    listed = cli("providers")
    checked = cli("doctor")

    assert listed.code == 0
    assert "broken" in listed.out
    assert "polyreel-acme 1.0" in listed.out
    assert "openai" in listed.out
    assert listed.err == ""
    assert checked.code == 1
    assert (
        "broken  plugin acme: plugin 'acme' of polyreel-acme 1.0 can't be imported" in checked.out
    )


def test_the_doctor_finds_nothing_wrong_with_nothing(cli: Any) -> None:
    result = cli("doctor")

    assert result.code == 0
    assert result.lines[0].startswith("ok      polyreel: 0.1.0, Python 3.")
    (note,) = (line for line in result.lines if line.startswith("note    accounts:"))
    assert "none is configured: set one of " in note
    assert {"OPENAI_API_KEY", "TAVUS_API_KEY"} <= set(re.findall(r"\w+_\w+", note))


def test_the_doctor_says_where_keys_come_from_and_nothing_of_them(
    cli: Any, configured: Any
) -> None:
    configured("http://127.0.0.1:8000")
    result = cli("doctor")

    assert (
        "ok      account openai: OpenAI at http://127.0.0.1:8000, with the key from OPENAI_API_KEY"
        in result.lines
    )
    assert "sk-" not in result.out


def test_the_doctor_notes_that_a_service_has_ended(
    cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    result = cli("doctor")

    assert result.code == 0
    assert "note    account openai: the service ended 2026-09-24" in result.out


def test_an_account_without_its_key_is_broken(
    cli: Any, accounts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts(work="http://127.0.0.1:8000")
    monkeypatch.delenv("A_TEST_KEY")
    result = cli("doctor")

    assert result.code == 1
    assert "broken  account work" in result.out
    assert "env:A_TEST_KEY" in result.out


def test_a_broken_account_file_is_a_finding_among_others(
    cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("[accounts")
    monkeypatch.setenv("POLYREEL_CONFIG", str(file))
    result = cli("doctor")

    assert result.code == 1
    assert "ok      plugin tavus" in result.out
    assert f"broken  configuration: {file} isn't valid TOML" in result.out


def test_online_the_doctor_asks_every_account_once(cli: Any, accounts: Any) -> None:
    refused = Reply({"error": {"message": "Incorrect API key provided"}}, 401)
    with serve(openai_list([openai_video(1)])) as good, serve(lambda _: refused) as bad:
        accounts(work=good.url, old=bad.url)
        result = cli("doctor", "--online")

    assert result.code == 1
    assert "ok      account work: answered; videos: some" in result.lines
    assert "broken  account old: OpenAI answered 401 Unauthorized" in result.out
    assert len(good.requests) == len(bad.requests) == 1
