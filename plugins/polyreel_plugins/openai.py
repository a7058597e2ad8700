"""Servers with OpenAI's ``/v1/videos``, each with something left out or added.

Facts: platform.openai.com and the servers' sources, 2026-11-21.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from polyreel import FieldMap, ListQuery, Page, Request, Video, below, convert, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.files import File, files_of
from polyreel.models import Item, Status
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.openai.models import Video as OpenAIVideo


@hookimpl
def polyreel_provider() -> Provider:
    """Describe OpenAI-style servers."""
    # The newest come first by default at SGLang and vLLM-Omni (their sources, 2026-11-21).
    videos = Resource(orders=("asc", "desc"), page_size=100, max_page_size=100, newest_first=True)
    return Provider(
        name="openai",
        title="OpenAI",
        base_url="https://api.openai.com/v1",
        auth=Bearer(env="OPENAI_API_KEY"),
        resources={"videos": videos},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 21),
            sunset=date(2026, 9, 24),
            note="OpenAI's own video API ended on 2026-09-24; other servers go on: set OPENAI_BASE_URL",
        ),
        client="polyreel_clients.openai",
        docs="https://platform.openai.com/docs/api-reference/videos",
        hints={
            "litellm": "LiteLLM's proxy has to be told whose video it is: let OPENAI_BASE_URL end in "
            "?custom_llm_provider=openai",
        },
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for the videos after the last one of the page before."""
    from polyreel_clients.openai.api.videos import list_videos

    page: dict[str, Any] = {"limit": query.page_size, "order": query.order, "after": query.cursor}
    read = paging.by_last_id(video_fields(), "data", more="has_more")
    return Request.of(list_videos, **page, read=read)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one video; vLLM-Omni sends a failed one with the status of its failure."""
    from polyreel_clients.openai.api.videos import get_video

    return Request.of(
        get_video, video_id=id, item_in_error=True, read=lambda it: it.item(video_fields())
    )


@hookimpl
def polyreel_files(item: Item) -> tuple[File, ...]:
    """Name the picture too, which has the video's address and a variant's name."""
    url = str(getattr(item, "download_url", ""))
    picture = f"{url}?variant=thumbnail" if url.endswith("/content") else None
    return files_of(item, [("thumbnail", picture)])


@cache
def video_fields() -> FieldMap[Video, OpenAIVideo]:
    """Map a video; its file is under ``/content`` unless the server names another address."""
    from polyreel_clients.openai.models import Video as OpenAIVideo

    def download_url(it: OpenAIVideo) -> object:
        hidden = it.metadata.get("url") if isinstance(it.metadata, dict) else None
        ready = Status.of(it.status) is Status.READY and below("/videos/{}/content", it.id)
        return convert.url(it.url) or convert.url(hidden) or ready

    return FieldMap(
        Video,
        OpenAIVideo,
        id="id",
        same=("prompt", "progress", "created_at", "completed_at", "expires_at", "model"),
        fields={
            "provider_status": lambda it: it.status,
            "duration": lambda it: it.seconds,
            "width": lambda it: convert.size(it.size)[0] or it.width,
            "height": lambda it: convert.size(it.size)[1] or it.height,
            "download_url": download_url,
            "error": lambda it: it.error or it.failure_reason,
            "remixed_from": lambda it: it.remixed_from_video_id,
        },
    )
