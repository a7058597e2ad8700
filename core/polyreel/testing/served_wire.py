"""A provider's wire protocol as the sandbox serves it, whose items and responses a test may change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl

from attrs import field, frozen

from polyreel.models import Kind
from polyreel.sandbox import asgi
from polyreel.sandbox.query import as_text
from polyreel.sandbox.served_spec import Spec

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

Change: TypeAlias = Callable[[Any], Any]


@frozen
class ReceivedRequest:
    """One request that reached the provider."""

    path: str
    query: Mapping[str, str]  # the fields of a body, too


@frozen
class Reply:
    """A response that replaces the sandbox's own."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(factory=dict)


class Wire:
    """An ASGI application in front of the sandbox's.

    Attributes:
        asked: The requests since the test began.
        change: Applied to the JSON of every response with success.
        reply: What is answered instead.
    """

    def __init__(self, spec: Spec) -> None:
        self.asked: list[ReceivedRequest] = []
        self.change: Change | None = None
        self.reply: Reply | None = None
        self._spec = spec
        self.hold({})

    def reset(self) -> None:
        """Forget what an earlier test did."""
        self.asked.clear()
        self.change = self.reply = None

    def hold(self, items: Mapping[Kind, int]) -> None:
        """Set the number of the provider's items of each kind."""
        self._app = asgi.application([self._spec], items)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, and record it."""
        query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        if scope["method"] == "POST":
            sent = await _body(receive)
            query |= _fields(sent)
            receive = _again(sent)
        self.asked.append(ReceivedRequest(scope["path"], query))
        reply = self.reply
        if reply is None:
            reply = self._changed(await _taken(self._app, scope, receive))
        headers = {"content-type": "application/json", **reply.headers}
        headers["content-length"] = str(len(reply.body))
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": raw})
        await send({"type": "http.response.body", "body": reply.body})

    def _changed(self, reply: Reply) -> Reply:
        if self.change is None or reply.status != 200:
            return reply
        return Reply(200, json.dumps(self.change(json.loads(reply.body))).encode())


async def _body(receive: Receive) -> bytes:
    sent, more = bytearray(), True
    while more:
        message = await receive()
        sent += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(sent)


def _fields(sent: bytes) -> dict[str, str]:
    """Return the fields of a JSON body as a query would have them."""
    said = json.loads(sent or b"{}")
    return {name: as_text(value) for name, value in said.items() if value is not None}


def _again(sent: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": sent, "more_body": False}

    return receive


async def _taken(application: Any, scope: Scope, receive: Receive) -> Reply:
    """Record the response of an application; only its JSON matters here."""
    status, body = 500, bytearray()

    async def take(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        body.extend(message.get("body", b""))

    await application(scope, receive, take)
    return Reply(status, bytes(body))
