"""What callers get: videos, replicas, and pages of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, TypeVar

import attrs
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


def _common_status(word: object) -> Status:
    return Status.of(word)


class FieldReader(Protocol):
    """Finds the fields of an item in the provider's JSON, when they are first asked for."""

    def find(self, item: Item, name: str) -> object:
        """Give one field's value, converted."""

    def fill(self, item: Item) -> None:
        """Find all fields that are not known yet, and keep them in the item."""


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Item:
    """What every listed thing has. Frozen; equal when all fields but ``raw`` are.

    Every field but ``provider``, ``account``, ``id`` and ``status`` may be None: the provider didn't
    say. All fields are keyword arguments, in any shape that :mod:`polyreel.convert` understands.

    Raises:
        ValueError: ``id`` is missing.
        TypeError: There is no such field.
    """

    provider: str
    """The provider's name, such as ``tavus``."""
    account: str
    """The account's name; the default account bears the provider's name."""
    id: str = field(converter=convert.identifier)
    """The provider's own id, opaque and never empty."""
    title: str | None = field(default=None, converter=convert.text)
    """A name that a person gave it."""
    provider_status: str | None = field(default=None, converter=convert.text)
    """The status in the provider's own word."""
    status: Status = field(
        default=Factory(lambda item: item.provider_status, takes_self=True),
        converter=_common_status,
    )
    """The common status, translated from ``provider_status`` unless the plugin says it itself."""
    progress: float | None = field(default=None, converter=convert.percent)
    """How much of it is made, in percent: 0 to 100."""
    created_at: datetime | None = field(default=None, converter=convert.time)
    """When it was created. Aware UTC, as are all times."""
    updated_at: datetime | None = field(default=None, converter=convert.time)
    """When it was last changed (UTC)."""
    thumbnail_url: str | None = field(default=None, converter=convert.url)
    """A still picture: an absolute http(s) URL, as are all URLs. It may expire."""
    preview_url: str | None = field(default=None, converter=convert.url)
    """A moving preview: an animated picture or a short video. It may expire."""
    error: str | None = field(default=None, converter=convert.text)
    """Why it failed, in the provider's words."""
    raw: Mapping[str, Any] = field(factory=dict, eq=False)
    """The provider's JSON, exactly as it came. Neither compared nor printed."""

    @property
    def uid(self) -> str:
        """``account:id``, the name of this item across providers."""
        return f"{self.account}:{self.id}"

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Give the names of all fields but ``raw``, beginning with ``uid``."""
        return ("uid", *_OWN, *converters(cls))

    def as_dict(self) -> dict[str, Any]:
        """Give all fields but ``raw`` by name, as the Python values that they are."""
        if (reader := self._reader) is not None:
            reader.fill(self)
        return {name: getattr(self, name) for name in self.fields()}

    @property
    def _reader(self) -> FieldReader | None:
        # Set by a FieldMap; an item that was made from its fields has none.
        return self.__dict__.get("_field_reader")

    if not TYPE_CHECKING:  # A type checker knows the fields above, and refuses any other name.

        def __getattr__(self, name: str) -> Any:
            # Asked for what is not in __dict__ yet; what is found is kept there.
            if (reader := self._reader) is not None and name in converters(type(self)):
                return reader.find(self, name)
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((type(self), self.account, self.id))

    def __repr__(self) -> str:
        said = ((name, value) for name, value in self.as_dict().items() if value is not None)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in said)})"

    def __getstate__(self) -> dict[str, Any]:
        # A pickle holds values alone, not the plugin's functions that find them.
        return {**self.as_dict(), "raw": self.raw}


_OWN = ("provider", "account", "id")  # fields that don't come from a provider's JSON by a FieldMap
_CONVERTERS: dict[type[Item], Mapping[str, Callable[[object], object]]] = {}


def converters(model: type[Item]) -> Mapping[str, Callable[[object], object]]:
    """Give, field by field in order, what makes a field's type of whatever the provider sent."""
    if model not in _CONVERTERS:
        fields = attrs.fields(model)
        _CONVERTERS[model] = {
            each.name: each.converter for each in fields if each.name not in {*_OWN, "raw"}
        }
    return _CONVERTERS[model]


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Video(Item):
    """One video of one account; see :class:`Item` for the fields that it shares."""

    prompt: str | None = field(default=None, converter=convert.text)
    """The prompt or script that it was made from."""
    completed_at: datetime | None = field(default=None, converter=convert.time)
    """When it became ready or failed (UTC)."""
    expires_at: datetime | None = field(default=None, converter=convert.time)
    """When the provider deletes its files (UTC)."""
    duration: float | None = field(default=None, converter=convert.seconds)
    """Length in seconds."""
    width: int | None = field(default=None, converter=convert.whole)
    """Width in pixels."""
    height: int | None = field(default=None, converter=convert.whole)
    """Height in pixels."""
    model: str | None = field(default=None, converter=convert.text)
    """The model that made it, by the provider's name for it."""
    download_url: str | None = field(default=None, converter=convert.url)
    """A file to download. It may expire, and may need the account's key."""
    stream_url: str | None = field(default=None, converter=convert.url)
    """A stream, such as HLS. It may expire."""
    page_url: str | None = field(default=None, converter=convert.url)
    """A web page that shows it."""
    remixed_from: str | None = field(default=None, converter=convert.text)
    """The id of the video that it was made from."""


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Replica(Item):
    """One replica (avatar) of one account; see :class:`Item` for the fields that it shares."""

    type: str | None = field(default=None, converter=convert.text)
    """Whose it is, in the provider's word, such as ``user`` or ``system``."""


T = TypeVar("T", bound=Item)


@frozen(kw_only=True)
class ListQuery:
    """One page that is asked for.

    Attributes:
        page_size: Items per page; within the provider's limits.
        cursor: None for the first page, else a ``Page.next`` or ``Page.ahead`` of the same plugin.
        order: ``asc`` or ``desc`` by time, or None for the provider's own order.
        filters: The provider's own filters, by its own names; only those that it declares.
        since: Only items made at this time or later, aware UTC; None unless the provider declares in
            ``Resource.time_filters`` that its list can be asked for it.
        until: Only items made before this time; likewise.
    """

    page_size: int
    cursor: str | None = None
    order: Order | None = None
    filters: Mapping[str, Any] = field(factory=dict)
    since: datetime | None = None
    until: datetime | None = None


@frozen(kw_only=True)
class Page(Generic[T]):
    """Some items in the provider's order, and how to go on; :mod:`polyreel.paging` makes all of it.

    Attributes:
        items: The items, possibly none.
        next: The cursor of the page after this one, opaque to everybody but the plugin; None at the end.
        total: How many rows the provider says there are, or None. Never trusted alone.
        more: Whether the provider promises more: True, False, or None when it didn't say and
            ``next`` is only worth a try.
        rows: The ids of all rows in their order, where some are left out of ``items``; ``""`` for a
            row that can't be read. Empty when they are the items.
        by: What cursors are: ``cursor`` for a text that only the provider understands, ``id`` for the
            id of the row that a page comes after, ``offset`` for the number of rows before a page,
            ``number`` for a page's own number.
        first: The number of the first page, where cursors are page numbers; None when it isn't known.
        also: Other cursors for the page after this one, to be tried when ``next`` leads nowhere.
        account: Whose page it is; the hub fills it in, plugins leave it.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    more: bool | None = None
    rows: tuple[str, ...] = ()
    by: Literal["cursor", "id", "offset", "number"] = "cursor"
    first: int | None = None
    also: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    account: str | None = None
