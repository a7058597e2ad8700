"""What ``videos get`` prints, says and exits with."""

from __future__ import annotations

import json
from typing import Any

from support.servers import openai_list, openai_video, serve

VIDEOS = [openai_video(number) for number in range(3)]


def test_one_video_is_a_list_of_its_fields(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "get", "openai:video_0001")

    assert result.code == 0
    fields = dict(line.split(maxsplit=1) for line in result.lines)
    assert fields["uid"] == "openai:video_0001"
    assert fields["prompt"] == "Scene 1"
    assert fields["created_at"] == "2025-10-09T08:52:20Z"
    assert "title" not in fields  # the provider didn't say


def test_one_video_is_one_json_object(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "get", "video_0001", "--provider", "openai", "--format", "json")

    assert json.loads(result.out)["uid"] == "openai:video_0001"


def test_several_videos_are_an_array(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        uids = ["openai:video_0002", "openai:video_0000"]
        result = cli("videos", "get", *uids, "--format", "json")

    assert [row["uid"] for row in json.loads(result.out)] == uids


def test_one_missing_of_several_is_named_and_exit_code_3(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "get", "openai:nope", "openai:video_0001", "--format", "jsonl")

    assert result.code == 3
    assert json.loads(result.out)["id"] == "video_0001"
    assert result.err.startswith("polyreel: openai:nope: OpenAI answered 404 Not Found")


def test_a_missing_video_is_exit_code_1_and_no_output(cli: Any, configured: Any) -> None:
    with serve(openai_list(VIDEOS)) as server:
        configured(server.url)
        result = cli("videos", "get", "openai:nope", "--format", "json")

    assert (result.code, result.out) == (1, "")


def test_an_id_without_an_account_is_wrong_usage(cli: Any, configured: Any) -> None:
    configured("http://127.0.0.1:1")
    result = cli("videos", "get", "video_0001")

    assert (result.code, result.out) == (2, "")
    assert "ACCOUNT:ID" in result.err


def test_what_the_sandbox_lists_it_also_gets(cli: Any) -> None:
    listed = cli("replicas", "list", "--sandbox", "--limit", "1", "--format", "json")
    (replica,) = json.loads(listed.out)
    got = cli("replicas", "get", replica["uid"], "--sandbox", "--format", "json")

    assert json.loads(got.out)["title"] == replica["title"]
