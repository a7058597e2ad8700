"""What is listed: videos and replicas, and the fields that both have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self, get_type_hints

import attrs
from attrs import Factory, field, frozen

from polyreel import convert
from polyreel.models import render
from polyreel.models.field_layout import IDENTITY, layout
from polyreel.models.status import Status


def _common_status(word: object) -> Status:
    return Status.of(word)


class FieldReader(Protocol):
    """Finds the fields of an item in the provider's JSON, when they are first asked for."""

    def find(self, item: Item, name: str) -> object:
        """Find one field, and keep it in the item."""

    def fill(self, item: Item) -> None:
        """Find all fields, and keep them in the item."""

    def write(self, item: Item) -> str:
        """Write all fields as a JSON object, on one line."""


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
    error: str | None = field(default=None, converter=convert.reason)
    """Why it failed, in the provider's words."""
    raw: Mapping[str, Any] = field(factory=dict, eq=False)
    """The provider's JSON, exactly as it came. Neither compared nor printed."""

    @property
    def uid(self) -> str:
        """``account:id``, the name of this item across providers."""
        return f"{self.account}:{self.id}"

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Return the names of all fields but ``raw``, beginning with ``uid``."""
        return ("uid", *layout(cls).names)

    def as_dict(self) -> dict[str, Any]:
        """Return all fields but ``raw`` by name, as the Python values that they are."""
        known = layout(type(self))
        found = {"uid": self.uid}
        found.update(zip(known.names, known.values(self._filled()), strict=True))
        return found

    def to_dict(self, *, raw: bool = False) -> dict[str, Any]:
        """Return all fields by name, as JSON has them: times in ISO 8601, the status as a text.

        Args:
            raw: Whether the provider's own JSON comes last, as ``raw``.
        """
        found = self.as_dict()
        found["status"] = str(self.status)
        for name in layout(type(self)).times:
            if (moment := found[name]) is not None:
                found[name] = render.iso(moment)
        if raw:
            found["raw"] = self.raw
        return found

    def to_json(self, *, raw: bool = False) -> str:
        """Return :meth:`to_dict` as a JSON text on one line."""
        reader: FieldReader | None = self.__dict__.get("_reader")
        if reader is None:
            return render.to_json(self.to_dict(raw=raw))
        written = render.harmless(reader.write(self))
        return f'{written[:-1]}, "raw": {render.to_json(self.raw)}}}' if raw else written

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """Make an item of what :meth:`to_dict` or :meth:`as_dict` gave.

        Names that this version has no field for are ignored, so that what a newer one wrote can be read.

        Raises:
            ValueError: ``provider``, ``account`` or ``id`` is missing.
        """
        if missing := [name for name in IDENTITY if found.get(name) is None]:
            raise ValueError(f"no {cls.__name__}: it has no {', '.join(missing)}")
        names = (*layout(cls).names, "raw")
        return cls(**{name: found[name] for name in names if name in found})

    def evolve(self, **changes: Any) -> Self:
        """Return a copy with some fields changed; a changed field takes any shape, as in the constructor.

        Raises:
            TypeError: There is no such field.
        """
        return attrs.evolve(self, **changes)

    def _filled(self) -> dict[str, Any]:
        kept = self.__dict__
        reader: FieldReader | None = kept.get("_reader")
        if reader is not None:
            reader.fill(self)
        return kept

    if not TYPE_CHECKING:  # A type checker knows the fields above, and refuses any other name.

        def __getattr__(self, name: str) -> Any:
            # Asked for what is not in __dict__: a field that nobody has looked at yet, or no field.
            kept = self.__dict__
            if name in layout(type(self)).converters:
                if (reader := kept.get("_reader")) is not None:
                    return reader.find(self, name)
                if name in kept:  # another thread has just filled the item
                    return kept[name]
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
        known = layout(type(self))
        return {
            **dict(zip(known.names, known.values(self._filled()), strict=True)),
            "raw": self.raw,
        }

    def _repr_html_(self) -> str:
        return render.html_fields(self.uid, self.to_dict())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> Any:
        """Tell pydantic that an item is made of a mapping of its fields, and written as one."""
        from pydantic_core import core_schema

        hints = get_type_hints(cls)
        fields = {
            name: core_schema.typed_dict_field(
                handler.generate_schema(hints[name]), required=name in IDENTITY
            )
            for name in (*layout(cls).names, "raw")
        }
        shape = core_schema.typed_dict_schema(fields, extra_behavior="ignore")
        made = core_schema.no_info_after_validator_function(cls.from_dict, shape)
        return core_schema.json_or_python_schema(
            json_schema=made,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), made]),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict),
        )


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
    width: int | None = field(default=None, converter=convert.pixels)
    """Width in pixels."""
    height: int | None = field(default=None, converter=convert.pixels)
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
