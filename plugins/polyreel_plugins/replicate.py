"""Replicate: predictions, by the next page's URL. Facts: api.replicate.com/openapi.json, 2026-11-21.

It runs models of all kinds, and nothing tells which make videos: those with a ``download_url`` did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve
from polyreel import FieldMap, ListQuery, Page, Request, Video, convert, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.files import File, files_of
from polyreel.models import Item
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.replicate.models import SchemasPredictionResponse as Prediction

_VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".m4v", ".avi")


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Replicate."""
    filters = {
        "created_after": "a time in ISO 8601, itself included",
        "created_before": "a time in ISO 8601",
        "source": "web: made on the website in the last 14 days",
    }
    return Provider(
        name="replicate",
        title="Replicate",
        base_url="https://api.replicate.com/v1",
        auth=Bearer(env="REPLICATE_API_TOKEN"),  # as Replicate's own clients call it
        resources={
            "videos": Resource(
                page_size=100,
                max_page_size=100,
                filters=filters,
                newest_first=True,  # as api.replicate.com/openapi.json has it, 2026-11-21
                time_filters=("since", "until"),
                files_kept=timedelta(
                    hours=1
                ),  # of API predictions, replicate-python#115, 2026-11-25
            )
        },
        lifecycle=Lifecycle(retrieved=date(2026, 3, 16)),
        client="polyreel_clients.replicate",
        docs="https://replicate.com/docs/reference/http",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for the first page, or for the one whose URL the page before gave."""
    from polyreel_clients.replicate.api.predictions import list_predictions

    bounds = {"created_after": query.since, "created_before": query.until}
    window = {name: time.isoformat() for name, time in bounds.items() if time}
    read = paging.by_next_url(video_fields(), "results", next="next")
    first = Request.of(list_predictions, read=read)
    return evolve(first, path=query.cursor or first.path, params={**window, **query.filters})


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one prediction."""
    from polyreel_clients.replicate.api.predictions import get_prediction

    return Request.of(get_prediction, prediction_id=id, read=lambda it: it.item(video_fields()))


@hookimpl
def polyreel_files(item: Item) -> tuple[File, ...]:
    """Name all outputs: a model may give several videos, pictures or texts."""
    urls = [*outputs(item.raw.get("output"))]
    return files_of(item, [("video" if is_video(url) else "output", url) for url in urls])


def outputs(output: object) -> Iterator[str]:
    """Give the addresses in what a model gave, in order: a text, list, object, or them nested."""
    waiting = [output]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict):
            waiting += reversed(one if isinstance(one, list) else [*one.values()])
        elif url := convert.url(one):
            yield url


def is_video(url: str) -> bool:
    """Tell by its path whether an address is that of a video."""
    return url.partition("?")[0].lower().endswith(_VIDEOS)


def video_url(output: object) -> str | None:
    """Find the first address of a video in what a model gave."""
    return next(filter(is_video, outputs(output)), None)


@cache
def video_fields() -> FieldMap[Video, Prediction]:
    """Map a prediction; Replicate deletes outputs, of the API's after an hour, and keeps the status."""
    from polyreel_clients.replicate.models import SchemasPredictionResponse as Prediction

    return FieldMap(
        Video,
        Prediction,
        id="id",
        fields={
            "prompt": lambda it: it.input_ and it.input_.prompt,
            "status": lambda it: (
                "deleted" if it.status == "succeeded" and it.data_removed is True else it.status
            ),
            "provider_status": lambda it: it.status,
            "created_at": lambda it: it.created_at,
            "completed_at": lambda it: it.completed_at,
            "model": lambda it: it.model,
            "download_url": lambda it: video_url(it.output),
            "page_url": lambda it: it.urls and it.urls.web,
            "error": lambda it: it.error,
        },
    )
