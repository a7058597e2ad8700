"""The sandbox as an ASGI application: each provider's documented operations under its name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import quote

from attrs import frozen
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from polyreel.models import Kind
from polyreel.sandbox import clips, key_check, query, refusals
from polyreel.sandbox.cdn import FileServer
from polyreel.sandbox.clock import Clock
from polyreel.sandbox.fixture_items import COUNTS, FixtureItem
from polyreel.sandbox.refusals import INVALID, Refusal
from polyreel.sandbox.served_spec import ServedOperation, Spec
from polyreel.sandbox.signed_links import FILES, LIFETIME, Links
from polyreel.sandbox.site import Site

FAULT = "polyreel-fault"
"""A request with this parameter gets links to files with which that goes wrong."""


@frozen(kw_only=True)
class _Host:
    """Serves one provider.

    Attributes:
        site: Its responses.
        clock: The sandbox's time.
        files: The origin of files; None for the one that is asked.
    """

    site: Site
    clock: Clock
    files: str | None


def application(
    specs: Iterable[Spec],
    items: Mapping[Kind, int] = COUNTS,
    *,
    clock: Clock | None = None,
    files: str | None = None,
) -> Starlette:
    """Make the application that serves providers side by side, and below ``/cdn`` their files.

    Args:
        specs: Whom to serve.
        items: How many items of each kind a provider has.
        clock: The sandbox's time; None for one that stands still.
        files: Another origin under which the application is reached, for links to files; None for
            the one that a request came to.
    """
    clock = clock or Clock()
    hosts = [_Host(site=Site(spec, items, clock), clock=clock, files=files) for spec in specs]
    return Starlette(
        routes=[
            Mount(FILES, FileServer(clock)),
            *(Mount(f"/{host.site.spec.provider.name}", _below(host)) for host in hosts),
        ]
    )


def _below(host: _Host) -> Starlette:
    site = host.site
    # A fixed path goes before a template that would match it, too.
    operations = sorted(site.spec.operations, key=lambda one: one.path.count("{"))
    below = Starlette(
        routes=[
            Route(_path(site.spec, one), partial(_serve, host, one), methods=[one.method])
            for one in operations
        ],
        exception_handlers={HTTPException: partial(_elsewhere, site)},
    )
    below.router.redirect_slashes = False  # a get with an empty id must not become a list
    return below


def _path(spec: Spec, operation: ServedOperation) -> str:
    """Return a route below the provider's name; its parameters are numbered, as any name may occur."""
    numbers = itertools.count()
    path = spec.route(operation).removeprefix(f"/{spec.provider.name}")
    return re.sub(r"\{[^}]*\}", lambda _: f"{{p{next(numbers)}}}", path)


async def _serve(host: _Host, operation: ServedOperation, request: Request) -> Response:
    site = host.site
    links = partial(_links, host, request)
    try:
        key_check.check(operation, request)
        asked = await _query_and_fields(operation, request)
        id = asked.get(operation.asks_for) or next(reversed(request.path_params.values()), "")
        query.check_headers(operation, request.headers)
        query.check(operation, asked)
        if operation.role == "list":
            return JSONResponse(site.list(operation, asked, partial(_link, request), links))
        if operation.role == "get":
            return JSONResponse(site.get(operation, asked, id, links))
        item = site.downloadable(operation, id)
        kind = clips.choose(operation.responses.get("200", {}), asked.values())
        return _file(item, kind, links(item))
    except Refusal as refusal:
        return _refuse(site, operation, refusal)


async def _query_and_fields(operation: ServedOperation, request: Request) -> query.Query:
    """Return a request's query, and the fields of its body as a query would have them."""
    if operation.method == "GET":
        return request.query_params
    try:
        said = await request.json()
    except ValueError:
        raise Refusal(INVALID, "the body must be JSON") from None
    if not isinstance(said, dict):
        raise Refusal(INVALID, "the body must be an object")
    return {**request.query_params} | {
        name: ",".join(map(query.as_text, value))
        if isinstance(value, list)
        else query.as_text(value)
        for name, value in said.items()
        if value is not None
    }


def _file(item: FixtureItem, kind: str, links: Links) -> Response:
    """Answer with a file behind the key: every other item's is on the file server, as many do it."""
    path = f"{item.fixtures.provider}/{item.kind}/{item.id}"
    if item.number % 2:
        ending = next(ending for ending, known in clips.TYPES.items() if known == kind)
        return RedirectResponse(links.file(f"{path}/content.{ending}"), 302)
    return Response(clips.clip_of(kind, path), media_type=kind)


def _links(host: _Host, request: Request, item: FixtureItem) -> Links:
    origin = f"{request.url.scheme}://{request.url.netloc}"
    spec = host.site.spec
    alone = spec.operation("get", item.kind, item.collection)
    path = spec.route(alone) if alone else f"/{spec.provider.name}"
    return Links(
        item=origin + re.sub(r"\{[^}]*\}", quote(item.id, safe=""), path),
        files=host.files or origin,
        expires=host.clock.end(LIFETIME),
        fault=request.query_params.get(FAULT, ""),
    )


def _link(request: Request, name: str, value: str) -> str:
    return str(request.url.include_query_params(**{name: value}))


def _elsewhere(site: Site, _request: Request, error: Exception) -> Response:
    """Response for a path or method that no operation has."""
    assert isinstance(error, HTTPException)
    refused = _refuse(site, None, Refusal((error.status_code,), error.detail))
    refused.headers.update(error.headers or {})  # a 405 tells what is allowed
    return refused


def _refuse(site: Site, operation: ServedOperation | None, refusal: Refusal) -> Response:
    status, body = refusals.response(site.spec, operation, refusal)
    return JSONResponse(body, status)
