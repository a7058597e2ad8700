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
from polyreel import Exchange, PolyreelError, hookimpl

log = logging.getLogger("polyreel_trace")

Wrapper = Generator[None, Exchange[Any], Exchange[Any]]


@hookimpl(wrapper=True)
def polyreel_list() -> Wrapper:
    """Let the provider's plugin build its exchange, and give it a trace."""
    return traced((yield))


@hookimpl(wrapper=True)
def polyreel_get() -> Wrapper:
    """Do the same for a single item."""
    return traced((yield))


def traced(exchange: Exchange[Any]) -> Exchange[Any]:
    """Give the exchange with a header that names a new trace."""
    header = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    return evolve(exchange, headers={**exchange.headers, "traceparent": header})


@hookimpl
def polyreel_sent(account: str, exchange: Exchange[Any]) -> None:
    """Tell that an attempt begins."""
    log.debug("%s %s asks %s %s", trace(exchange), account, exchange.method, exchange.path)


@hookimpl
def polyreel_answered(
    account: str, exchange: Exchange[Any], status_code: int, seconds: float
) -> None:
    """Tell how it was answered."""
    log.info("%s %s answered %d in %.3f s", trace(exchange), account, status_code, seconds)


@hookimpl
def polyreel_failed(account: str, exchange: Exchange[Any], error: PolyreelError) -> None:
    """Tell why an attempt came to nothing."""
    log.warning("%s %s failed: %s", trace(exchange), account, type(error).__name__)


def trace(exchange: Exchange[Any]) -> str:
    """Give the trace's id."""
    return exchange.headers["traceparent"].split("-")[1]
