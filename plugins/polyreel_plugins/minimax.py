"""MiniMax (Hailuo): the videos among its tasks, by page number. Facts: platform.minimax.io, 2026-11-25."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.minimax.models import VideoTask


@hookimpl
def polyreel_provider() -> Provider:
    """Describe MiniMax."""
    filters = {
        "filter.status": "queued, running, succeeded, failed or cancelled",
        "filter.task_ids": "a task's id; in Python, several",
        "filter.model": "a model's name, such as MiniMax-H3",
        "filter.task_type": "generation or regeneration",
    }
    return Provider(
        name="minimax",
        title="MiniMax",
        base_url="https://api.minimax.io",
        auth=Bearer(env="MINIMAX_API_KEY"),
        resources={
            "videos": Resource(page_size=50, filters=filters, mixed=True, window=timedelta(days=7))
        },
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="a list is the last 7 days; keys of China need MINIMAX_BASE_URL="
            "https://api.minimax.cn",
        ),
        client="polyreel_clients.minimax",
        docs="https://platform.minimax.io/docs/api-reference/video-generation-v2-list",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of tasks."""
    from polyreel_clients.minimax.api.video_v2 import list_tasks

    read = paging.by_number(task_fields(), "items", total="total", first=1, keep=is_video)
    asked = Request.of(list_tasks, page_num=query.cursor, page_size=query.page_size, read=read)
    return asked.with_params(query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task; an id that isn't known, or no longer, is an invalid parameter."""
    from polyreel_clients.minimax.api.video_v2 import get_task

    return Request.of(
        get_task,
        task_id=id,
        missing=frozenset({400, 404}),
        read=lambda it: it.item(task_fields(), "task", keep=is_video),
    )


def is_video(task: Video) -> bool:
    """Tell whether a task makes a video; some make better prompts."""
    return task.raw.get("task_type") != "h3_context_ir" and task.raw.get("modality") != "text"


@cache
def task_fields() -> FieldMap[Video, VideoTask]:
    """Map a task of a list or of its own; they don't differ."""
    from polyreel_clients.minimax.models import VideoTask

    return FieldMap(
        Video,
        VideoTask,
        id="id",
        same=("created_at", "updated_at", "duration", "model", "error"),
        fields={
            "prompt": lambda it: it.content and it.content.prompt,
            "provider_status": lambda it: it.status,
            "download_url": lambda it: it.content and it.content.url,
        },
    )
