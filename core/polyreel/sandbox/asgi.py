"""The sandbox as an ASGI application: each provider's documented operations under its name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from polyreel.models import Kind
from polyreel.sandbox import auth, media, query, refusals
from polyreel.sandbox.fixture_items import COUNTS
from polyreel.sandbox.refusals import Refusal
from polyreel.sandbox.served_spec import Operation, Spec
from polyreel.sandbox.site import Site


def application(specs: Iterable[Spec], items: Mapping[Kind, int] = COUNTS) -> Starlette:
    """Make the application that serves providers side by side.

    Args:
        specs: Whom to serve.
        items: How many items of each kind a provider has.
    """
    sites = [Site(spec, items) for spec in specs]
    return Starlette(routes=[Mount(f"/{site.spec.provider.name}", _below(site)) for site in sites])


def _below(site: Site) -> Starlette:
    # A fixed path goes before a template that would match it, too.
    operations = sorted(site.spec.operations, key=lambda one: one.path.count("{"))
    below = Starlette(
        routes=[
            Route(_path(site.spec, one), partial(_serve, site, one), methods=["GET"])
            for one in operations
        ],
        exception_handlers={HTTPException: partial(_elsewhere, site)},
    )
    below.router.redirect_slashes = False  # a get with an empty id must not become a list
    return below


def _path(spec: Spec, operation: Operation) -> str:
    """Give a route below the provider's name; its parameters are numbered, as any name may occur."""
    numbers = itertools.count()
    path = spec.route(operation).removeprefix(f"/{spec.provider.name}")
    return re.sub(r"\{[^}]*\}", lambda _: f"{{p{next(numbers)}}}", path)


async def _serve(site: Site, operation: Operation, request: Request) -> Response:
    asked = request.query_params
    id = next(reversed(request.path_params.values()), "")
    try:
        auth.check(operation, request)
        query.check(operation, asked)
        if operation.role == "list":
            return JSONResponse(site.list(operation, asked, partial(_link, request)))
        if operation.role == "get":
            return JSONResponse(site.get(operation, asked, id))
        site.check_download(operation, id)
        kind, content = media.choose(operation.responses.get("200", {}), asked.values())
        return Response(content, media_type=kind)
    except Refusal as refusal:
        return _refuse(site, operation, refusal)


def _link(request: Request, name: str, value: str) -> str:
    return str(request.url.include_query_params(**{name: value}))


def _elsewhere(site: Site, _request: Request, error: Exception) -> Response:
    """Response for a path or method that no operation has."""
    assert isinstance(error, HTTPException)
    return _refuse(site, None, Refusal((error.status_code,), error.detail))


def _refuse(site: Site, operation: Operation | None, refusal: Refusal) -> Response:
    status, body = refusals.response(site.spec, operation, refusal)
    return JSONResponse(body, status)
