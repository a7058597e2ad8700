"""Logs without secrets: what polyreel and the HTTP libraries log, also at DEBUG."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from polyreel.http.redaction import redact

# Filters are not inherited, so each logger that says something about requests needs its own.
_LOGGERS = (
    "polyreel",
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


class _Redaction(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self.secrets: frozenset[str] = frozenset()

    def filter(self, record: logging.LogRecord) -> bool:
        shown = record.getMessage()
        safe = redact(shown, self.secrets)
        if safe != shown:
            record.msg, record.args = safe, None
        return True


_redaction = _Redaction()
_lock = threading.Lock()


def keep_out(secrets: Iterable[str]) -> None:
    """Redact these secrets in all log messages of this process from now on."""
    with _lock:
        _redaction.secrets |= frozenset(secrets)
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(_redaction)  # adding it twice is adding it once
