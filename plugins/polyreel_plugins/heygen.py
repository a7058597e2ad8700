"""HeyGen v3: videos and avatars, by opaque token. Facts: developers.heygen.com, 2026-11-21."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

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
from polyreel.files import File, files_of
from polyreel.models import Item
from polyreel.provider import Lifecycle, Provider, Resource


@hookimpl
def polyreel_provider() -> Provider:
    """Describe HeyGen."""
    videos = {"folder_id": "a folder's id", "title": "a part of the title"}
    replicas = {"ownership": "public (HeyGen's) or private (your own)"}
    return Provider(
        name="heygen",
        title="HeyGen",
        base_url="https://api.heygen.com",
        auth=HeaderKey("x-api-key", env="HEYGEN_API_KEY"),
        resources={
            "videos": Resource(page_size=100, max_page_size=100, filters=videos),
            "replicas": Resource(page_size=50, max_page_size=50, filters=replicas),
        },
        lifecycle=Lifecycle(retrieved=date(2026, 7, 21)),
        client="polyreel_clients.heygen",
        docs="https://developers.heygen.com/reference",
    )


@hookimpl
def polyreel_list(kind: str, query: ListQuery) -> Request[Page[Any]]:
    """Ask for the page that a token stands for; the first one without."""
    from polyreel_clients.heygen.api.avatars import list_avatar_groups
    from polyreel_clients.heygen.api.videos import list_videos

    read = paging.by_token(fields(kind), "data", next="next_token", more="has_more")
    page = {"limit": query.page_size, "token": query.cursor, **query.filters}
    if kind == "videos":
        return Request.of(list_videos, **page, read=read)
    return Request.of(list_avatar_groups, **page, read=read)


@hookimpl
def polyreel_get(kind: str, id: str) -> Request[Any]:
    """Ask for one item."""
    from polyreel_clients.heygen.api.avatars import get_avatar_group
    from polyreel_clients.heygen.api.videos import get_video

    if kind == "videos":
        return Request.of(get_video, video_id=id, read=lambda it: it.item(fields(kind), "data"))
    return Request.of(get_avatar_group, group_id=id, read=lambda it: it.item(fields(kind), "data"))


@hookimpl
def polyreel_files(kind: str, item: Item) -> tuple[File, ...] | None:
    """Name the captions, and the video that has them in its picture."""
    if kind != "videos":
        return None
    video, captions = (item.raw.get(name) for name in ("captioned_video_url", "subtitle_url"))
    return files_of(item, [("video", video), ("captions", captions)])


@cache
def fields(kind: str) -> FieldMap[Any, Any]:
    """Map a video, or an avatar: HeyGen's own avatars have no status, being always ready."""
    from polyreel_clients.heygen.models import AvatarGroupItem, VideoDetail

    video = FieldMap(
        Video,
        VideoDetail,
        id="id",
        fields={
            "title": lambda it: it.title,
            "provider_status": lambda it: it.status,
            "created_at": lambda it: it.created_at,
            "completed_at": lambda it: it.completed_at,
            "duration": lambda it: it.duration,
            "download_url": lambda it: it.video_url,
            "page_url": lambda it: it.video_page_url,
            "thumbnail_url": lambda it: it.thumbnail_url,
            "preview_url": lambda it: it.gif_url,
            "error": lambda it: it.failure_message or it.failure_code,
        },
    )
    avatar = FieldMap(
        Replica,
        AvatarGroupItem,
        id="id",
        fields={
            "title": lambda it: it.name,
            "status": lambda it: it.status or "ready",
            "provider_status": lambda it: it.status,
            "created_at": lambda it: it.created_at,
            "thumbnail_url": lambda it: it.preview_image_url,
            "preview_url": lambda it: it.preview_video_url,
            "error": lambda it: it.error and it.error.message,
        },
    )
    return video if kind == "videos" else avatar
