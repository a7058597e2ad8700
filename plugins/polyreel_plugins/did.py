"""D-ID: five lists of videos and three of avatars, each by token. Facts: docs.d-id.com, 2026-11-25."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, NamedTuple

from attrs import fields_dict
from polyreel import FieldMap, ListQuery, Page, Replica, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource


class List(NamedTuple):
    """One of D-ID's lists: its module of the client, its items' model, what one is called, its key and id."""

    module: str
    model: str
    one: str
    key: str
    id: str = "id"


_LISTS = {
    "videos": {
        name: List(name, name[:-1].title(), name[:-1], name)
        for name in ("expressives", "scenes", "clips", "talks", "translations")
    },
    "replicas": {
        "expressives": List("avatars", "ExpressiveAvatar", "expressive_avatar", "avatars"),
        "scenes": List("avatars", "GetResponse", "scene_avatar", "avatars"),
        "clips": List("avatars", "Presenter", "presenter", "presenters", "presenter_id"),
    },
}
_NAMES = {name: name for name in ("created_at", "completed_at", "duration", "thumbnail_url")} | {
    "title": "name",
    "provider_status": "status",
    "updated_at": "modified_at",
    "download_url": "result_url",
    "preview_url": "talking_preview_url",
}


@hookimpl
def polyreel_provider() -> Provider:
    """Describe D-ID, whose studio shows the key as it is sent."""
    return Provider(
        name="did",
        title="D-ID",
        base_url="https://api.d-id.com",
        auth=HeaderKey("Authorization", env="D_ID_API_KEY", prefix="Basic "),
        resources={
            "videos": Resource(page_size=100, collections=(*_LISTS["videos"],)),
            "replicas": Resource(page_size=100, collections=(*_LISTS["replicas"],)),
        },
        lifecycle=Lifecycle(retrieved=date(2026, 11, 25)),
        client="polyreel_clients.did",
        docs="https://docs.d-id.com/reference",
    )


@hookimpl
def polyreel_list(kind: str, query: ListQuery, collection: str) -> Request[Page[Any]]:
    """Ask one list for the page that a token stands for; expressive avatars come at once."""
    asked, item = _LISTS[kind][collection], fields(kind, collection)
    endpoint = import_module(f"polyreel_clients.did.api.{asked.module}.list_{asked.one}s")
    if asked.model == "ExpressiveAvatar":
        return Request.of(endpoint, read=paging.whole(item, asked.key))
    read = paging.by_token(item, asked.key, next="token")
    return Request.of(endpoint, limit=query.page_size, token=query.cursor, read=read)


@hookimpl
def polyreel_get(kind: str, id: str, collection: str) -> Request[Any]:
    """Ask for one item; a presenter comes as the only one of a list."""
    asked, item = _LISTS[kind][collection], fields(kind, collection)
    endpoint = import_module(f"polyreel_clients.did.api.{asked.module}.get_{asked.one}")
    if asked.model == "Presenter":
        return Request.of(endpoint, id=id, read=lambda it: it.items(item, asked.key)[0])
    return Request.of(endpoint, id=id, read=lambda it: it.item(item))


@cache
def fields(kind: str, collection: str) -> FieldMap[Any, Any]:
    """Map a video or an avatar; what a list's items don't have is None. Expressive avatars are ready."""
    asked, item = _LISTS[kind][collection], Video if kind == "videos" else Replica
    model = getattr(import_module("polyreel_clients.did.models"), asked.model)
    known, ours = fields_dict(model).keys(), fields_dict(item).keys()
    there = ((to, of) for to, of in _NAMES.items() if to in ours and of in known)
    found: dict[str, Any] = {to: attrgetter(of) for to, of in there}
    if "error" in known:  # the document has it for all scenes, also where none failed
        found["error"] = lambda it: it.error if it.status in ("error", "rejected") else None
    if kind == "replicas" and "status" not in known:
        found["status"] = lambda _: "ready"
    return FieldMap(item, model, id=asked.id, fields=found)
