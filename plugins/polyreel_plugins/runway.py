"""Runway: tasks one by one; its API has no list of them. Facts: runwayml/openapi, 2026-11-21."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, Request, Video, convert, hookimpl
from polyreel.auth import Bearer
from polyreel.files import File, files_of
from polyreel.models import Item
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.runway.models import Task


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Runway."""
    return Provider(
        name="runway",
        title="Runway",
        base_url="https://api.dev.runwayml.com",
        auth=Bearer(env="RUNWAYML_API_SECRET"),  # as Runway's own SDKs call it
        resources={"videos": Resource(can_list=False)},
        lifecycle=Lifecycle(
            retrieved=date(2026, 8, 8), note="Runway's API gives a task by its id, and no list"
        ),
        client="polyreel_clients.runway",
        docs="https://docs.dev.runwayml.com/api",
        headers={"X-Runway-Version": "2024-11-06"},
    )


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one task."""
    from polyreel_clients.runway.api.task_management import get_task

    return Request.of(get_task, id=id, read=lambda response: response.item(task_fields()))


@hookimpl
def polyreel_files(item: Item) -> tuple[File, ...]:
    """Name all outputs of a task."""
    output = item.raw.get("output")
    return files_of(item, [("video", url) for url in output or () if isinstance(output, list)])


@cache
def task_fields() -> FieldMap[Video, Task]:
    """Map a task; which of the fields it has depends on its status."""
    from polyreel_clients.runway.models import Task

    def progress(it: Task) -> object:
        share = convert.number(it.progress)  # of 1
        return None if share is None else share * 100

    return FieldMap(
        Video,
        Task,
        id="id",
        fields={
            "provider_status": lambda it: it.status,
            "progress": progress,
            "created_at": lambda it: it.created_at,
            "download_url": lambda it: it.output and it.output[0],
            "error": lambda it: it.failure or it.failure_code,
        },
    )
