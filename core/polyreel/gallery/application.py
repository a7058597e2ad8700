"""The gallery's ASGI application: its page, what the page asks for, and the files of the archive."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, cast, get_args
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from polyreel.errors import PolyreelError
from polyreel.files.file_names import name_of
from polyreel.gallery import cards, facets
from polyreel.gallery.guard import Guard
from polyreel.gallery.item_files import ROLES, Keyed, Media, Missing, OpenLink
from polyreel.http.files import FileStream
from polyreel.library.catalog.browsing import FACETS, BrowsingPlace, ItemSelection, LibraryEntry
from polyreel.models import Kind

_STATIC = {
    "": ("index.html", "text/html"),
    **{
        name: (name, "text/javascript")
        for name in ("gallery.js", "grid.js", "panel.js", "view.js", "text.js")
    },
    "gallery.css": ("gallery.css", "text/css"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
_MOST = 200  # cards in one response
_PLAYED = ("video/", "audio/", "image/", "text/vtt")


def application(media: Media) -> Starlette:
    """Make the application.

    Args:
        media: What is shown.
    """
    pages = _Pages(media)
    routes = [
        *(Route(f"/{name}", _static(name), methods=["GET"]) for name in _STATIC),
        Route("/api/items", pages.items, methods=["GET"]),
        Route("/api/facets", pages.facets, methods=["GET"]),
        Route("/api/item", pages.item, methods=["GET"]),
        Route("/api/accounts", pages.accounts, methods=["GET"]),
        Route("/file", pages.file, methods=["GET"]),
    ]
    handlers: Any = {PolyreelError: _failed, HTTPException: _refused}
    return Starlette(routes=routes, middleware=[Middleware(Guard)], exception_handlers=handlers)


class _Pages:
    """Answers requests; each is a plain function, which Starlette runs in a thread."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._sources = media.sources

    def items(self, request: Request) -> Response:
        """Return a page of cards, and where the next one begins."""
        kind, selection = _kind(request), _selection(request)
        limit = _limit(request)
        if not self._sources.there:
            return _json({"items": [], "next": None})
        found = self._sources.page(kind, selection, limit, _after(request))
        last = found[-1].place if len(found) == limit else None
        return _json(
            {
                "items": [cards.card(entry, self._media) for entry in found],
                "next": f"{last.created_at or ''}~{last.uid}" if last else None,
            }
        )

    def facets(self, request: Request) -> Response:
        """Return how many items there are, and how many each choice would show."""
        kind, selection = _kind(request), _selection(request)
        tally = self._sources.tally(kind, selection.words) if self._sources.there else {}
        chosen = selection.chosen
        return _json({"total": facets.total(tally, chosen), "facets": facets.counts(tally, chosen)})

    def item(self, request: Request) -> Response:
        """Return all that is known of one item."""
        return _json(cards.view(self._entry(request), self._media))

    def accounts(self, _: Request) -> Response:
        """Return a line for each account."""
        return _json(cards.accounts(self._sources))

    def file(self, request: Request) -> Response:
        """Return a file of an item: from the archive, or by way of its link."""
        role = request.query_params.get("role", "")
        if role not in ROLES:
            raise HTTPException(400, f"role is one of {', '.join(ROLES)}")
        entry, saved = self._entry(request), "download" in request.query_params
        found = self._media.find(entry, role)
        if isinstance(found, Keyed) or (
            isinstance(found, OpenLink) and saved and self._media.can_stream(entry)
        ):
            return _streamed(self._media.stream(entry, role), entry, saved=saved)
        if isinstance(found, OpenLink):
            return RedirectResponse(found.url, 307, {"cache-control": "no-store"})
        if isinstance(found, Missing):
            raise HTTPException(410, f"{found.why}. {found.todo}".rstrip())
        return FileResponse(
            found.path,
            media_type=_media_type(found.type),
            filename=found.path.name,
            content_disposition_type="attachment" if saved or not _plays(found.type) else "inline",
        )

    def _entry(self, request: Request) -> LibraryEntry:
        uid = request.query_params.get("uid", "")
        entry = self._sources.entry(uid) if self._sources.there and _is_text(uid) else None
        if entry is None:
            raise HTTPException(404, "Nothing here has this uid: it may be of another library.")
        return entry


def _kind(request: Request) -> Kind:
    kind = request.query_params.get("kind", "videos")
    if kind not in get_args(Kind):
        raise HTTPException(400, f"kind is one of {', '.join(get_args(Kind))}")
    return cast(Kind, kind)


def _selection(request: Request) -> ItemSelection:
    query = request.query_params
    chosen = {name: query.getlist(name)[:_MOST] for name in FACETS if name in query}
    words = query.get("q", "")
    if not all(map(_is_text, [words, *(value for values in chosen.values() for value in values)])):
        raise HTTPException(400, "That isn't text.")
    return ItemSelection(words=words[:_MOST], chosen=chosen)


def _after(request: Request) -> BrowsingPlace | None:
    after = request.query_params.get("after")
    if not after or not _is_text(after):
        return None
    created_at, _, uid = after.partition("~")
    return BrowsingPlace(created_at or None, uid)


def _limit(request: Request) -> int:
    limit = request.query_params.get("limit", "")
    return min(max(int(limit), 1), _MOST) if limit.isascii() and limit.isdecimal() else 60


def _plays(media_type: str) -> bool:
    """Whether a browser may show it: a web page of somebody else's must not become one of ours."""
    return media_type.startswith(_PLAYED) and "svg" not in media_type


def _media_type(said: str) -> str:
    return said if _plays(said) else "application/octet-stream"


def _streamed(stream: FileStream, entry: LibraryEntry, *, saved: bool) -> Response:
    headers = {"cache-control": "no-store"}
    if stream.size is not None:
        headers["content-length"] = str(stream.size)
    if saved or not _plays(stream.type):
        extension = mimetypes.guess_extension(stream.type) or ""
        name = quote(f"{name_of(entry.item.id)}{extension}")
        headers["content-disposition"] = f"attachment; filename*=utf-8''{name}"
    return StreamingResponse(
        stream, 200, headers, _media_type(stream.type), BackgroundTask(stream.close)
    )


def _is_text(value: str) -> bool:
    return "\0" not in value


def _static(name: str) -> Callable[[Request], Response]:
    file, media_type = _STATIC[name]

    def respond(_: Request) -> Response:
        return Response(_content(file), 200, {"cache-control": "no-cache"}, media_type)

    return respond


@cache
def _content(file: str) -> bytes:
    return (files("polyreel.gallery") / "static" / file).read_bytes()


def _json(content: Any, status: int = 200) -> Response:
    return JSONResponse(content, status, {"cache-control": "no-store"})


def _failed(_: Request, error: Exception) -> Response:
    return _json({"error": str(error)}, 500)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _json({"error": error.detail}, error.status_code)
