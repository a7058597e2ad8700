"""Several accounts: all are listed, and one's failure never costs another's results."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from attrs import evolve
from polyreel import (
    Account,
    AuthenticationError,
    ConfigurationError,
    PaginationError,
    PartialFailure,
    Timeout,
    UnsupportedOperation,
    UnsupportedOption,
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
    assert "no provider named 'acme'" in str(result.error.exceptions[1])


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


# One listing of several accounts


def made_at(*minutes: int) -> list[dict[str, Any]]:
    """Videos made so many minutes before another, newest first."""
    return [openai_video(minute) for minute in minutes]


def slow(respond: Any, seconds: float) -> Any:
    def late(request: Request) -> Any:
        time.sleep(seconds)
        return respond(request)

    return late


@pytest.mark.fault(
    "Several accounts, with a limit or an order",
    "The newest of all, or all by time; the same whoever answers first",
)
@pytest.mark.parametrize("slower", ["one", "two"])
def test_a_limit_gives_the_newest_of_all_accounts_whoever_answers_first(
    either_hub: EitherHub, slower: str
) -> None:
    lists = {"one": openai_list(made_at(0, 3, 4, 9)), "two": openai_list(made_at(1, 2, 5, 6))}
    lists[slower] = slow(lists[slower], 0.2)
    with serve(lists["one"]) as one, serve(lists["two"]) as two:
        accounts = [account("openai", one.url), account("openai", two.url, name="spare")]
        first = either_hub.list(accounts, limit=5)
        rest = either_hub.list(accounts, cursor=first.cursor)
        everything = either_hub.list(accounts, order="desc")
        oldest = either_hub.list(accounts, order="asc", limit=3)

    ids = [f"video_{number:04}" for number in (0, 1, 2, 3, 4, 5, 6, 9)]
    assert first.ids == ids[:5]
    assert sorted(rest.ids) == ids[5:]
    assert everything.ids == ids
    assert oldest.ids == ids[:-4:-1]


@pytest.mark.fault(
    "One account hangs, in a listing by time", "The others wait for its `Timeout`, then come"
)
def test_a_hanging_account_holds_a_merged_listing_up_for_its_deadline_only(
    either_hub: EitherHub,
) -> None:
    released = threading.Event()

    def hang(request: Request) -> Any:
        released.wait(20)
        return {}

    policy = evolve(QUICK, timeout=0.5, attempts=1)
    with serve(openai_list(made_at(0, 1, 2))) as one, serve(hang) as two:
        accounts = [account("openai", two.url, name="hung"), account("openai", one.url)]
        begin = time.monotonic()
        result = either_hub.list(accounts, policy=policy, limit=2)
        took = time.monotonic() - begin
        released.set()

    assert result.ids == ["video_0000", "video_0001"]
    assert result.cursor is not None
    assert 0.5 <= took < 5
    assert [(type(error), error.account) for error in result.errors] == [(Timeout, "hung")]


def test_accounts_whose_order_nobody_knows_come_last_and_are_refused_when_named(
    either_hub: EitherHub, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(tavus_list(TAVUS[:3])) as one, serve(openai_list(made_at(0, 1))) as two:
        accounts = [account("tavus", one.url), account("openai", two.url)]
        by_limit = either_hub.list(accounts, limit=4)
        assert caplog.text == ""
        by_order = either_hub.list(accounts, order="asc")
        assert "Tavus can't list videos in order 'asc'" in caplog.text
        assert "come last" in caplog.text
        for named in ({"provider": ["tavus", "openai"]}, {"account": "tavus"}):
            with pytest.raises(UnsupportedOption, match="Tavus can't list videos in order"):
                either_hub.list(accounts, order="desc", **named)

    tavus = [row["video_id"] for row in TAVUS[:3]]
    assert by_limit.ids == ["video_0000", "video_0001", *tavus[:2]]
    assert by_order.ids == ["video_0001", "video_0000", *tavus]


def test_accounts_are_chosen_by_several_names_and_left_out(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI[:1])) as one, serve(tavus_list(TAVUS[:1])) as two:
        accounts = [
            account("openai", one.url),
            account("openai", one.url, name="spare"),
            account("tavus", two.url),
        ]

        def asked(**options: Any) -> set[str]:
            return {item.account for item in either_hub.list(accounts, **options).items}

        assert asked(provider=["openai", "tavus"]) == {"openai", "spare", "tavus"}
        assert asked(provider="openai") == {"openai", "spare"}
        assert asked(account=["spare", "tavus"]) == {"spare", "tavus"}
        assert asked(provider="openai", account="spare") == {"spare"}
        assert asked(exclude="spare") == {"openai", "tavus"}
        assert asked(exclude=["openai"]) == {"tavus"}, "a provider's name means all its accounts"
        for options, said in (
            ({"account": ["spare", "nobody"]}, "no account 'nobody'"),
            ({"provider": "tavus", "account": "spare"}, "one of openai, not tavus"),
            ({"provider": ["openai", "tavus"], "account": "spare"}, "is one of tavus"),
            ({"exclude": "nobody"}, "'nobody' is neither an account"),
            ({"exclude": ["openai", "tavus"]}, "no account is left"),
        ):
            with pytest.raises(ConfigurationError, match=said):
                asked(**options)


# An order that is asked for, and not kept


@pytest.mark.fault(
    "`order` is dropped by the server",
    "`PaginationError`, before anything of the wrong end is delivered",
)
@pytest.mark.parametrize("limit", [None, 1, 3])
@pytest.mark.parametrize("keeps", ["nothing", "limit", "limit and after"])
def test_a_server_that_drops_the_order_is_found_out(
    either_hub: EitherHub, keeps: str, limit: int | None
) -> None:
    good = openai_list(OPENAI[:30])

    def respond(request: Request) -> Any:
        kept = {name: value for name, value in request.query.items() if name in keeps}
        return good(evolve_query(request, {"limit": "100", **kept}))

    with serve(respond) as server:
        accounts = [account("openai", server.url)]
        wrong = either_hub.list(accounts, order="asc", limit=limit)
        right = either_hub.list(accounts, order="desc", limit=limit)
        either = either_hub.list(accounts, limit=limit)

    assert isinstance(wrong.error, PaginationError)
    assert "doesn't keep the order 'asc'" in str(wrong.error)
    assert wrong.ids == []
    newest = [video["id"] for video in OPENAI[: limit or 30]]
    if limit is not None or keeps != "limit":  # else it also ignores where to go on
        assert (right.ids, either.ids) == (newest, newest)


def evolve_query(request: Request, query: dict[str, str]) -> Request:
    return Request(request.path, query, request.headers, request.number)
