"""Several accounts: all are listed, and one's failure never costs another's results."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from polyreel import (
    Account,
    AuthenticationError,
    ConfigurationError,
    PartialFailure,
    Timeout,
    UnsupportedOperation,
)
from support.either_hub import QUICK, EitherHub, account
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    tavus_list,
    tavus_video,
)

OPENAI = [openai_video(number) for number in range(130)]
TAVUS = [tavus_video(number) for number in range(70)]


def test_items_of_all_accounts_come_each_in_its_accounts_order(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI)) as one, serve(tavus_list(TAVUS)) as two:
        result = either_hub.list(
            [account("openai", one.url), account("tavus", two.url, name="studio")]
        )

    by_account = {
        name: [item.id for item in result.items if item.account == name]
        for name in ("openai", "studio")
    }
    assert by_account == {
        "openai": [video["id"] for video in OPENAI],
        "studio": [video["video_id"] for video in TAVUS],
    }


@pytest.mark.fault("One account of several fails", "All items of the others, then `PartialFailure`")
def test_a_failing_account_is_raised_after_the_others_items(either_hub: EitherHub) -> None:
    def refuse(request: Request) -> Any:
        return Reply({"message": "Invalid access token"}, 401)

    with serve(openai_list(OPENAI)) as one, serve(refuse) as two:
        accounts = [account("openai", one.url), account("tavus", two.url)]
        raised = either_hub.list(accounts)
        skipped = either_hub.list(accounts, on_error="skip")

    assert len(raised.items) == len(skipped.items) == 130
    assert isinstance(raised.error, PartialFailure)
    assert "1 of 2 accounts failed: tavus" in str(raised.error)
    assert isinstance(raised.error.exceptions[0], AuthenticationError)
    assert skipped.error is None
    assert [type(error) for error in skipped.errors] == [AuthenticationError]


@pytest.mark.fault(
    "One account hangs", "The others' items come meanwhile; its `Timeout` at the end"
)
def test_a_hanging_account_doesnt_hold_up_the_others(either_hub: EitherHub) -> None:
    released = threading.Event()

    def hang(request: Request) -> Any:
        released.wait(20)
        return {}

    from attrs import evolve

    policy = evolve(QUICK, timeout=1.0, attempts=1)
    with serve(openai_list(OPENAI)) as one, serve(hang) as two:
        accounts = [account("tavus", two.url), account("openai", one.url)]
        result = either_hub.list(accounts, policy=policy)
        released.set()

    assert len(result.items) == 130
    assert isinstance(result.error, PartialFailure)
    assert isinstance(result.error.exceptions[0], Timeout)


def test_an_account_that_cant_be_used_fails_alone(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI)) as server:
        keyless = Account(name="tavus", provider="tavus")
        unknown = Account(name="acme", provider="acme", base_url=server.url)
        result = either_hub.list([keyless, unknown, account("openai", server.url)])

    assert len(result.items) == 130
    assert isinstance(result.error, PartialFailure)
    assert all(isinstance(error, ConfigurationError) for error in result.error.exceptions)
    assert "TAVUS_API_KEY" in str(result.error.exceptions[0])
    assert "polyreel-acme" in str(result.error.exceptions[1])


def test_providers_without_a_kind_are_left_out_unless_named(either_hub: EitherHub) -> None:
    replicas = [{"replica_id": "r1", "status": "completed"}]
    with serve(openai_list(OPENAI)) as one, serve(tavus_list(replicas)) as two:
        accounts = [account("openai", one.url), account("tavus", two.url)]
        result = either_hub.list(accounts, kind="replicas")
        with pytest.raises(UnsupportedOperation, match="OpenAI can't list replicas"):
            either_hub.list(accounts, kind="replicas", account="openai")

    assert [item.uid for item in result.items] == ["tavus:r1"]
    assert one.requests == []


def test_two_accounts_of_one_provider_are_told_apart(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI[:2])) as one, serve(openai_list(OPENAI[:3])) as two:
        accounts = [account("openai", one.url), account("openai", two.url, name="spare")]
        everything = either_hub.list(accounts, provider="openai")
        spare = either_hub.list(accounts, account="spare")
        with pytest.raises(ConfigurationError, match="several accounts"):
            either_hub.get(accounts, "video_0000", provider="openai")

    assert len({item.uid for item in everything.items}) == 5
    assert {item.account for item in spare.items} == {"spare"}


def test_without_any_account_the_error_says_what_to_set(either_hub: EitherHub) -> None:
    with pytest.raises(ConfigurationError, match=r"OPENAI_API_KEY.*TAVUS_API_KEY.*--sandbox"):
        either_hub.list([])


@pytest.mark.parametrize("uid", ["nobody:1", "no-colon"])
def test_a_uid_of_nobody_says_which_accounts_there_are(either_hub: EitherHub, uid: str) -> None:
    with pytest.raises(ConfigurationError, match="openai"):
        either_hub.get([account("openai", "http://127.0.0.1:9")], uid)
