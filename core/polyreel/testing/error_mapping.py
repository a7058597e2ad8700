"""What goes wrong at the provider is an error of polyreel's, and of the right kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from polyreel.errors import (
    AuthenticationError,
    InvalidRequest,
    MalformedResponse,
    NotFound,
    PermissionDenied,
    PolyreelError,
    ProviderUnavailable,
    RateLimited,
)
from polyreel.models import Kind
from polyreel.testing.fixtures import Fixtures, both_hubs
from polyreel.testing.sandbox_hubs import ACCOUNT, WRONG_KEY, Mode, ServedProvider
from polyreel.testing.served_wire import Reply
from polyreel.testing.subject import Subject

_STATUSES: Mapping[int, type[PolyreelError]] = {
    400: InvalidRequest,
    401: AuthenticationError,
    402: InvalidRequest,
    403: PermissionDenied,
    404: NotFound,
    409: InvalidRequest,
    422: InvalidRequest,
    429: RateLimited,
    500: ProviderUnavailable,
    502: ProviderUnavailable,
    503: ProviderUnavailable,
    529: ProviderUnavailable,
}
_NO_JSON = {
    "nothing": b"",
    "a proxy's page": b"<!doctype html><p>Wait",
    "half of it": b'{"data": [{"i',
}
_OTHER_SHAPES: Mapping[str, Any] = {
    "null": None,
    "a number": 5,
    "a text": "ok",
    "true": True,
    "an empty object": {},
}


class Failures(Fixtures):
    """Errors of the provider reach the caller as themselves."""

    @pytest.mark.parametrize("status", _STATUSES)
    def test_an_error_status_is_its_error(
        self, specified: Subject, served: ServedProvider, kind: Kind, status: int
    ) -> None:
        """With the account, the status, and nothing else raised."""
        for ask, missing in _asks(specified, served, kind):
            served.wire.reply = Reply(status, b'{"error": {"message": "No such luck"}}')
            expected = _STATUSES[status]
            if status in specified.provider.wrong_key:
                expected = AuthenticationError
            if expected is InvalidRequest and status in missing:
                expected = NotFound
            error = _raised(ask)
            assert type(error) is expected, (
                f"{status} gives {error!r} instead of {expected.__name__}"
            )
            assert (error.provider, error.account, error.status_code) == (
                specified.name,
                ACCOUNT,
                status,
            )

    @both_hubs
    def test_a_wrong_key_is_told(
        self, specified: Subject, served: ServedProvider, kind: Kind, mode: Mode
    ) -> None:
        """The key goes where the spec's security scheme wants it, and a wrong one is refused."""
        if not any(one.security for one in specified.spec.operations):
            pytest.skip(f"the spec of {specified.provider.title} asks for no key")
        served.hold(kind, 1)
        for ask, _ in _asks(specified, served, kind, mode, WRONG_KEY):
            assert isinstance(_raised(ask), AuthenticationError | PermissionDenied)

    @pytest.mark.parametrize("body", _NO_JSON)
    def test_what_is_no_json_is_malformed(
        self, specified: Subject, served: ServedProvider, kind: Kind, body: str
    ) -> None:
        """A response that broke on its way is never an empty listing."""
        for ask, _ in _asks(specified, served, kind):
            served.wire.reply = Reply(200, _NO_JSON[body])
            assert isinstance(_raised(ask), MalformedResponse)

    @pytest.mark.parametrize("body", _OTHER_SHAPES)
    def test_json_of_another_shape_is_malformed(
        self, specified: Subject, served: ServedProvider, kind: Kind, body: str
    ) -> None:
        """Neither an empty listing nor an item without anything in it.

        But null is an empty array, where the whole response is one: some servers write it so.
        """
        bare = specified.resource(kind).can_list and not specified.operation("list", kind).items
        for number, (ask, _) in enumerate(_asks(specified, served, kind)):
            served.wire.reply = Reply(200, json.dumps(_OTHER_SHAPES[body]).encode())
            if bare and body == "null" and number == 0:
                assert ask() == []
                continue
            error = _raised(ask)
            assert isinstance(error, MalformedResponse), (
                f"{body} as a response gives {error!r}; read responses with Response.items and Response.item"
            )


def _asks(
    subject: Subject,
    served: ServedProvider,
    kind: Kind,
    mode: Mode = "sync",
    account: str = ACCOUNT,
) -> list[tuple[Callable[[], Any], frozenset[int]]]:
    """Return what can be asked about a kind, and the statuses that mean "no such item" there."""
    found: list[tuple[Callable[[], Any], frozenset[int]]] = []
    if subject.resource(kind).can_list:
        request = subject.list_request(kind, subject.query(kind))
        found.append((lambda: served.list(kind, mode, account), request.missing))
    if subject.resource(kind).can_get:
        missing = subject.get_request(kind, "x").missing
        found.append((lambda: served.get(kind, "x", mode, account), missing))
    return found


def _raised(ask: Callable[[], Any]) -> PolyreelError:
    try:
        response = ask()
    except PolyreelError as error:
        return error
    pytest.fail(f"no error was raised; the caller was given {response!r}")
