"""OpenAI-style ``/v1/videos`` servers: OpenAI's own until 2026-09-24, and all that speak alike.

SGLang, vLLM-Omni, LiteLLM, Azure OpenAI and others serve the same list, each with something left out
or added; no field of the envelope is relied on alone. Facts: platform.openai.com, 2026-11-21.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from polyreel import (
    Answer,
    Bearer,
    Exchange,
    Item,
    Lifecycle,
    ListQuery,
    Page,
    Provider,
    Resource,
    Status,
    Video,
    convert,
    hookimpl,
)


@hookimpl
def polyreel_provider() -> Provider:
    """Describe OpenAI-style servers."""
    return Provider(
        name="openai",
        title="OpenAI",
        base_url="https://api.openai.com/v1",
        auth=Bearer(env="OPENAI_API_KEY"),
        resources={"videos": Resource(orders=("asc", "desc"), page_size=100, max_page_size=100)},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 21),
            sunset=date(2026, 9, 24),
            note="OpenAI announced the end of its own video API for 2026-09-24; compatible servers "
            "go on: set OPENAI_BASE_URL",
        ),
        client="polyreel_clients.openai",
        docs="https://platform.openai.com/docs/api-reference/videos",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Exchange[Page[Video]]:
    """Ask for the videos after the last one of the page before."""
    from polyreel_clients.openai.api.videos import list_videos

    return Exchange.of(
        list_videos,
        limit=query.page_size,
        order=query.order,
        after=query.cursor,
        read=read_page,
    )


@hookimpl
def polyreel_get(id: str) -> Exchange[Item]:
    """Ask for one video."""
    from polyreel_clients.openai.api.videos import get_video

    return Exchange.of(
        get_video, video_id=id, read=lambda answer: read_video(answer, answer.object())
    )


def read_page(answer: Answer) -> Page[Video]:
    """Read a page; a server that doesn't say whether there is more is asked again."""
    items = answer.each(partial(read_video, answer), "data")
    more = answer.get("has_more")
    more = more if isinstance(more, bool) else None
    # By the documentation the cursor is the last item's id. last_id may be missing, null, or (through
    # LiteLLM) not the id that the item bears, so it only counts for a page without items.
    after = items[-1].id if items else convert.text(answer.get("last_id")) if more else None
    return Page(items=items, next=None if more is False else after, more=more)


def read_video(answer: Answer, raw: dict[str, Any]) -> Video:
    """Read a video; the file has an address of its own at some servers, else under ``/content``."""
    from polyreel_clients.openai.models import Video as OpenAIVideo

    it = OpenAIVideo.from_dict(raw)
    width, height = convert.size(it.size)
    url = _file(raw)
    if url is None and Status.of(convert.text(it.status)) is Status.READY:
        url = f"{answer.base_url}/videos/{it.id}/content"
    return Video(
        provider=answer.provider,
        account=answer.account,
        id=it.id,
        prompt=it.prompt,
        provider_status=it.status,
        progress=it.progress,
        created_at=it.created_at,
        completed_at=it.completed_at,
        expires_at=it.expires_at,
        duration=it.seconds,
        width=width,
        height=height,
        model=it.model,
        download_url=url,
        error=_error(raw.get("error")),
        remixed_from=it.remixed_from_video_id,
        raw=raw,
    )


def _file(raw: dict[str, Any]) -> str | None:
    """Find the file's address where SGLang (``url``) and new-api (``metadata.url``) put it."""
    metadata = raw.get("metadata")
    return convert.url(raw.get("url")) or (
        convert.url(metadata.get("url")) if isinstance(metadata, dict) else None
    )


def _error(error: Any) -> Any:
    """Find the text of an error: documented as an object, without a code or a text at some servers."""
    return (error.get("message") or error.get("code")) if isinstance(error, dict) else error
