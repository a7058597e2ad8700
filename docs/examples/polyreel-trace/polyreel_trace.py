"""Trace every request of every provider: who was asked for what, how it went, and how long it took.

Each request carries a ``traceparent`` header (W3C Trace Context), which servers that know it go on with.
Attempts at the same request share it. What happened goes to the logger ``polyreel_trace``.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Generator
from typing import Any

from attrs import evolve
from polyreel import PolyreelError, Request, hookimpl

log = logging.getLogger("polyreel_trace")

Wrapper = Generator[None, Request[Any], Request[Any]]


@hookimpl(wrapper=True)
def polyreel_list() -> Wrapper:
    """Let the provider's plugin build its request, and give it a trace."""
    return traced((yield))


@hookimpl(wrapper=True)
def polyreel_get() -> Wrapper:
    """Do the same for a single item."""
    return traced((yield))


def traced(request: Request[Any]) -> Request[Any]:
    """Give the request with a header that names a new trace."""
    header = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    return evolve(request, headers={**request.headers, "traceparent": header})


@hookimpl
def polyreel_sent(account: str, request: Request[Any]) -> None:
    """Tell that an attempt begins."""
    log.debug("%s %s asks %s %s", trace(request), account, request.method, request.path)


@hookimpl
def polyreel_answered(
    account: str, request: Request[Any], status_code: int, seconds: float
) -> None:
    """Tell how it was answered."""
    log.info("%s %s answered %d in %.3f s", trace(request), account, status_code, seconds)


@hookimpl
def polyreel_failed(account: str, request: Request[Any], error: PolyreelError) -> None:
    """Tell why an attempt came to nothing."""
    log.warning("%s %s failed: %s", trace(request), account, type(error).__name__)


def trace(request: Request[Any]) -> str:
    """Give the trace's id."""
    return request.headers["traceparent"].split("-")[1]
