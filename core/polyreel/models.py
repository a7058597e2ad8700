"""What callers get: videos, replicas, and pages of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import field, frozen
from attrs.exceptions import FrozenInstanceError

from polyreel import convert
from polyreel.fields import Field, declared

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
    def of(cls, word: object) -> Status:
        """Translate a provider's word; one that nobody has met is ``unknown``, never an error."""
        known = convert.text(word)
        if known is None:
            return cls.UNKNOWN
        return _STATUS_WORDS.get(known) or _STATUS_WORDS.get(
            known.strip().lower().replace("-", "_"), cls.UNKNOWN
        )


# The words of Tavus, OpenAI-style servers, HeyGen, Synthesia, D-ID, Runway, Luma, Hedra, Replicate,
# fal, MiniMax and Kling, as their public specs and docs had them on 2026-11-21.
_STATUS_WORDS: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.QUEUED: "queued queueing pending created submitted starting waiting throttled in_queue"
        " draft preparing pending_consent",
        Status.RUNNING: "running in_progress processing generating dreaming started finalizing"
        " training",
        Status.READY: "ready completed complete done succeeded succeed success approved",
        Status.FAILED: "failed fail failure error rejected canceled cancelled aborted",
        Status.DELETED: "deleted expired",
    }.items()
    for word in words.split()
}


class Item:
    """What every listed thing has. Frozen; equal when all fields but ``raw`` are.

    Every field but ``provider``, ``account`` and ``id`` may be None: the provider didn't say.

    Args:
        provider: The provider's name, such as ``tavus``.
        account: The account's name; the default account bears the provider's name.
        id: The provider's own id, opaque and never empty.
        raw: The provider's JSON, exactly as it came.
        fields: Other fields by name, in any shape that :mod:`polyreel.convert` understands.

    Attributes:
        title: A name that a person gave it.
        status: The common lifecycle, translated from ``provider_status``.
        provider_status: The status in the provider's own word.
        progress: 0–100.
        created_at: Aware UTC, as are all times.
        updated_at: The last change.
        thumbnail_url: A still picture.
        preview_url: A moving preview.
        error: Why it failed, in the provider's words.

    Raises:
        ValueError: ``id`` is missing.
        TypeError: There is no such field.
    """

    provider: str
    account: str
    id: str
    raw: Mapping[str, Any]
    title = Field(convert.text)
    status = Field(Status.of, derive=attrgetter("provider_status"))
    provider_status = Field(convert.text)
    progress = Field(convert.percent)
    created_at = Field(convert.time)
    updated_at = Field(convert.time)
    thumbnail_url = Field(convert.url)
    preview_url = Field(convert.url)
    error = Field(convert.text)

    def __init__(
        self,
        *,
        provider: str,
        account: str,
        id: object,
        raw: Mapping[str, Any] | None = None,
        **fields: object,
    ) -> None:
        keep = self.__dict__
        keep.update(provider=provider, account=account, id=convert.identifier(id), raw=raw or {})
        for name, value in fields.items():
            field = getattr(type(self), name, None)
            if not isinstance(field, Field):
                raise TypeError(f"{type(self).__name__} has no field {name!r}")
            keep[name] = field.convert(value)

    @property
    def uid(self) -> str:
        """``account:id``, the name of this item across providers."""
        return f"{self.account}:{self.id}"

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Give the names of all fields but ``raw``, beginning with ``uid``."""
        return ("uid", "provider", "account", "id", *declared(cls))

    def as_dict(self) -> dict[str, Any]:
        """Give all fields but ``raw`` by name, as the Python values that they are."""
        return {name: getattr(self, name) for name in self.fields()}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((type(self), self.account, self.id))

    def __repr__(self) -> str:
        said = ((name, value) for name, value in self.as_dict().items() if value is not None)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in said)})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError

    def __getstate__(self) -> dict[str, Any]:
        # A pickle holds values alone, not the plugin's functions that find them.
        return {**self.as_dict(), "raw": self.raw}


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
        download_url: A file to download; may expire, may need the account's key.
        stream_url: A stream, such as HLS.
        page_url: A web page that shows it.
        remixed_from: The id of the video that it was made from.
    """

    prompt = Field(convert.text)
    completed_at = Field(convert.time)
    expires_at = Field(convert.time)
    duration = Field(convert.seconds)
    width = Field(convert.whole)
    height = Field(convert.whole)
    model = Field(convert.text)
    download_url = Field(convert.url)
    stream_url = Field(convert.url)
    page_url = Field(convert.url)
    remixed_from = Field(convert.text)


class Replica(Item):
    """One replica (avatar) of one account; see :class:`Item` for the fields that it shares.

    Attributes:
        type: Whose it is, in the provider's word, such as ``user`` or ``system``.
    """

    type = Field(convert.text)


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
