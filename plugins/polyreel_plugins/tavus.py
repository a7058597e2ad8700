"""Tavus: videos and replicas, by page number. Facts: docs.tavus.io, 2026-11-21."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from polyreel import (
    FieldMap,
    ListQuery,
    Page,
    Replica,
    Request,
    Video,
    hookimpl,
    paging,
)
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.tavus.models import Replica as TavusReplica, Video as TavusVideo


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Tavus."""
    return Provider(
        name="tavus",
        title="Tavus",
        base_url="https://tavusapi.com",
        auth=HeaderKey("x-api-key", env="TAVUS_API_KEY"),
        resources={
            "videos": Resource(page_size=50),
            "replicas": Resource(
                page_size=50,
                filters={
                    "replica_type": "user or system",
                    "replica_ids": "ids, separated by commas",
                    "verbose": "true (as usual) or false",
                },
            ),
        },
        lifecycle=Lifecycle(retrieved=date(2026, 11, 21)),
        client="polyreel_clients.tavus",
        docs="https://docs.tavus.io/api-reference",
    )


@hookimpl
def polyreel_list(kind: str, query: ListQuery) -> Request[Page[Any]]:
    """Ask for a page by its number; the first one without, since documents and servers disagree on it."""
    from polyreel_clients.tavus.api.replicas import list_replicas
    from polyreel_clients.tavus.api.videos import list_videos

    page: dict[str, Any] = {"limit": query.page_size, "page": query.cursor}
    if kind == "videos":
        return Request.of(
            list_videos, **page, read=paging.by_number(video_fields(), "data", total="total_count")
        )
    page |= {"verbose": True, **query.filters}
    return Request.of(
        list_replicas, **page, read=paging.by_number(replica_fields(), "data", total="total_count")
    )


@hookimpl
def polyreel_get(kind: str, id: str) -> Request[Any]:
    """Ask for one item with all that Tavus tells about it; 400 is how it says that there is none."""
    from polyreel_clients.tavus.api.replicas import get_replica
    from polyreel_clients.tavus.api.videos import get_video

    more: dict[str, Any] = {"verbose": True, "missing": frozenset({400, 404})}
    if kind == "videos":
        return Request.of(get_video, video_id=id, **more, read=lambda it: it.item(video_fields()))
    return Request.of(get_replica, replica_id=id, **more, read=lambda it: it.item(replica_fields()))


@cache
def video_fields() -> FieldMap[Video, TavusVideo]:
    """Map a video of a list or of its own; what only one of them has is None in the other."""
    from polyreel_clients.tavus.models import Video as TavusVideo

    def error(it: TavusVideo) -> object:
        return it.error_details or (it.status_details if it.status == "error" else None)

    return FieldMap(
        Video,
        TavusVideo,
        id="video_id",
        fields={
            "title": lambda it: it.video_name,
            "prompt": lambda it: it.data.script if it.data else None,
            "provider_status": lambda it: it.status,
            "progress": lambda it: it.generation_progress,
            "created_at": lambda it: it.created_at,
            "updated_at": lambda it: it.updated_at,
            "download_url": lambda it: it.download_url,
            "stream_url": lambda it: it.stream_url,
            "page_url": lambda it: it.hosted_url,
            "thumbnail_url": lambda it: it.still_image_thumbnail_url,
            "preview_url": lambda it: it.gif_thumbnail_url,
            "error": error,
        },
    )


@cache
def replica_fields() -> FieldMap[Replica, TavusReplica]:
    """Map a replica of a list or of its own."""
    from polyreel_clients.tavus.models import Replica as TavusReplica

    return FieldMap(
        Replica,
        TavusReplica,
        id="replica_id",
        fields={
            "title": lambda it: it.replica_name,
            "type": lambda it: it.replica_type,
            "provider_status": lambda it: it.status,
            "progress": lambda it: it.training_progress,
            "created_at": lambda it: it.created_at,
            "updated_at": lambda it: it.updated_at,
            "preview_url": lambda it: it.thumbnail_video_url,
        },
    )
