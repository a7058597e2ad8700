"""Vidu: the tasks that aren't known to make images or sounds. Facts: platform.vidu.com, 2026-11-25."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.files import may_be_video
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.vidu.models import Task


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
    videos = Resource(
        page_size=100,
        max_page_size=100,
        filters=filters,
        mixed=True,
        time_filters=("since", "until"),
        window=timedelta(days=7),
        files_kept=timedelta(days=1),
    )
    return Provider(
        name="vidu",
        title="Vidu",
        base_url="https://api.vidu.com",
        auth=HeaderKey("Authorization", env="VIDU_API_KEY", prefix="Token "),
        resources={"videos": videos},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="a list is the last 7 days unless since asks for more; China's host is api.vidu.cn",
        ),
        client="polyreel_clients.vidu",
        docs="https://platform.vidu.com/docs/tasks-list",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of tasks."""
    from polyreel_clients.vidu.api.tasks import list_tasks

    page: dict[str, Any] = {"pager_page": query.cursor, "pager_pagesz": query.page_size}
    read = paging.by_number(task_fields(), "tasks", first=0, keep=is_video)
    window = query.times("created_at.from", "created_at.to")
    return Request.of(list_tasks, **page, read=read).with_params(window, query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task; its response doesn't repeat the id."""
    from polyreel_clients.vidu.api.tasks import get_task

    return Request.of(get_task, id=id, read=lambda it: it.item(task_fields(), id=id, keep=is_video))


def is_video(task: Video) -> bool:
    """Tell whether a task may be a video: nothing says it before there is a file."""
    return may_be_video(task.download_url)


@cache
def task_fields() -> FieldMap[Video, Task]:
    """Map a task; of several creations, the first."""
    from polyreel_clients.vidu.models import Task

    def made(it: Task) -> Any:
        return it.creations[0] if it.creations else None  # which has no fields

    return FieldMap(
        Video,
        Task,
        id="id",
        same=("prompt", "created_at", "duration", "model"),
        fields={
            "provider_status": lambda it: it.state,
            "width": lambda it: made(it).video.resolution.width,
            "height": lambda it: made(it).video.resolution.height,
            "download_url": lambda it: made(it).url,
            "thumbnail_url": lambda it: made(it).cover_url,
            "error": lambda it: it.err_code,
        },
    )
