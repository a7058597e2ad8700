"""Synthesia: videos, by offset. Facts: api.synthesia.io/api/openapi/swagger.json, 2026-11-25."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.synthesia.models import VideoResponse


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Synthesia."""
    filters = {"source": "workspace, shared_with_me or my_videos; in Python, several"}
    return Provider(
        name="synthesia",
        title="Synthesia",
        base_url="https://api.synthesia.io",
        auth=HeaderKey("Authorization", env="SYNTHESIA_API_KEY"),
        resources={"videos": Resource(page_size=100, max_page_size=100, filters=filters)},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="lists what the key's owner can see, without drafts; the key needs the scope "
            "Legacy (v2), and a wrong one is refused with status 403",
        ),
        client="polyreel_clients.synthesia",
        docs="https://docs.synthesia.io/reference/list-videos",
        wrong_key=frozenset({401, 403}),
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of videos."""
    from polyreel_clients.synthesia.api.videos import list_videos

    read = paging.by_offset(video_fields(), "videos", next="nextOffset")
    asked = Request.of(list_videos, limit=query.page_size, offset=query.cursor, read=read)
    return asked.with_params(query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one video."""
    from polyreel_clients.synthesia.api.videos import get_video

    return Request.of(get_video, video_id=id, read=lambda response: response.item(video_fields()))


@cache
def video_fields() -> FieldMap[Video, VideoResponse]:
    """Map a video; its prompt is the script of all scenes."""
    from polyreel_clients.synthesia.models import VideoResponse

    def prompt(it: VideoResponse) -> str:
        return "\n".join(one.script_text for one in it.input_ or () if one and one.script_text)

    return FieldMap(
        Video,
        VideoResponse,
        id="id",
        same=("title", "created_at", "duration"),
        fields={
            "prompt": prompt,
            "provider_status": lambda it: it.status,
            "updated_at": lambda it: it.last_updated_at,
            "download_url": lambda it: it.download,
            "thumbnail_url": lambda it: it.thumbnail and it.thumbnail.image,
            "preview_url": lambda it: it.thumbnail and it.thumbnail.gif,
        },
    )
