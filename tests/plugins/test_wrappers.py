"""A plugin can go around all providers, and watch their requests, without any of them knowing."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from polyreel import NotFound
from support.either_hub import EitherHub, account
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    tavus_list,
    tavus_video,
)

TRACE = Path(__file__).parents[2] / "docs/examples/polyreel-trace/polyreel_trace.py"
TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01")

openai = openai_list([openai_video(number) for number in range(130)])
tavus = tavus_list([tavus_video(number) for number in range(70)])


@pytest.fixture(params=["sync", "async"])
def either_hub(request: pytest.FixtureRequest) -> EitherHub:
    return EitherHub(request.param)


@pytest.fixture
def trace(plugin_folder: Any) -> None:
    """The example, installed as anybody's plugin is."""
    source = {"polyreel_trace": TRACE.read_text()}
    plugin_folder.add("polyreel-trace", source, plugins={"trace": "polyreel_trace"})


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, trace: None) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "polyreel_trace")
    return caplog


def told(log: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What was logged, as pairs of a trace's id and the rest."""
    lines = [one.getMessage() for one in log.records if one.name == "polyreel_trace"]
    return [(line.split()[0], line.partition(" ")[2]) for line in lines]


def ids_of(requests: list[Request]) -> list[str]:
    headers = [request.headers["traceparent"] for request in requests]
    assert all(TRACEPARENT.fullmatch(header) for header in headers)
    return [header.split("-")[1] for header in headers]


def test_every_request_of_every_provider_is_traced(
    either_hub: EitherHub, log: pytest.LogCaptureFixture
) -> None:
    with serve(openai) as one, serve(tavus) as other:
        accounts = [account("openai", one.url), account("tavus", other.url)]
        listed = either_hub.list(accounts)

    assert (len(listed.items), listed.error) == (200, None)
    ids = ids_of(one.requests) + ids_of(other.requests)
    assert len(set(ids)) == len(ids)
    asked = [trace for trace, what in told(log) if " asks GET " in what]
    answered = [trace for trace, what in told(log) if " answered 200 in " in what]
    assert sorted(asked) == sorted(answered) == sorted(ids)


def test_attempts_at_one_request_share_its_trace(
    either_hub: EitherHub, log: pytest.LogCaptureFixture
) -> None:
    def respond(request: Request) -> Any:
        return Reply({}, 503) if request.number == 1 else openai(request)

    with serve(respond) as server:
        assert either_hub.list([account("openai", server.url)], limit=1).error is None

    first, second = ids_of(server.requests)
    assert first == second
    assert [(trace, re.sub(r"[\d.]+ s$", "… s", what)) for trace, what in told(log)] == [
        (first, "openai asks GET /videos"),
        (first, "openai answered 503 in … s"),
        (first, "openai failed: ProviderUnavailable"),
        (first, "openai asks GET /videos"),
        (first, "openai answered 200 in … s"),
    ]


def test_a_single_item_is_traced_too(either_hub: EitherHub, log: pytest.LogCaptureFixture) -> None:
    with serve(openai) as server:
        assert (
            either_hub.get([account("openai", server.url)], "openai:video_0007").id == "video_0007"
        )
        with pytest.raises(NotFound):
            either_hub.get([account("openai", server.url)], "openai:no-such-video")

    ids_of(server.requests)
    assert [what.split()[1].strip(":") for _, what in told(log)] == [
        "asks", "answered", "asks", "answered", "failed"
    ]  # fmt: skip


def test_callers_get_the_same_with_and_without_it(
    either_hub: EitherHub, plugin_folder: Any
) -> None:
    with serve(openai) as server:
        without = either_hub.list([account("openai", server.url)])
        source = {"polyreel_trace": TRACE.read_text()}
        plugin_folder.add("polyreel-trace", source, plugins={"trace": "polyreel_trace"})
        within = either_hub.list([account("openai", server.url)])

    assert within.items == without.items
    assert "traceparent" not in server.requests[0].headers
    assert "traceparent" in server.requests[-1].headers


BAD_OBSERVER = """
from polyreel import hookimpl

@hookimpl
def polyreel_sent(account): raise RuntimeError("no disk left")
@hookimpl
def polyreel_answered(account): raise RuntimeError("no disk left")
@hookimpl
def polyreel_failed(account): raise RuntimeError("no disk left")
"""


def test_an_observer_that_fails_costs_nobody_an_item(
    either_hub: EitherHub, plugin_folder: Any, caplog: pytest.LogCaptureFixture
) -> None:
    plugin_folder.add("observer", {"bad_observer": BAD_OBSERVER}, plugins={"bad": "bad_observer"})
    with serve(openai) as server:
        result = either_hub.list([account("openai", server.url)])

    assert (len(result.items), result.error) == (130, None)
    assert "an observer failed in polyreel_sent" in caplog.text


ARCHIVE = """
from attrs import evolve
from polyreel import hookimpl

seen = []

@hookimpl(wrapper=True)
def polyreel_list(provider, kind):
    request = yield

    def read(answer):
        page = request.read(answer)
        seen.extend((provider, kind, item.uid) for item in page.items)
        return page

    return evolve(request, read=read)
"""


def test_a_wrapper_sees_what_is_read(either_hub: EitherHub, plugin_folder: Any) -> None:
    plugin_folder.add("archive", {"archive_plugin": ARCHIVE}, plugins={"archive": "archive_plugin"})
    with serve(openai) as one, serve(tavus) as other:
        accounts = [account("openai", one.url), account("tavus", other.url)]
        listed = either_hub.list(accounts)

    import archive_plugin

    assert {uid for _, _, uid in archive_plugin.seen} == {item.uid for item in listed.items}
    assert {provider for provider, _, _ in archive_plugin.seen} == {"openai", "tavus"}
