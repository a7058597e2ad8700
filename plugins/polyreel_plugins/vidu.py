"""Vidu: tasks, by page number. Facts: platform.vidu.com, 2026-11-25.

Images and sounds share the list; those that are known by their file's name are left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import evolve
from polyreel import (
    FieldMap,
    ListQuery,
    MalformedResponse,
    Page,
    Request,
    Response,
    Video,
    convert,
    hookimpl,
    paging,
)
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.vidu.models import Task

_OTHERS = (".png", ".jpg", ".jpeg", ".webp", ".mp3", ".wav", ".m4a", ".aac")


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Vidu."""
    filters = {
        "created_at.from": "a time in ISO 8601; 7 days ago when not given",
        "created_at.to": "a time in ISO 8601",
        "states": "created, queueing, processing, success or failed; in Python, several",
        "task_ids": "a task's id; in Python, several",
        "templates": "a template's name; in Python, several",
        "model_versions": "such as q2-pro; in Python, several",
        "resolutions": "such as 720p; in Python, several",
    }
    return Provider(
        name="vidu",
        title="Vidu",
        base_url="https://api.vidu.com",
        auth=HeaderKey("Authorization", env="VIDU_API_KEY", prefix="Token "),
        resources={
            "videos": Resource(
                page_size=100,
                max_page_size=100,
                filters=filters,
                mixed=True,
                window=timedelta(days=7),
                files_kept=timedelta(hours=24),
            )
        },
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="a list is the last 7 days unless created_at.from asks for more; keys of China need "
            "VIDU_BASE_URL=https://api.vidu.cn",
        ),
        client="polyreel_clients.vidu",
        docs="https://platform.vidu.com/docs/tasks-list",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of tasks."""
    from polyreel_clients.vidu.api.tasks import list_tasks

    asked = Request.of(
        list_tasks,
        pager_page=query.cursor,
        pager_pagesz=query.page_size,
        read=paging.by_number(task_fields(), "tasks", first=0, keep=is_video),
    )
    return evolve(asked, params={**asked.params, **query.filters})


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task; its response doesn't repeat the id."""
    from polyreel_clients.vidu.api.tasks import get_task

    def read(response: Response) -> Video:
        if response.data == {}:  # without an id, nothing else would show that this is no task
            raise MalformedResponse("expected a task, got an empty object")
        return response.item(task_fields(), id=id)

    return Request.of(get_task, id=id, read=read)


def is_video(task: Video) -> bool:
    """Tell whether a task may be a video: nothing says it before there is a file."""
    url = convert.text(task.download_url) or ""
    return not url.partition("?")[0].lower().endswith(_OTHERS)


@cache
def task_fields() -> FieldMap[Video, Task]:
    """Map a task; of several creations, the first."""
    from polyreel_clients.vidu.models import Task

    def made(it: Task) -> Any:
        return it.creations[0] if it.creations else None  # None has no fields, which then are None

    return FieldMap(
        Video,
        Task,
        id="id",
        fields={
            "prompt": lambda it: it.prompt,
            "provider_status": lambda it: it.state,
            "created_at": lambda it: it.created_at,
            "duration": lambda it: it.duration,
            "width": lambda it: made(it).video.resolution.width,
            "height": lambda it: made(it).video.resolution.height,
            "model": lambda it: it.model,
            "download_url": lambda it: made(it).url,
            "thumbnail_url": lambda it: made(it).cover_url,
            "error": lambda it: it.err_code,
        },
    )
