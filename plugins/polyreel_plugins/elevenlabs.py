"""ElevenLabs: generated videos, by cursor. Facts: api.elevenlabs.io/openapi.json, 2026-11-25."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.elevenlabs.models import Generation


@hookimpl
def polyreel_provider() -> Provider:
    """Describe ElevenLabs."""
    videos = Resource(
        page_size=100,
        max_page_size=100,
        filters={
            "status": "pending, generating, completed or failed",
            "model_id": "a model's id",
        },
        newest_first=True,  # as the document says of the list
        files_kept=timedelta(hours=1),
    )
    return Provider(
        name="elevenlabs",
        title="ElevenLabs",
        base_url="https://api.elevenlabs.io",
        auth=HeaderKey("xi-api-key", env="ELEVENLABS_API_KEY"),
        resources={"videos": videos},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="lists what this API made; its items bear no times",
        ),
        client="polyreel_clients.elevenlabs",
        docs="https://elevenlabs.io/docs/api-reference",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of generations."""
    from polyreel_clients.elevenlabs.api.flows import list_video_generations

    return Request.of(
        list_video_generations,
        page_size=query.page_size,
        cursor=query.cursor,
        **query.filters,
        read=paging.by_token(
            generation_fields(), "generations", next="next_cursor", more="has_more"
        ),
    )


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one generation, with a new link."""
    from polyreel_clients.elevenlabs.api.flows import get_video_generation

    return Request.of(
        get_video_generation, generation_id=id, read=lambda it: it.item(generation_fields())
    )


@cache
def generation_fields() -> FieldMap[Video, Generation]:
    """Map a generation; which of the fields it has depends on its status."""
    from polyreel_clients.elevenlabs.models import Generation

    return FieldMap(
        Video,
        Generation,
        id="id",
        fields={
            "provider_status": lambda it: it.status,
            "download_url": lambda it: it.content_url,
            "error": lambda it: it.error_message or it.failure_reason,
        },
    )
