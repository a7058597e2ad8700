"""Luma: the videos among its generations, by offset. Facts: lumalabs/lumaai-api, 2026-11-21."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.luma.models import Generation


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Luma."""
    return Provider(
        name="luma",
        title="Luma",
        base_url="https://api.lumalabs.ai/dream-machine/v1",
        auth=Bearer(env="LUMAAI_API_KEY"),  # as Luma's own SDKs call it
        resources={"videos": Resource(page_size=100, mixed=True)},
        lifecycle=Lifecycle(retrieved=date(2026, 11, 21), checked=date(2026, 11, 21)),
        client="polyreel_clients.luma",
        docs="https://docs.lumalabs.ai/reference",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for the generations after so many."""
    from polyreel_clients.luma.api.generations import list_generations

    return Request.of(
        list_generations,
        limit=query.page_size,
        offset=query.cursor,
        read=paging.by_offset(generation_fields(), "generations", more="has_more", keep=is_video),
    )


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one generation."""
    from polyreel_clients.luma.api.generations import get_generation

    return Request.of(
        get_generation, id=id, read=lambda it: it.item(generation_fields(), keep=is_video)
    )


def is_video(generation: Video) -> bool:
    """Tell whether a generation is a video; of what Luma may add, nothing is left out."""
    return generation.raw.get("generation_type") != "image"


@cache
def generation_fields() -> FieldMap[Video, Generation]:
    """Map a generation of a list or of its own; they don't differ."""
    from polyreel_clients.luma.models import Generation

    return FieldMap(
        Video,
        Generation,
        id="id",
        same=("created_at", "model"),
        fields={
            "prompt": lambda it: it.request and it.request.prompt,
            "provider_status": lambda it: it.state,
            "duration": lambda it: it.request and it.request.duration,
            "download_url": lambda it: it.assets and it.assets.video,
            "thumbnail_url": lambda it: it.assets and it.assets.image,
            "preview_url": lambda it: it.assets and it.assets.progress_video,
            "error": lambda it: it.failure_reason,
        },
    )
