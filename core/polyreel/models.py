"""What callers get: videos, replicas, and pages of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import Factory, field, frozen

from polyreel import convert

Kind: TypeAlias = Literal["videos", "replicas"]
Order: TypeAlias = Literal["asc", "desc"]


class Status(StrEnum):
    """The common lifecycle; a provider's own word stays in ``provider_status``."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    DELETED = "deleted"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, word: str | None) -> Status:
        """Translate a provider's word; one that nobody has met is ``unknown``, never an error."""
        if word is None:
            return cls.UNKNOWN
        return _STATUS_WORDS.get(word) or _STATUS_WORDS.get(
            word.strip().lower().replace("-", "_"), cls.UNKNOWN
        )


# The words of Tavus, OpenAI-style servers, HeyGen, Synthesia, D-ID, Runway, Luma, Hedra, Replicate,
# fal, MiniMax and Kling, as their public specs and docs had them on 2026-11-21.
_STATUS_WORDS: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.QUEUED: "queued queueing pending created submitted starting waiting throttled in_queue"
        " draft preparing",
        Status.RUNNING: "running in_progress processing generating dreaming started finalizing"
        " training",
        Status.READY: "ready completed complete done succeeded succeed success approved",
        Status.FAILED: "failed fail failure error rejected canceled cancelled aborted",
        Status.DELETED: "deleted expired",
    }.items()
    for word in words.split()
}


@frozen(kw_only=True)
class Item:
    """What every listed thing has.

    Every field but ``provider``, ``account`` and ``id`` may be None: the provider didn't say. Fields
    convert what they are given (see :mod:`polyreel.convert`), so a plugin hands over what it read.

    Attributes:
        provider: The provider's name, such as ``tavus``.
        account: The account's name; the default account bears the provider's name.
        id: The provider's own id, opaque and never empty.
        title: A name that a person gave it.
        status: The common lifecycle, translated from ``provider_status``.
        provider_status: The status in the provider's own word.
        progress: 0–100.
        created_at: Aware UTC, as are all times.
        updated_at: The last change.
        thumbnail_url: A still picture.
        preview_url: A moving preview.
        error: Why it failed, in the provider's words.
        raw: The provider's JSON, exactly as it came. Not compared, not printed.

    Raises:
        ValueError: ``id`` is missing.
    """

    provider: str
    account: str
    id: str = field(converter=convert.identifier)
    title: str | None = field(default=None, converter=convert.text)
    provider_status: str | None = field(default=None, converter=convert.text)
    status: Status = field(
        default=Factory(lambda self: Status.of(self.provider_status), takes_self=True)
    )
    progress: float | None = field(default=None, converter=convert.percent)
    created_at: datetime | None = field(default=None, converter=convert.time)
    updated_at: datetime | None = field(default=None, converter=convert.time)
    thumbnail_url: str | None = field(default=None, converter=convert.url)
    preview_url: str | None = field(default=None, converter=convert.url)
    error: str | None = field(default=None, converter=convert.text)
    raw: Mapping[str, Any] = field(factory=dict, eq=False, repr=False)

    @property
    def uid(self) -> str:
        """``account:id``, the name of this item across providers."""
        return f"{self.account}:{self.id}"


@frozen(kw_only=True)
class Video(Item):
    """One video of one account; see :class:`Item` for the fields that it shares.

    Attributes:
        prompt: The prompt or script that it was made from.
        completed_at: When it became ready or failed.
        expires_at: When its files go away.
        duration: Seconds.
        width: Pixels.
        height: Pixels.
        model: The model that made it.
        download_url: A file to download; may expire.
        stream_url: A stream, such as HLS.
        page_url: A web page that shows it.
        remixed_from: The id of the video that it was made from.
    """

    prompt: str | None = field(default=None, converter=convert.text)
    completed_at: datetime | None = field(default=None, converter=convert.time)
    expires_at: datetime | None = field(default=None, converter=convert.time)
    duration: float | None = field(default=None, converter=convert.seconds)
    width: int | None = field(default=None, converter=convert.whole)
    height: int | None = field(default=None, converter=convert.whole)
    model: str | None = field(default=None, converter=convert.text)
    download_url: str | None = field(default=None, converter=convert.url)
    stream_url: str | None = field(default=None, converter=convert.url)
    page_url: str | None = field(default=None, converter=convert.url)
    remixed_from: str | None = field(default=None, converter=convert.text)


@frozen(kw_only=True)
class Replica(Item):
    """One replica (avatar) of one account; see :class:`Item` for the fields that it shares.

    Attributes:
        type: Whose it is, in the provider's word, such as ``user`` or ``system``.
    """

    type: str | None = field(default=None, converter=convert.text)


MODELS: Mapping[str, type[Item]] = {"videos": Video, "replicas": Replica}

T = TypeVar("T", bound=Item)


@frozen(kw_only=True)
class ListQuery:
    """One page that is asked for.

    Attributes:
        page_size: Items per page; within the provider's limits.
        cursor: None for the first page, else a ``Page.next`` or ``Page.ahead`` of the same plugin.
        order: ``asc`` or ``desc`` by time, or None for the provider's own order.
        filters: The provider's own filters, by its own names; only those that it declares.
    """

    page_size: int
    cursor: str | None = None
    order: Order | None = None
    filters: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Page(Generic[T]):
    """Some items in the provider's order, and how to go on.

    Attributes:
        items: The items, possibly none.
        next: The cursor of the page after this one, opaque to everybody but the plugin; None at the end.
        total: How many items the provider says there are, or None. Never trusted alone.
        more: Whether the provider promises more: True, False, or None when it didn't say and
            ``next`` is only worth a try.
        ahead: Later cursors that are already known, in order, beginning with ``next``; they may be
            fetched at the same time.
        account: Whose page it is; the hub fills it in, plugins leave it.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    more: bool | None = None
    ahead: tuple[str, ...] = ()
    account: str | None = None
