"""A key is seen by its provider and by nobody else, whatever goes wrong."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import pytest
from polyreel import Account
from support.either_hub import QUICK, EitherHub
from support.servers import Reply, Request, openai_list, openai_video, serve

KEY = "sk-very-secret-0123456789abcdef"


def broken() -> dict[str, Any]:
    return {
        "echoed in a 401": Reply({"error": {"message": f"bad key {KEY}"}}, 401),
        "echoed in HTML": Reply(f"<html>{KEY}</html>"),
        "echoed in JSON": Reply({"data": KEY}),
        "echoed at the excerpt's edge": Reply("x" * 290 + KEY),
        "echoed in a header": Reply("", 500, {"x-request-id": KEY}),
        "echoed in a redirect": Reply("", 302, {"Location": f"https://other.example/{KEY}"}),
        "connection lost": Reply(raw=lambda wire: None),
    }


@pytest.mark.parametrize("how", broken())
def test_no_error_log_or_traceback_shows_the_key(
    either_hub: EitherHub, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(lambda request: broken()[how]) as server:
        account = Account(name="openai", provider="openai", key=KEY, base_url=server.url)
        result = either_hub.list([account])

    assert result.error is not None
    shown = [
        str(result.error),
        repr(result.error),
        repr(vars(result.error)),
        "".join(traceback.format_exception(result.error)),
        caplog.text,
        repr(account),
    ]
    assert not [text for text in shown if KEY in text]


def test_the_libraries_below_log_no_key_either(
    either_hub: EitherHub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(openai_list([openai_video(1)])) as server:
        either_hub.list([Account(name="openai", provider="openai", key=KEY, base_url=server.url)])

    assert "httpcore" in {record.name.split(".")[0] for record in caplog.records}
    assert KEY not in caplog.text


@pytest.mark.parametrize("header", ["x-api-key", "authorization"])
def test_no_second_origin_ever_sees_the_key(either_hub: EitherHub, header: str) -> None:
    from polyreel import HeaderKey

    with serve(lambda request: {"data": []}) as other:

        def away(request: Request) -> Any:
            return Reply("", 308, {"Location": f"{other.url}/videos"})

        with serve(away) as home:
            account = Account(
                name="a", provider="openai", key=KEY, base_url=home.url, auth=HeaderKey(header)
            )
            result = either_hub.list([account], policy=QUICK)

    assert result.error is not None
    assert other.requests == []
