"""Krea: jobs, by time. Facts: api.krea.ai/openapi.json and docs.krea.ai, 2026-11-25.

Its jobs make images, videos and trainings, and don't say which; those that made other files are left out.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.files import may_be_video
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.krea.models import Job


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Krea."""
    filters = {
        "types": "types of jobs, with commas between them",
        "status": "one of Krea's own words, such as sampling or completed",
    }
    videos = Resource(
        page_size=100,
        max_page_size=1000,
        filters=filters,
        mixed=True,
        newest_first=True,  # the cursor is the time before which jobs were created
    )
    return Provider(
        name="krea",
        title="Krea",
        base_url="https://api.krea.ai",
        auth=Bearer(env="KREA_API_KEY"),
        resources={"videos": videos},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="jobs that are not done may turn out to make images; the filter types tells them apart",
        ),
        client="polyreel_clients.krea",
        docs="https://docs.krea.ai/api-reference/general/list-jobs",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for the jobs before a time."""
    from polyreel_clients.krea.api.general import list_jobs

    said = ("next_cursor", "nextCursor")  # in the document; on the page of the same list
    read = paging.by_time_window(job_fields(), "items", next=said, keep=is_video)
    asked = Request.of(list_jobs, limit=query.page_size, cursor=query.cursor, read=read)
    return asked.with_params(query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one job."""
    from polyreel_clients.krea.api.general import get_job

    return Request.of(get_job, id=id, read=lambda it: it.item(job_fields(), keep=is_video))


def is_video(job: Video) -> bool:
    """Tell whether a job may be a video: nothing says it before there is a file."""
    result = job.raw.get("result")
    urls = (isinstance(result, dict) and result.get("urls")) or ()
    return not urls or any(map(may_be_video, urls))


@cache
def job_fields() -> FieldMap[Video, Job]:
    """Map a job; of several files, the first that may be a video."""
    from polyreel_clients.krea.models import Job

    def download_url(it: Job) -> object:
        urls = (it.result and it.result.urls) or []
        return next(filter(may_be_video, urls), None)

    return FieldMap(
        Video,
        Job,
        id="job_id",
        same=("created_at", "completed_at"),
        fields={
            "provider_status": lambda it: it.status,
            "download_url": download_url,
            "error": lambda it: it.result and it.result.error,
        },
    )
