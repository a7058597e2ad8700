"""OpenAI-style ``/v1/videos`` servers: OpenAI's own until 2026-09-24, and all that speak alike.

SGLang, vLLM-Omni, LiteLLM, Azure OpenAI and others serve the same list, each with something left out
or added; no field of the envelope is relied on alone. Facts: platform.openai.com, 2026-11-21.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import (
    Bearer,
    FieldMap,
    File,
    Item,
    Lifecycle,
    ListQuery,
    Page,
    Provider,
    Request,
    Resource,
    Status,
    Video,
    below,
    convert,
    files_of,
    hookimpl,
    paging,
)

if TYPE_CHECKING:
    from polyreel_clients.openai.models import Video as OpenAIVideo


@hookimpl
def polyreel_provider() -> Provider:
    """Describe OpenAI-style servers."""
    return Provider(
        name="openai",
        title="OpenAI",
        base_url="https://api.openai.com/v1",
        auth=Bearer(env="OPENAI_API_KEY"),
        resources={
            "videos": Resource(
                orders=("asc", "desc"),
                page_size=100,
                max_page_size=100,
                # "desc" is the default of SGLang and vLLM-Omni (their sources, 2026-11-21); OpenAI's
                # reference names none.
                newest_first=True,
            )
        },
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 21),
            sunset=date(2026, 9, 24),
            note="OpenAI announced the end of its own video API for 2026-09-24; compatible servers "
            "go on: set OPENAI_BASE_URL",
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

    return Request.of(
        list_videos,
        limit=query.page_size,
        order=query.order,
        after=query.cursor,
        read=paging.by_last_id(video_fields(), "data", more="has_more"),
    )


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one video."""
    from polyreel_clients.openai.api.videos import get_video

    return Request.of(
        get_video,
        video_id=id,
        read=lambda response: response.item(video_fields()),
        item_in_error=True,  # vLLM-Omni sends a failed video with the status of its failure
    )


@hookimpl
def polyreel_files(item: Item) -> tuple[File, ...] | None:
    """Name the picture too, which has the video's address and a variant's name."""
    url = item.download_url if isinstance(item, Video) else None
    if url is None or not url.endswith("/content"):
        return None
    return files_of(item, [("thumbnail", f"{url}?variant=thumbnail")])


@cache
def video_fields() -> FieldMap[Video, OpenAIVideo]:
    """Map a video; its file is under ``/content`` unless the server names another address."""
    from polyreel_clients.openai.models import Video as OpenAIVideo, VideoCreateError

    def download_url(it: OpenAIVideo) -> object:
        hidden = it.metadata.get("url") if isinstance(it.metadata, dict) else None
        if named := convert.url(it.url) or convert.url(hidden):
            return named
        ready = Status.of(it.status) is Status.READY
        return below("/videos/{}/content", it.id) if ready else None

    def error(it: OpenAIVideo) -> object:
        # Documented as an object; without a code, or as a mere text, at some servers.
        said = it.error or it.failure_reason
        if not isinstance(said, VideoCreateError):
            return said
        return said.message or said.additional_properties.get("detail") or said.code

    return FieldMap(
        Video,
        OpenAIVideo,
        id="id",
        fields={
            "prompt": lambda it: it.prompt,
            "provider_status": lambda it: it.status,
            "progress": lambda it: it.progress,
            "created_at": lambda it: it.created_at,
            "completed_at": lambda it: it.completed_at,
            "expires_at": lambda it: it.expires_at,
            "duration": lambda it: it.seconds,
            "width": lambda it: convert.size(it.size)[0] or it.width,
            "height": lambda it: convert.size(it.size)[1] or it.height,
            "model": lambda it: it.model,
            "download_url": download_url,
            "error": error,
            "remixed_from": lambda it: it.remixed_from_video_id,
        },
    )
