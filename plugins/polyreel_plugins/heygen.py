"""HeyGen v3: videos, avatars and their looks, by token. Facts: developers.heygen.com, 2026-11-21."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from polyreel import FieldMap, ListQuery, Page, Replica, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.files import File, files_of
from polyreel.models import Item
from polyreel.provider import Lifecycle, Provider, Resource


@hookimpl
def polyreel_provider() -> Provider:
    """Describe HeyGen; a video is made with one of an avatar's looks."""
    filters = {"folder_id": "a folder's id", "title": "a part of the title"}
    videos = Resource(page_size=100, max_page_size=100, filters=filters)
    own = {"ownership": "public (HeyGen's) or private (your own)"}
    avatars = Resource(page_size=50, max_page_size=50, filters=own, collections=("", "looks"))
    return Provider(
        name="heygen",
        title="HeyGen",
        base_url="https://api.heygen.com",
        auth=HeaderKey("x-api-key", env="HEYGEN_API_KEY"),
        resources={"videos": videos, "replicas": avatars},
        lifecycle=Lifecycle(retrieved=date(2026, 7, 21)),
        client="polyreel_clients.heygen",
        docs="https://developers.heygen.com/reference",
    )


@hookimpl
def polyreel_list(kind: str, query: ListQuery, collection: str) -> Request[Page[Any]]:
    """Ask for the page that a token stands for; the first one without."""
    from polyreel_clients.heygen.api.avatars import list_avatar_groups, list_avatar_looks
    from polyreel_clients.heygen.api.videos import list_videos

    avatars = list_avatar_looks if collection else list_avatar_groups
    page: dict[str, Any] = {"limit": query.page_size, "token": query.cursor, **query.filters}
    read = paging.by_token(fields(kind, collection), "data", next="next_token", more="has_more")
    return Request.of(list_videos if kind == "videos" else avatars, **page, read=read)


@hookimpl
def polyreel_get(kind: str, id: str, collection: str) -> Request[Any]:
    """Ask for one item."""
    from polyreel_clients.heygen.api.avatars import get_avatar_group, get_avatar_look
    from polyreel_clients.heygen.api.videos import get_video

    item = fields(kind, collection)
    if kind == "videos":
        return Request.of(get_video, video_id=id, read=lambda it: it.item(item, "data"))
    if collection:
        return Request.of(get_avatar_look, look_id=id, read=lambda it: it.item(item, "data"))
    return Request.of(get_avatar_group, group_id=id, read=lambda it: it.item(item, "data"))


@hookimpl
def polyreel_files(kind: str, item: Item) -> tuple[File, ...] | None:
    """Name the captions, and the video that has them in its picture."""
    video, captions = (item.raw.get(name) for name in ("captioned_video_url", "subtitle_url"))
    return files_of(item, [("video", video), ("captions", captions)]) if kind == "videos" else None


@cache
def fields(kind: str, collection: str) -> FieldMap[Any, Any]:
    """Map a video, an avatar or a look; HeyGen's own avatars have no status, being always ready."""
    from polyreel_clients.heygen.models import AvatarGroupItem, Look, VideoDetail

    if kind == "videos":
        return FieldMap(
            Video,
            VideoDetail,
            id="id",
            same=("title", "created_at", "completed_at", "duration", "thumbnail_url"),
            fields={
                "provider_status": lambda it: it.status,
                "download_url": lambda it: it.video_url,
                "page_url": lambda it: it.video_page_url,
                "preview_url": lambda it: it.gif_url,
                "error": lambda it: it.failure_message or it.failure_code,
            },
        )
    return FieldMap(
        Replica,
        Look if collection else AvatarGroupItem,
        id="id",
        same=("error",) if collection else ("created_at", "error"),
        fields={
            "title": lambda it: it.name,
            "status": lambda it: it.status or "ready",
            "provider_status": lambda it: it.status,
            "thumbnail_url": lambda it: it.preview_image_url,
            "preview_url": lambda it: it.preview_video_url,
        },
    )
