"""Tavus: videos and replicas, now also called faces, by page number. Facts: docs.tavus.io, 2026-11-25."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from polyreel import FieldMap, ListQuery, Page, Replica, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Tavus."""
    filters = {
        "replica_type": "user or system",
        "replica_ids": "ids, separated by commas",
        "model_name": "the model that they were trained for, such as phoenix-4",
        "verbose": "true (as usual) or false",
    }
    replicas = Resource(page_size=50, filters=filters)
    return Provider(
        name="tavus",
        title="Tavus",
        base_url="https://tavusapi.com",
        auth=HeaderKey("x-api-key", env="TAVUS_API_KEY"),
        resources={"videos": Resource(page_size=50), "replicas": replicas},
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
    read = paging.by_number(fields(kind), "data", total="total_count")
    if kind == "replicas":
        return Request.of(list_replicas, **{**page, "verbose": True, **query.filters}, read=read)
    return Request.of(list_videos, **page, read=read)


@hookimpl
def polyreel_get(kind: str, id: str) -> Request[Any]:
    """Ask for one item with all that Tavus tells about it; 400 is how it says that there is none."""
    from polyreel_clients.tavus.api.replicas import get_replica
    from polyreel_clients.tavus.api.videos import get_video

    more: dict[str, Any] = {"verbose": True, "missing": frozenset({400, 404})}
    if kind == "videos":
        return Request.of(get_video, video_id=id, **more, read=lambda it: it.item(fields(kind)))
    return Request.of(get_replica, replica_id=id, **more, read=lambda it: it.item(fields(kind)))


@cache
def fields(kind: str) -> FieldMap[Any, Any]:
    """Map a video or replica, of a list or of its own; what only one of them has is else None."""
    from polyreel_clients.tavus.models import Replica as TavusReplica, Video as TavusVideo

    if kind == "videos":
        return FieldMap(
            Video,
            TavusVideo,
            id="video_id",
            same=("created_at", "updated_at", "download_url", "stream_url"),
            fields={
                "title": lambda it: it.video_name,
                "prompt": lambda it: it.data.script if it.data else None,
                "provider_status": lambda it: it.status,
                "progress": lambda it: it.generation_progress,
                "page_url": lambda it: it.hosted_url,
                "thumbnail_url": lambda it: it.still_image_thumbnail_url,
                "preview_url": lambda it: it.gif_thumbnail_url,
                "error": lambda it: (
                    it.error_details or (it.status == "error" and it.status_details)
                ),
            },
        )
    return FieldMap(
        Replica,
        TavusReplica,
        id=("replica_id", "face_id"),
        same=("created_at", "updated_at"),
        fields={
            "title": lambda it: it.replica_name or it.face_name,
            "type": lambda it: it.replica_type or it.face_type,
            "provider_status": lambda it: it.status,
            "progress": lambda it: it.training_progress,
            "preview_url": lambda it: it.thumbnail_video_url,
            "error": lambda it: it.error_message,
        },
    )
