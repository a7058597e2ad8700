"""What keeps other web pages out of the gallery, and the gallery's own page in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    # Media may come from the delivery networks of providers; everything else comes from here.
    "content-security-policy": "default-src 'self'; img-src 'self' https: http:; "
    "media-src 'self' https: http:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Headers of every response."""

_METHODS = frozenset({"GET", "HEAD"})
_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Lets through only what a browser on this machine asks for the gallery's own page.

    A page of another site can make a browser send requests here, also under a host name of its own that
    points to this machine. Such a request names another host or origin, and is refused.

    Args:
        app: The application that responds to the others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, with `HEADERS`."""
        refusal = _refusal(scope)
        if refusal is None:
            await self._app(scope, receive, _adding_headers(send))
            return
        from starlette.responses import PlainTextResponse

        status, reason = refusal
        more = {"allow": "GET, HEAD"} if status == 405 else {}
        response = PlainTextResponse(f"{reason}\n", status, {**HEADERS, **more})
        await response(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Say with which status and why a request is refused; None for one that is answered."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    port = scope["server"][1]
    hosts = [f"{name}:{port}" for name in _NAMES] + [*_NAMES] * (port == 80)
    given = [host.lower() for host in headers.get("host", [])]
    if len(given) != 1 or given[0] not in hosts:
        return 400, f"The gallery is at http://{hosts[0]}/ and answers to no other name."
    if any(origin != f"http://{given[0]}" for origin in headers.get("origin", [])):
        return 403, "The gallery answers its own page only."
    # Somebody may follow a link to the page; nothing else is for other sites.
    foreign = {"cross-site", "same-site"} & {*headers.get("sec-fetch-site", [])}
    if foreign and not (scope["path"] == "/" and headers.get("sec-fetch-mode") == ["navigate"]):
        return 403, "The gallery answers its own page only."
    if scope["method"] not in _METHODS:
        return 405, "The gallery only reads."
    return None


def _adding_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sending
