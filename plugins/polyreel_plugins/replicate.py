"""Replicate: predictions, by the next page's URL. Facts: api.replicate.com/openapi.json, 2026-11-21.

It runs models of all kinds, and nothing tells which make videos: those with a ``download_url`` did.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve
from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import Bearer
from polyreel.files import File, files_of, urls_in
from polyreel.models import Item
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.replicate.models import SchemasPredictionResponse as Prediction


@hookimpl
def polyreel_provider() -> Provider:
    """Describe Replicate."""
    filters = {
        "created_after": "a time in ISO 8601, itself included",
        "created_before": "a time in ISO 8601",
        "source": "web: made on the website in the last 14 days",
    }
    videos = Resource(
        page_size=100,
        max_page_size=100,
        filters=filters,
        newest_first=True,  # as api.replicate.com/openapi.json has it, 2026-11-21
        time_filters=("since", "until"),
        files_kept=timedelta(hours=1),  # of API predictions, replicate-python#115, 2026-11-25
    )
    return Provider(
        name="replicate",
        title="Replicate",
        base_url="https://api.replicate.com/v1",
        auth=Bearer(env="REPLICATE_API_TOKEN"),  # as Replicate's own clients call it
        resources={"videos": videos},
        lifecycle=Lifecycle(retrieved=date(2026, 3, 16)),
        client="polyreel_clients.replicate",
        docs="https://replicate.com/docs/reference/http",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for the first page, or for the one whose URL the page before gave."""
    from polyreel_clients.replicate.api.predictions import list_predictions

    read = paging.by_next_url(video_fields(), "results", next="next")
    first = Request.of(list_predictions, read=read)
    window = query.times("created_after", "created_before")
    return evolve(first, path=query.cursor or first.path).with_params(window, query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one prediction."""
    from polyreel_clients.replicate.api.predictions import get_prediction

    return Request.of(get_prediction, prediction_id=id, read=lambda it: it.item(video_fields()))


@hookimpl
def polyreel_files(item: Item) -> tuple[File, ...]:
    """Name all outputs: a model may give several videos, pictures or texts."""
    output = item.raw.get("output")
    videos = {*urls_in(output, "video")}
    return files_of(item, [("video" if it in videos else "output", it) for it in urls_in(output)])


@cache
def video_fields() -> FieldMap[Video, Prediction]:
    """Map a prediction; Replicate deletes outputs, of the API's after an hour, and keeps the status."""
    from polyreel_clients.replicate.models import SchemasPredictionResponse as Prediction

    return FieldMap(
        Video,
        Prediction,
        id="id",
        same=("created_at", "completed_at", "model", "error"),
        fields={
            "prompt": lambda it: it.input_ and it.input_.prompt,
            "status": lambda it: (
                "deleted" if it.status == "succeeded" and it.data_removed is True else it.status
            ),
            "provider_status": lambda it: it.status,
            "download_url": lambda it: next(urls_in(it.output, "video"), None),
            "page_url": lambda it: it.urls and it.urls.web,
        },
    )
