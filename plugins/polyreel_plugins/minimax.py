"""MiniMax (Hailuo): the videos among its tasks, by page number. Facts: platform.minimax.io, 2026-11-25."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve
from polyreel import FieldMap, ListQuery, NotFound, Page, Request, Response, Video, hookimpl, paging
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
    return evolve(asked, params={**asked.params, **query.filters})


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task; an id that isn't known, or no longer, is an invalid parameter."""
    from polyreel_clients.minimax.api.video_v2 import get_task

    return Request.of(get_task, task_id=id, missing=frozenset({400, 404}), read=read_video)


def read_video(response: Response) -> Video:
    """Read a task of its own, if it makes a video."""
    task = response.item(task_fields(), "task")
    if not is_video(task):
        raise NotFound(f"MiniMax's task {task.id} makes a text, not a video")
    return task


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
        fields={
            "prompt": lambda it: it.content and it.content.prompt,
            "provider_status": lambda it: it.status,
            "created_at": lambda it: it.created_at,
            "updated_at": lambda it: it.updated_at,
            "duration": lambda it: it.duration,
            "model": lambda it: it.model,
            "download_url": lambda it: it.content and it.content.url,
            "error": lambda it: it.error and (it.error.message or it.error.code),
        },
    )
