"""The common status of an item, and the words that providers use for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from polyreel import convert


class Status(StrEnum):
    """The common lifecycle; a provider's own word stays in ``provider_status``."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    DELETED = "deleted"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, word: object) -> Status:
        """Translate a provider's word; one that nobody has met is ``unknown``, never an error.

        Case, spaces, hyphens and underscores make no difference: ``IN_PROGRESS``, ``in-progress`` and
        ``InProgress`` are one word.
        """
        return _status(word if word.__class__ is str else convert.text(word) or "")


SETTLED = frozenset({Status.READY, Status.FAILED, Status.DELETED})
"""Statuses in which an item stays."""

# The words of Tavus, OpenAI-style servers, HeyGen, Synthesia, D-ID, Runway, Luma, Hedra, Replicate, fal,
# MiniMax, Kling, Krea, Vidu, Ark, DashScope, ElevenLabs, Argil and of the hosts Mux, Cloudflare and Vimeo,
# as their public specs and docs had them on 2026-11-25.
_STATUS_WORDS: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.QUEUED: "queued queueing inqueue pending created submitted starting waiting wait throttled"
        " draft preparing pendingconsent backlogged scheduled notstart notstarted idle pendingupload"
        " validating",
        Status.RUNNING: "running run inprogress processing preprocessing generating generatingaudio"
        " generatingvideo dreaming started finalizing training trainingstarted sampling rendering"
        " encoding transcoding uploading downloading intermediatecomplete canceling cancelling",
        Status.READY: "ready completed complete done succeeded succeed success approved generated finished"
        " available taskstatussucceed",
        Status.FAILED: "failed fail failure error errored usererror rejected canceled cancelled aborted"
        " terminated timeout timedout nsfw",
        Status.DELETED: "deleted expired",
    }.items()
    for word in words.split()
}


@lru_cache(1000)
def _status(word: str) -> Status:
    return _STATUS_WORDS.get(re.sub(r"[\s_-]", "", word.lower()), Status.UNKNOWN)
