"""One account's several lists are one listing; its items are got from the list that their id names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from polyreel import Account, InvalidRequest, NotFound
from support.either_hub import EitherHub
from support.servers import Reply, Request, Server, serve

if TYPE_CHECKING:
    from conftest import PluginFolder

PLUGIN = """
from datetime import date
from polyreel import (
    Bearer, Lifecycle, Page, Provider, Request, Resource, Video, hookimpl,
)

@hookimpl
def polyreel_provider():
    videos = Resource(
        collections=("talks", "clips"), newest_first=True, time_filters=("since",), page_size=2
    )
    return Provider(
        name="acme", title="Acme", base_url="https://acme.example", auth=Bearer(),
        resources={"videos": videos}, lifecycle=Lifecycle(retrieved=date(2026, 1, 1)),
        client="acme_client", docs="https://acme.example/docs",
    )

def video(response, row):
    return Video(
        provider="acme", account=response.account, id=f"{response.collection}/{row['id']}",
        created_at=row["made"],
    )

@hookimpl
def polyreel_list(query, collection):
    def read(response):
        items = tuple(video(response, row) for row in response.data["rows"])
        return Page(items=items, next=response.data["next"], more=bool(response.data["next"]))

    since = query.since and query.since.isoformat()
    params = {"size": query.page_size, "at": query.cursor, "since": since, "until": query.until}
    return Request(method="GET", path=f"/{collection}", params=params, read=read)

@hookimpl
def polyreel_get(id, collection):
    return Request(
        method="GET", path=f"/{collection}/{id}", read=lambda it: video(it, it.data)
    )
"""

HOURS = {"talks": [20, 18, 16, 4], "clips": [19, 17, 15, 14, 3]}


def respond(request: Request) -> Any:
    """Serve two lists of films by offset; each was made at an hour of one day."""
    _, name, *rest = request.path.split("/")
    rows = [
        {"id": f"{name[0]}{hour}", "made": f"2026-11-20T{hour:02}:00:00Z"} for hour in HOURS[name]
    ]
    if rest:
        found = [row for row in rows if row["id"] == rest[0]]
        return found[0] if found else Reply({"error": "not there"}, 404)
    start, size = int(request.query.get("at", 0)), int(request.query["size"])
    end = start + size
    return {"rows": rows[start:end], "next": str(end) if end < len(rows) else None}


@pytest.fixture
def acme(plugin_folder: PluginFolder) -> Iterator[tuple[Server, list[Account]]]:
    plugin_folder.add("polyreel-acme", {"acme_plugin": PLUGIN}, providers={"acme": "acme_plugin"})
    with serve(respond) as server:
        yield server, [Account(name="acme", provider="acme", base_url=server.url)]


ALL = ["t20", "c19", "t18", "c17", "t16", "c15", "c14", "t4", "c3"]


def names(ids: list[str]) -> list[str]:
    return [id.partition("/")[2] for id in ids]


def test_the_several_lists_of_one_account_are_one_listing(
    either_hub: EitherHub, acme: tuple[Server, list[Account]]
) -> None:
    _, accounts = acme
    assert sorted(names(either_hub.list(accounts).ids)) == sorted(ALL)
    assert names(either_hub.list(accounts, order="desc").ids) == ALL
    assert {id.partition("/")[0] for id in either_hub.list(accounts).ids} == {"talks", "clips"}


@pytest.mark.parametrize("limit", [1, 3, 4, 9])
def test_a_cursor_holds_where_each_of_an_accounts_lists_stands(
    either_hub: EitherHub, acme: tuple[Server, list[Account]], limit: int
) -> None:
    _, accounts = acme
    found: list[str] = []
    cursor = None
    while True:
        part = either_hub.list(accounts, limit=limit, cursor=cursor)
        found += names(part.ids)
        cursor = part.cursor
        if cursor is None:
            break
    assert found == ALL


def test_a_time_filter_that_a_provider_declares_is_sent_and_the_other_bound_is_cut_here(
    either_hub: EitherHub, acme: tuple[Server, list[Account]]
) -> None:
    server, accounts = acme
    window = {"since": "2026-11-20T15:00Z", "until": "2026-11-20T18:00Z"}
    result = either_hub.list(accounts, **window)
    assert sorted(names(result.ids)) == ["c15", "c17", "t16"]
    assert {query.get("since") for query in server.queries} == {"2026-11-20T15:00:00+00:00"}
    assert all("until" not in query for query in server.queries)


def test_an_item_is_asked_for_in_the_list_that_its_id_names(
    either_hub: EitherHub, acme: tuple[Server, list[Account]]
) -> None:
    server, accounts = acme
    assert either_hub.get(accounts, "acme:talks/t18").id == "talks/t18"
    assert server.requests[-1].path == "/talks/t18"
    for id in ("acme:t18", "acme:films/t18", "acme:talks/", "acme:talks/.."):
        with pytest.raises(InvalidRequest, match="no item of account 'acme' has the id"):
            either_hub.get(accounts, id)
    assert len(server.requests) == 1


def test_an_id_may_begin_with_the_name_of_its_account(either_hub: EitherHub) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Any:
        asked.append(request.path)
        return Reply({"error": {"message": "none"}}, 404)

    with serve(answer) as server:
        accounts = [Account(name="openai", provider="openai", base_url=f"{server.url}/v1")]
        with pytest.raises(NotFound):
            either_hub.get(accounts, "openai:openai:video_1")
    assert [unquote(path) for path in asked] == ["/v1/videos/openai:video_1"]
