"""What users' types come out as; read by the type checker alone, never run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, assert_type

from polyreel import (
    Account,
    AsyncCollection,
    AsyncHub,
    AsyncListing,
    Bearer,
    Collection,
    FieldMap,
    HeaderKey,
    Hub,
    Item,
    Kind,
    Listing,
    ListOptions,
    ListQuery,
    NotFound,
    OnError,
    Order,
    Page,
    PartialFailure,
    Policy,
    PolyreelError,
    Provider,
    RateLimited,
    Registry,
    Replica,
    Request,
    Resource,
    Response,
    Status,
    Video,
    hookimpl,
)


def listing(hub: Hub) -> None:
    assert_type(hub.videos.list(), Listing[Video])
    assert_type(hub.replicas.list(provider="tavus", limit=5), Listing[Replica])
    for video in hub.videos.list(status="ready", order="desc", filters={"a": "b"}):
        assert_type(video, Video)
    for page in hub.videos.list(status=[Status.READY, "failed"]).pages():
        assert_type(page, Page[Video])
        assert_type(page.items, tuple[Video, ...])
        assert_type(page.next, str | None)
        assert_type(page.total, int | None)
    assert_type(hub.replicas.list().pages(), Iterator[Page[Replica]])
    assert_type(hub.videos.list().cursor, str | None)
    assert_type(hub.videos.list(on_error="skip").errors, list[PolyreelError])


def asking(hub: Hub, kind: Kind, order: Order, on_error: OnError) -> None:
    collection: Collection[Video] = hub.videos
    collection.list(
        provider=["tavus", "openai"],
        account=("work", "old"),
        exclude={"spare"},
        status={Status.READY},
        since=timedelta(days=7),
        until=date(2026, 11, 20),
        order=order,
        on_error=on_error,
    )
    collection.list(since="7d", until=datetime(2026, 11, 20, tzinfo=UTC))
    print(kind, repr(hub), collection.list().accounts)


def getting(hub: Hub) -> None:
    assert_type(hub.videos.get("tavus:1"), Video)
    assert_type(hub.replicas.get("1", provider="tavus"), Replica)


async def asynchronously(hub: AsyncHub) -> None:
    assert_type(hub.videos.list(), AsyncListing[Video])
    collection: AsyncCollection[Replica] = hub.replicas
    assert_type(collection.list(since="7d"), AsyncListing[Replica])
    async for video in hub.videos.list(limit=5):
        assert_type(video, Video)
    assert_type(hub.replicas.list().pages(), AsyncGenerator[Page[Replica], None])
    assert_type(await hub.videos.get("tavus:1"), Video)
    async with AsyncHub([Account(name="tavus", provider="tavus", key="k")]) as made:
        assert_type(made, AsyncHub)


def hubs() -> None:
    with Hub(policy=Policy(attempts=2), registry=Registry()) as hub:
        assert_type(hub, Hub)
        assert_type(hub.accounts, Mapping[str, Account])
        assert_type(hub.providers, list[Provider])


def fields(video: Video, replica: Replica) -> None:
    assert_type(video.uid, str)
    assert_type(video.id, str)
    assert_type(video.status, Status)
    assert_type(video.provider_status, str | None)
    assert_type(video.title, str | None)
    assert_type(video.progress, float | None)
    assert_type(video.created_at, datetime | None)
    assert_type(video.duration, float | None)
    assert_type(video.width, int | None)
    assert_type(video.download_url, str | None)
    assert_type(video.raw, Mapping[str, Any])
    assert_type(video.as_dict(), dict[str, Any])
    assert_type(replica.type, str | None)
    item: Item = replica
    assert_type(item.preview_url, str | None)


def errors(hub: Hub) -> None:
    try:
        hub.videos.get("tavus:1")
    except RateLimited as error:
        assert_type(error.retry_after, float | None)
        assert_type(error.retryable, bool)
    except NotFound as error:
        assert_type(error.status_code, int | None)
        assert_type(error.resume, str | None)
    except PartialFailure as group:
        assert_type(group.exceptions, tuple[PolyreelError, ...])


def mistakes(hub: Hub, video: Video, page: Page[Video]) -> None:
    hub.videos.list(limits=5)  # type: ignore[call-arg]
    hub.videos.list(limit="5")  # type: ignore[arg-type]
    hub.videos.list(order="newest")  # type: ignore[arg-type]
    hub.videos.list(on_error="ignore")  # type: ignore[arg-type]
    hub.videos.list(since=7)  # type: ignore[arg-type]
    hub.videos.list(provider=7)  # type: ignore[arg-type]
    hub.videos.list(cursor=3)  # type: ignore[arg-type]
    hub.videos.get(None)  # type: ignore[arg-type]
    Hub("tavus")  # type: ignore[arg-type]
    hub.videos.get()  # type: ignore[call-arg]
    print(video.titel)  # type: ignore[attr-defined]
    page.items = ()  # type: ignore[misc]


def options() -> ListOptions:
    return {"status": "ready", "limit": 5, "filters": {"replica_type": "system"}}


# A plugin, as somebody outside writes it.


class AcmeVideo:
    """A model of a generated client."""

    name: str

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> AcmeVideo:
        """Make the model of the JSON object that came."""
        raise NotImplementedError(src_dict)


FIELDS = FieldMap(Video, AcmeVideo, id="id", fields={"title": lambda it: it.name})


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Build a request by hand; its reader is held to what it promises."""
    assert_type(query.cursor, str | None)
    assert_type(query.page_size, int)
    return Request(method="GET", path="/videos", params={"limit": query.page_size}, read=read_page)


def read_page(response: Response) -> Page[Video]:
    """Read a page with a field map."""
    items = response.items(FIELDS, "data")
    assert_type(items, tuple[Video, ...])
    assert_type(response.item(FIELDS), Video)
    return Page(items=items)


def auth() -> None:
    assert_type(Bearer(env="ACME_API_KEY"), HeaderKey)
    assert_type(Resource().can_list, bool)


def frozen(video: Video) -> None:
    """A checker says what the item would say at run time."""
    video.title = "another"  # type: ignore[misc]


def made_by_hand() -> None:
    """Fields take any shape that a provider may send; names are held to those that there are."""
    assert_type(Video(provider="acme", account="work", id=7, duration="8s").duration, float | None)
    Video(provider="acme", account="work", id=7, titel="One")  # type: ignore[call-arg]
    Replica(provider="acme", account="work")  # type: ignore[call-arg]
