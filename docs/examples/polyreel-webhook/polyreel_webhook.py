"""Post a message to a webhook when a video becomes ready or fails, as a sync or a watch notices it.

The address stands in the environment: ``POLYREEL_WEBHOOK=https://hooks.example/…``. What is posted is
JSON with ``text``, which chat services show, and ``uid``, ``status`` and ``title``; no link, no prompt.
"""

from __future__ import annotations

import logging
import os

import httpx
from polyreel import Item, Status, hookimpl

log = logging.getLogger("polyreel_webhook")

WORTH_TELLING = {Status.READY, Status.FAILED}


@hookimpl
def polyreel_changed(item: Item, before: Item | None) -> None:
    """Post one message for each video that has just become ready or failed."""
    address = os.environ.get("POLYREEL_WEBHOOK")
    if not address or before is None:
        return
    if item.status == before.status or item.status not in WORTH_TELLING:
        return
    told = {"uid": item.uid, "status": item.status, "title": item.title}
    text = f"{item.title or item.uid} is {item.status}"
    try:
        httpx.post(address, json={"text": text, **told}, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        log.warning("the webhook was not told of %s: %s", item.uid, type(error).__name__)
