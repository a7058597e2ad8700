"""What ``videos list`` prints, says and exits with; ``replicas`` is the same code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from polyreel.registry import Registry
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    tavus_list,
    tavus_video,
)

VIDEOS = [openai_video(number) for number in range(250)]
UIDS = [f"openai:{video['id']}" for video in VIDEOS]

refuse = Reply({"error": {"message": "Incorrect API key provided"}}, 401)


def breaking_after(videos: list[dict[str, Any]], page: int) -> Any:
    """Serve some pages, then refuse every further one."""
    respond = openai_list(videos)

    def respond_at_first(request: Request) -> Any:
        return respond(request) if request.number <= page else Reply({"error": "no more"}, 400)

    return respond_at_first


def cursor_in(text: str) -> str:
    return re.findall(r"--cursor (\S+)", text)[0]


def test_jsonl_has_every_video_once_on_a_line_of_its_own(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "list", "--provider", "openai", "--format", "jsonl")

    assert [json.loads(line)["uid"] for line in result.lines] == UIDS
    assert (result.code, result.err) == (0, "250 videos from 1 account\n")


def test_json_is_one_array_also_of_several_pages(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "list", "--format", "json")

    assert [row["uid"] for row in json.loads(result.out)] == UIDS


def test_a_row_has_the_fields_under_their_own_names_in_plain_json(
    cli: Any, configured: Any
) -> None:
    with serve(openai_list(VIDEOS[:1])) as server:
        configured(server.url)
        row = json.loads(cli("videos", "list", "--format", "jsonl").out)

    assert list(row)[:4] == ["uid", "provider", "account", "id"]
    assert row["created_at"] == "2025-10-09T08:53:20Z"
    assert (row["status"], row["provider_status"]) == ("ready", "completed")
    assert (row["duration"], row["width"], row["title"]) == (8, 1280, None)
    assert "raw" not in row


def test_raw_adds_what_the_provider_sent_exactly(cli: Any, configured: Any) -> None:
    video = openai_video(1, prompt="\x1b[2J \x9b1m ünïcode \ud800", invented={"deep": [1, None]})
    with serve(openai_list([video])) as server:
        configured(server.url)
        result = cli("videos", "list", "--format", "jsonl", "--raw")

    assert json.loads(result.out)["raw"] == video
    assert "\x1b" not in result.out
    assert "\x9b" not in result.out


@pytest.mark.parametrize("form", ["table", "csv"])
def test_raw_is_refused_where_it_has_no_place(cli: Any, form: str) -> None:
    result = cli("videos", "list", "--raw", "--format", form)

    assert result.code == 2
    assert "json or jsonl" in result.err


def test_csv_has_a_header_and_one_record_per_video(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "list", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["uid"] for row in rows] == UIDS
    assert rows[0]["created_at"] == "2025-10-09T08:53:20Z"


def test_nothing_is_an_empty_array_or_a_header_or_no_line_at_all(cli: Any, configured: Any) -> None:
    with serve(openai_list([])) as server:
        configured(server.url)
        outs = {
            form: cli("videos", "list", "--format", form).out
            for form in ("json", "jsonl", "csv", "table")
        }

    assert json.loads(outs["json"]) == []
    assert outs["csv"].startswith("uid,provider,account,id,")
    assert len(outs["csv"].splitlines()) == 1
    assert (outs["jsonl"], outs["table"]) == ("", "")


def test_a_table_in_a_pipe_is_plain_and_aligned(cli: Any, configured: Any) -> None:
    videos = [
        openai_video(1, status="in_progress", progress=42),
        openai_video(2, prompt="\x1b[31mred\nand more " + "very " * 30 + "long"),
        openai_video(3, status="brand_new"),
    ]
    with serve(openai_list(videos)) as server:
        configured(server.url)
        result = cli("videos", "list")

    header, first, second, third = result.lines
    assert header.split() == ["UID", "STATUS", "TITLE", "CREATED", "LENGTH", "SIZE", "MODEL"]
    assert first.split()[:3] == ["openai:video_0001", "running", "42%"]
    assert second[header.index("TITLE") :].startswith("[31mred and more very ")
    assert "very long  2025-10-09 08:51Z  8 s     1280x720  sora-2" in second, (
        "nothing is cut in a pipe"
    )
    assert third.split()[1] == "brand_new?"  # nobody knows it: the provider's own word
    assert first.index("2025-10") == second.index("2025-10") == header.index("CREATED")
    assert "\x1b" not in result.out
    assert not any(line.endswith(" ") for line in result.lines)


def test_options_reach_the_provider(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli(
            *("videos", "list", "--order", "asc", "--page-size", "7", "--limit", "10"),
            *("--format", "jsonl"),
        )

    assert [json.loads(line)["uid"] for line in result.lines] == UIDS[:-11:-1]
    assert server.queries[0] == {"order": "asc", "limit": "7"}


def test_several_statuses_may_be_asked_for(cli: Any, configured: Any) -> None:
    words = ["queued", "in_progress", "completed", "failed"]
    videos = [openai_video(n, status=words[n % 4]) for n in range(8)]
    with serve(openai_list(videos)) as server:
        configured(server.url)
        result = cli(
            "videos", "list", "--status", "failed", "--status", "queued", "--format", "jsonl"
        )

    statuses = [json.loads(line)["status"] for line in result.lines]
    assert statuses == ["queued", "failed", "queued", "failed"]


def test_filters_reach_the_provider(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(tavus_list([])) as server:
        monkeypatch.setenv("TAVUS_BASE_URL", server.url)
        monkeypatch.setenv("TAVUS_API_KEY", "a-test-key")
        result = cli("replicas", "list", "--provider", "tavus", "--filter", "replica_type=system")

    assert result.code == 0
    assert server.queries[0]["replica_type"] == "system"


@pytest.mark.parametrize("total", ["right", None])
def test_a_complete_listing_says_nothing_about_going_on(
    cli: Any, monkeypatch: pytest.MonkeyPatch, total: str | None
) -> None:
    with serve(tavus_list([tavus_video(n) for n in range(30)], total=total)) as server:
        monkeypatch.setenv("TAVUS_BASE_URL", server.url)
        result = cli("videos", "list", "--format", "jsonl")

    assert len(result.lines) == 30
    assert result.err == "30 videos from 1 account\n"


def test_a_limited_listing_says_how_to_go_on_and_the_rest_follows(
    cli: Any, configured: Any
) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        first = cli("videos", "list", "--limit", "120", "--format", "jsonl")
        rest = cli("videos", "list", "--cursor", cursor_in(first.err), "--format", "jsonl")

    assert first.code == rest.code == 0
    assert [json.loads(line)["uid"] for line in first.lines + rest.lines] == UIDS


def test_what_came_before_a_failure_is_printed_and_the_rest_can_be_had(
    cli: Any, configured: Any
) -> None:
    with serve(breaking_after(VIDEOS, page=2)) as server:
        configured(server.url)
        broken = cli("videos", "list", "--format", "json")
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        rest = cli("videos", "list", "--format", "json", "--cursor", cursor_in(broken.err))

    assert broken.code == 1
    assert "polyreel: OpenAI answered 400 Bad Request: no more" in broken.err
    rows = json.loads(broken.out) + json.loads(rest.out)
    assert [row["uid"] for row in rows] == UIDS


def test_one_failing_account_of_several_is_exit_code_3(cli: Any, accounts: Any) -> None:
    with serve(openai_list(VIDEOS[:5])) as good, serve(lambda _: refuse) as bad:
        accounts(work=good.url, old=bad.url)
        result = cli("videos", "list", "--format", "jsonl")

    assert result.code == 3
    assert [json.loads(line)["account"] for line in result.lines] == ["work"] * 5
    assert "polyreel: old: OpenAI answered 401 Unauthorized: Incorrect API key" in result.err


def test_when_all_accounts_fail_the_exit_code_is_1(cli: Any, accounts: Any) -> None:
    with serve(lambda _: refuse) as bad:
        accounts(one=bad.url, two=bad.url)
        result = cli("videos", "list", "--format", "json")

    assert (result.code, json.loads(result.out)) == (1, [])
    assert result.err.count("401") == 2


def test_without_any_account_it_says_what_to_set(cli: Any) -> None:
    result = cli("videos", "list")

    assert (result.code, result.out) == (2, "")
    assert "no account is configured: set one of " in result.err
    assert {"OPENAI_API_KEY", "TAVUS_API_KEY"} <= set(re.findall(r"\w+_\w+", result.err))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--provider", "nobody"], "no provider named 'nobody' is installed"),
        (["--status", "done"], "statuses are queued, running"),
        (["--order", "up"], "asc and desc"),
        (["--filter", "size=1"], "no filter"),
        (["--filter", "size"], "NAME=VALUE"),
        (["--page-size", "101"], "from 1 to 100"),
        (["--limit", "-1"], "--limit"),
        (["--limit", "many"], "--limit"),
        (["--cursor", "polyreel-broken"], "cursor"),
        (["--format", "xml"], "--format"),
        (["--zzz"], "No such option: --zzz (see: polyreel videos list --help)"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    cli: Any, configured: Any, args: list[str], said: str
) -> None:
    configured("http://127.0.0.1:1")  # nobody is asked
    result = cli("videos", "list", *args)

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_the_sandbox_needs_no_account(cli: Any) -> None:
    result = cli("videos", "list", "--sandbox", "--format", "jsonl")

    assert result.code == 0
    assert {json.loads(line)["provider"] for line in result.lines} == {
        provider.name
        for provider in Registry().providers()
        if provider.resources["videos"].can_list
    }


def test_no_key_is_ever_printed(cli: Any, configured: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(request: Request) -> Reply:
        return Reply({"error": {"message": f"you sent {request.headers['authorization']}"}}, 401)

    with serve(echo) as server:
        configured(server.url)
        for command in (["videos", "list"], ["videos", "get", "openai:x"], ["doctor", "--online"]):
            result = cli("--debug", "-v", *command)
            assert "you sent" in result.out + result.err
            assert "0123456789" not in result.out + result.err


# Which accounts, statuses and times


def uids(result: Any) -> list[str]:
    return [json.loads(line)["uid"] for line in result.lines]


@pytest.fixture
def three(accounts: Any) -> Iterator[None]:
    """Configure three accounts with one video each, made 0, 60 and 120 seconds before the first."""
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(serve(openai_list([openai_video(number)])))
            for number, name in enumerate(("work", "old", "spare"))
        }
        accounts(**{name: server.url for name, server in servers.items()})
        yield


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["--account", "work", "--account", "spare"], {"work", "spare"}),
        (["--account", "work,spare"], {"work", "spare"}),
        (["--account", "work , spare", "--account", "work"], {"work", "spare"}),
        (["--provider", "openai"], {"work", "old", "spare"}),
        (["--exclude", "old"], {"work", "spare"}),
        (["--exclude", "old,work"], {"spare"}),
        (["--provider", "openai", "--exclude", "work"], {"old", "spare"}),
    ],
)
def test_accounts_are_named_one_after_another_or_with_commas_or_left_out(
    cli: Any, three: None, args: list[str], names: set[str]
) -> None:
    result = cli("videos", "list", *args, "--format", "jsonl")
    assert {uid.partition(":")[0] for uid in uids(result)} == names
    assert result.code == 0


def test_several_accounts_are_one_listing_by_time(cli: Any, three: None) -> None:
    newest = cli("videos", "list", "--limit", "2", "--format", "jsonl")
    oldest = cli("videos", "list", "--order", "asc", "--format", "jsonl")
    assert uids(newest) == ["work:video_0000", "old:video_0001"]
    assert uids(oldest) == ["spare:video_0002", "old:video_0001", "work:video_0000"]


@pytest.mark.parametrize(
    "args", [["--status", "READY,Failed"], ["--status", "ready", "--status", "failed"]]
)
def test_statuses_may_be_given_with_commas_and_in_any_case(
    cli: Any, configured: Any, args: list[str]
) -> None:
    words = ["queued", "in_progress", "completed", "failed"]
    with serve(openai_list([openai_video(n, status=words[n % 4]) for n in range(8)])) as server:
        configured(server.url)
        result = cli("videos", "list", *args, "--format", "jsonl")
    assert {json.loads(line)["status"] for line in result.lines} == {"ready", "failed"}
    assert len(result.lines) == 4


def test_a_window_of_time_is_kept_and_no_page_beyond_it_is_asked_for(
    cli: Any, configured: Any
) -> None:
    # video_0000 is of 2025-10-09 08:53:20, and each is a minute older than the one before
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli(
            *("videos", "list", "--since", "2025-10-09T08:50Z", "--until", "2025-10-09T08:52"),
            *("--page-size", "10", "--format", "jsonl"),
        )
        nothing = cli("videos", "list", "--since", "7d", "--format", "jsonl")
        day = cli("videos", "list", "--until", "2025-10-09", "--count")

    assert uids(result) == UIDS[2:4]
    assert len(server.requests) == 1 + 1 + 3
    assert (nothing.out, nothing.code) == ("", 0)
    assert day.out == "250\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "soon"], "since must be a day"),
        (["--since", "1d", "--until", "2d"], "must be before"),
        (["--status", "raedy"], "did you mean ready?"),
        (["--fields", "uid,titel"], "no field 'titel'; did you mean title?"),
        (["--fields", ","], "an empty name"),
        (["--account", "work,"], "an empty name"),
        (["--quiet", "--count"], "can't go with --count"),
        (["-q", "--format", "json"], "can't go with --format"),
        (["--count", "--fields", "uid"], "can't go with --fields"),
        (["--cursor", ""], "cursor must be a text"),
        (["--provider", "tavsu"], "no provider named 'tavsu'"),
        (["--provider", "openai", "--filter", "size=1"], "no filter 'size'"),
        (["--provider", "openai", "--page-size", "101"], "from 1 to 100"),
    ],
)
def test_usage_is_judged_before_accounts(cli: Any, args: list[str], said: str) -> None:
    result = cli("videos", "list", *args)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "API_KEY" not in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--account", "wrok"],
            "no account 'wrok' (accounts: work, old, spare); did you mean 'work'?",
        ),
        (["--exclude", "nobody"], "neither an account"),
        (["--exclude", "work,old,spare"], "no account is left"),
    ],
)
def test_a_name_of_nobody_is_refused(cli: Any, three: None, args: list[str], said: str) -> None:
    result = cli("videos", "list", *args)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


# What is written of each


def test_chosen_fields_are_written_in_their_order(cli: Any, configured: Any) -> None:
    with serve(openai_list([openai_video(1, prompt="A lake")])) as server:
        configured(server.url)
        outs = {
            form: cli("videos", "list", "--fields", "created_at,uid,title", "--format", form).out
            for form in ("table", "jsonl", "csv")
        }
        raw = cli("videos", "list", "--fields", "uid", "--raw", "--format", "jsonl")

    assert json.loads(outs["jsonl"]) == {
        "created_at": "2025-10-09T08:52:20Z", "uid": "openai:video_0001", "title": None,
    }  # fmt: skip
    assert outs["csv"] == "created_at,uid,title\n2025-10-09T08:52:20Z,openai:video_0001,\n"
    assert [line.split() for line in outs["table"].splitlines()] == [
        ["CREATED_AT", "UID", "TITLE"],
        ["2025-10-09T08:52:20Z", "openai:video_0001"],
    ]
    assert list(json.loads(raw.out)) == ["uid", "raw"]


def test_a_chosen_field_is_never_cut(cli: Any, configured: Any) -> None:
    with serve(openai_list([openai_video(1, prompt="very " * 50 + "long")])) as server:
        configured(server.url)
        result = cli("videos", "list", "--fields", "uid,prompt")
    assert result.lines[1].endswith("very long")


def test_quiet_is_uids_and_nothing_else(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "list", "-q", "--limit", "120")
    assert (result.lines, result.err, result.code) == (UIDS[:120], "", 0)


def test_count_is_a_number(cli: Any, configured: Any, three: None) -> None:
    result = cli("videos", "list", "--count", "--account", "work,old")
    assert (result.out, result.err, result.code) == ("2\n", "", 0)


def test_a_count_of_nobody_is_no_number(cli: Any, accounts: Any) -> None:
    with serve(lambda _: refuse) as bad:
        accounts(old=bad.url)
        result = cli("videos", "list", "--count")
    assert (result.out, result.code) == ("", 1)


# Going on


def test_a_limited_listing_ends_with_one_short_line(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "list", "--limit", "3", "--format", "json")
    assert result.err == "3 videos from 1 account; go on with --cursor @last\n"
    assert "cursor" not in result.out


def test_last_goes_on_with_the_last_listing_and_its_options(cli: Any, three: None) -> None:
    words = {"status": "ready", "account": "work,spare", "order": "asc", "since": "2025-01-01"}
    args = [f"--{name}={value}" for name, value in words.items()]
    first = cli("videos", "list", *args, "--limit", "1", "--format", "jsonl")
    rest = cli("videos", "list", "--cursor", "@last", "--format", "jsonl")
    over = cli("videos", "list", "--cursor", "@last", "--format", "jsonl")
    assert (uids(first), uids(rest)) == (["spare:video_0002"], ["work:video_0000"])
    assert (rest.code, rest.err) == (0, "1 video from 2 accounts\n")
    assert (over.code, over.out) == (2, "")
    assert "there is no listing of videos to go on with" in over.err


def test_last_with_other_options_is_refused_by_name(cli: Any, three: None) -> None:
    cli("videos", "list", "--status", "ready", "--limit", "1")
    for args, said in (
        (["--status", "failed"], "status is ready there and failed here"),
        (["--order", "asc"], "order is not given there and asc here"),
        (["--since", "7d"], "since is not given there"),
        (["--account", "work"], "it belongs to work, old, spare; asked are work"),
    ):
        result = cli("videos", "list", "--cursor", "@last", *args)
        assert (result.code, result.out) == (2, "")
        assert said in result.err
    assert cli("videos", "list", "--cursor", "@last", "--count").out == "2\n"


def test_last_of_another_kind_or_of_a_sandbox_is_another(cli: Any, three: None) -> None:
    cli("videos", "list", "--limit", "1")
    cli("videos", "list", "--limit", "1", "--sandbox")
    assert cli("replicas", "list", "--cursor", "@last").code == 2
    assert cli("videos", "list", "--cursor", "@last", "--count").out == "2\n"


def test_an_age_goes_on_with_its_first_window(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        first = cli("videos", "list", "--since", "9000d", "--limit", "100", "-q")
        again = cli("videos", "list", "--since", "9000d", "--cursor", "@last", "-q")
    assert first.lines + again.lines == UIDS


def test_the_kept_cursor_is_for_this_user_alone(cli: Any, configured: Any, tmp_path: Path) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        cli("videos", "list", "--limit", "3")
    (file,) = (tmp_path / "state").rglob("videos")
    assert file.stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_kept_the_cursor_is_shown(
    cli: Any, configured: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "blocked"))
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        first = cli("videos", "list", "--limit", "120", "-q")
        shown = cli("videos", "list", "--limit", "120")
        rest = cli("videos", "list", "--cursor", cursor_in(shown.err), "-q")
    assert first.lines + rest.lines == UIDS


def test_last_goes_on_also_where_some_account_cannot_keep_the_order(
    cli: Any, configured: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(openai_list(VIDEOS[:4])) as one, serve(tavus_list([tavus_video(1)])) as two:
        configured(one.url)
        monkeypatch.setenv("TAVUS_BASE_URL", two.url)
        first = cli("videos", "list", "--order", "asc", "--limit", "2")
        rest = cli("videos", "list", "--cursor", "@last", "-q")
        named = cli("videos", "list", "--order", "asc", "--provider", "openai,tavus")

    assert first.err.splitlines() == [
        "polyreel: warning: Tavus can't list videos in order 'asc'; their items come last, in an "
        "order of their own",
        "2 videos from 1 account; go on with --cursor @last",
    ]
    assert rest.lines == [*UIDS[:2][::-1], "tavus:000000001"]
    assert (named.code, named.out) == (2, "")
