"""Runway: tasks one by one, since its API has no list of them, and avatars, by cursor.

Facts: runwayml/openapi, 2026-11-25.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from polyreel import FieldMap, ListQuery, Page, Replica, Request, Video, convert, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.runway.models import Avatar, Task


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Runway."""
    return Provider(
        name="runway",
        title="Runway",
        base_url="https://api.dev.runwayml.com",
        auth=Bearer(env="RUNWAYML_API_SECRET"),  # as Runway's own SDKs call it
        resources={
            "videos": Resource(can_list=False),
            "replicas": Resource(page_size=100, max_page_size=100),
        },
        lifecycle=Lifecycle(
            retrieved=date(2026, 8, 8),
            note="Runway's API gives a task by its id, and no list of tasks",
        ),
        client="polyreel_clients.runway",
        docs="https://docs.dev.runwayml.com/api",
        headers={"X-Runway-Version": "2024-11-06"},
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Replica]]:
    """Ask for one page of avatars."""
    from polyreel_clients.runway.api.avatars import list_avatars

    read = paging.by_token(avatar_fields(), "data", next="nextCursor", more="hasMore")
    return Request.of(list_avatars, limit=query.page_size, cursor=query.cursor, read=read)


@hookimpl
def polyreel_get(kind: str, id: str) -> Request[Any]:
    """Ask for one task or avatar."""
    from polyreel_clients.runway.api.avatars import get_avatar
    from polyreel_clients.runway.api.task_management import get_task

    if kind == "videos":
        return Request.of(get_task, id=id, read=lambda it: it.item(task_fields()))
    return Request.of(get_avatar, id=id, read=lambda it: it.item(avatar_fields()))


@cache
def task_fields() -> FieldMap[Video, Task]:
    """Map a task; which of the fields it has depends on its status."""
    from polyreel_clients.runway.models import Task

    return FieldMap(
        Video,
        Task,
        id="id",
        fields={
            "provider_status": lambda it: it.status,
            "progress": lambda it: convert.share(it.progress),
            "created_at": lambda it: it.created_at,
            "download_url": lambda it: it.output and it.output[0],
            "error": lambda it: it.failure or it.failure_code,
        },
    )


@cache
def avatar_fields() -> FieldMap[Replica, Avatar]:
    """Map an avatar; why it failed is there only when it did."""
    from polyreel_clients.runway.models import Avatar

    return FieldMap(
        Replica,
        Avatar,
        id="id",
        same=("created_at", "updated_at"),
        fields={
            "title": lambda it: it.name,
            "provider_status": lambda it: it.status,
            "thumbnail_url": lambda it: it.processed_image_uri or it.reference_image_uri,
            "error": lambda it: it.failure_reason,
        },
    )
