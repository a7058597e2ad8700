"""Ark-compatible servers: Seedance's tasks at Volcengine, BytePlus and gateways, by page number.

A key belongs to one region; elsewhere than in China (Beijing) ARK_BASE_URL names the server, such as
``https://ark.ap-southeast.bytepluses.com/api/v3``. Facts: volcengine-python-sdk, 2026-11-25.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.ark.models import Task


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Ark."""
    filters = {
        "filter.status": "queued, running, cancelled, succeeded or failed",
        "filter.task_ids": "a task's id; in Python, several",
        "filter.model": "a model's or endpoint's id",
        "filter.service_tier": "default or flex; only default when not given",
    }
    videos = Resource(
        page_size=100,
        max_page_size=500,
        filters=filters,
        mixed=True,
        window=timedelta(days=7),
        files_kept=timedelta(hours=24),
    )
    return Provider(
        name="ark",
        title="Ark",
        base_url="https://ark.cn-beijing.volces.com/api/v3",
        auth=Bearer(env="ARK_API_KEY"),
        resources={"videos": videos},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="a list is the last 7 days, and may leave out tasks of the tier flex unless "
            "filter.service_tier=flex asks for them",
        ),
        client="polyreel_clients.ark",
        docs="https://www.volcengine.com/docs/82379/1521675",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of tasks."""
    from polyreel_clients.ark.api.tasks import list_tasks

    read = paging.by_number(task_fields(), "items", total="total", first=1, keep=is_video)
    asked = Request.of(list_tasks, page_num=query.cursor, page_size=query.page_size, read=read)
    return asked.with_params(query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task."""
    from polyreel_clients.ark.api.tasks import get_task

    return Request.of(get_task, id=id, read=lambda it: it.item(task_fields(), keep=is_video))


def is_video(task: Video) -> bool:
    """Tell whether a task makes a video; those of 3D models share the list, with a format and a file."""
    content = task.raw.get("content")
    file = isinstance(content, dict) and content.get("file_url") and not content.get("video_url")
    return not (file or task.raw.get("fileformat") or task.raw.get("subdivisionlevel"))


@cache
def task_fields() -> FieldMap[Video, Task]:
    """Map a task; a task that ran out of time is called expired, and has failed."""
    from polyreel_clients.ark.models import Task

    return FieldMap(
        Video,
        Task,
        id="id",
        same=("created_at", "updated_at", "duration", "model", "error"),
        fields={
            "prompt": lambda it: it.revised_prompt,
            "status": lambda it: "failed" if it.status == "expired" else it.status,
            "provider_status": lambda it: it.status,
            "download_url": lambda it: it.content and it.content.video_url,
            "thumbnail_url": lambda it: it.content and it.content.last_frame_url,
        },
    )
