"""D-ID: five lists of videos and three of avatars, each by token. Facts: docs.d-id.com, 2026-11-25."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any

from attrs import fields_dict, frozen
from polyreel import FieldMap, ListQuery, Page, Replica, Request, Response, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource


@frozen
class List:
    """One of D-ID's lists: what of the client lists and gets, the items' model, their place and id."""

    lists: str
    gets: str
    model: str
    key: str
    id: str = "id"


_VIDEOS = {
    "expressives": List(
        "expressives.list_expressives", "expressives.get_expressive", "Expressive", "expressives"
    ),
    "scenes": List("scenes.list_scenes", "scenes.get_scene", "Scene", "scenes"),
    "clips": List("clips.list_clips", "clips.get_clip", "Clip", "clips"),
    "talks": List("talks.list_talks", "talks.get_talk", "Talk", "talks"),
    "translations": List(
        "translations.list_translations",
        "translations.get_translation",
        "Translation",
        "translations",
    ),
}
_AVATARS = {
    "expressives": List(
        "avatars.list_expressive_avatars",
        "avatars.get_expressive_avatar",
        "ExpressiveAvatar",
        "avatars",
    ),
    "scenes": List(
        "avatars.list_scene_avatars", "avatars.get_scene_avatar", "GetResponse", "avatars"
    ),
    "clips": List(
        "avatars.list_presenters",
        "avatars.get_presenter",
        "Presenter",
        "presenters",
        "presenter_id",
    ),
}
_FAILED = ("error", "rejected")
_LISTS = {"videos": _VIDEOS, "replicas": _AVATARS}


@hookimpl
def polyreel_provider() -> Provider:
    """Describe D-ID."""
    return Provider(
        name="did",
        title="D-ID",
        base_url="https://api.d-id.com",
        auth=HeaderKey(
            "Authorization", env="D_ID_API_KEY", prefix="Basic "
        ),  # as it is shown there
        resources={
            "videos": Resource(page_size=100, collections=tuple(_VIDEOS)),
            "replicas": Resource(page_size=100, collections=tuple(_AVATARS)),
        },
        lifecycle=Lifecycle(retrieved=date(2026, 11, 25)),
        client="polyreel_clients.did",
        docs="https://docs.d-id.com/reference",
    )


@hookimpl
def polyreel_list(kind: str, query: ListQuery, collection: str) -> Request[Page[Any]]:
    """Ask one list for the page that a token stands for; expressive avatars come at once."""
    asked, item = _LISTS[kind][collection], fields(kind, collection)
    endpoint = import_module(f"polyreel_clients.did.api.{asked.lists}")
    if asked.model == "ExpressiveAvatar":
        return Request.of(endpoint, read=paging.whole(item, asked.key))
    read = paging.by_token(item, asked.key, next="token")
    return Request.of(endpoint, limit=query.page_size, token=query.cursor, read=read)


@hookimpl
def polyreel_get(kind: str, id: str, collection: str) -> Request[Any]:
    """Ask for one item; a presenter comes as the only one of a list."""
    asked, item = _LISTS[kind][collection], fields(kind, collection)

    def read(response: Response) -> Any:
        alone = asked.model != "Presenter"
        return response.item(item) if alone else response.items(item, asked.key)[0]

    endpoint = import_module(f"polyreel_clients.did.api.{asked.gets}")
    return Request.of(endpoint, id=id, read=read)


@cache
def fields(kind: str, collection: str) -> FieldMap[Any, Any]:
    """Map a video or an avatar; what a list's items don't have is None. Expressive avatars are ready."""
    asked, item = _LISTS[kind][collection], Video if kind == "videos" else Replica
    model = getattr(import_module("polyreel_clients.did.models"), asked.model)
    theirs = {
        "title": "name",
        "provider_status": "status",
        "created_at": "created_at",
        "updated_at": "modified_at",
        "completed_at": "completed_at",
        "duration": "duration",
        "download_url": "result_url",
        "thumbnail_url": "thumbnail_url",
        "preview_url": "talking_preview_url",
    }
    known = fields_dict(model).keys()
    found: dict[str, Any] = {
        ours: attrgetter(name)
        for ours, name in theirs.items()
        if name in known and ours in fields_dict(item)
    }
    if (
        "error" in known
    ):  # the document has it for all scenes; it says something for those that failed
        found["error"] = lambda it: it.error.description if it.status in _FAILED else None
    if kind == "replicas" and "status" not in known:
        found["status"] = lambda _: "ready"
    return FieldMap(item, model, id=asked.id, fields=found)
