"""Fixture items: the fabricated items of one provider, each the same whenever it is asked for."""

from __future__ import annotations

import hashlib
import random
import re
import uuid
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from attrs import evolve, frozen

from polyreel.models import Kind, Status
from polyreel.openapi.shapes import ANYTHING, Shape
from polyreel.sandbox.object_forms import fields, own_fields
from polyreel.sandbox.patterns import matching
from polyreel.sandbox.served_spec import Spec

COUNTS: Mapping[Kind, int] = {"videos": 25, "replicas": 12}

_NEWEST = datetime(2026, 11, 2, 16, 40, tzinfo=UTC)
_APART = timedelta(hours=7, minutes=13, seconds=29)
_SPAN = timedelta(days=300)
_FEWEST_DIGITS = 8  # of an id, so that no two are the same
_LAP = 9  # items, one of which has failed
_AT_WORK = 3  # the newest items, which change while time passes


@frozen
class KindFacts:
    """What all items of a kind share at one provider.

    Attributes:
        count: How many there are.
        id_of: Turns hexadecimal digits into an id as the provider writes them.
        words: The provider's word for each common status that it knows; all words, where an item's
            form depends on them.
    """

    count: int
    id_of: Callable[[str], str]
    words: Mapping[Status, Sequence[str]]


@frozen
class FixtureItem:
    """One fabricated item: what is settled about it before its fields are filled in.

    Attributes:
        fixtures: All items of its provider.
        kind: What it is.
        number: Its place; 0 is the newest.
        id: Its id.
        status: Where it stands in the common lifecycle.
        created_at: Aware UTC.
        collection: Which of the provider's several lists of the kind it is on, or "".
    """

    fixtures: FixtureItems
    kind: Kind
    number: int
    id: str
    status: Status
    created_at: datetime
    collection: str = ""

    @property
    def belongs_to(self) -> str:
        """The name of all items that it is one of: ``videos``, or ``videos/talks``."""
        return f"{self.kind}/{self.collection}" if self.collection else self.kind

    def chance(self, name: str) -> random.Random:
        """Return the random generator for one field, seeded so that it always gives the same values."""
        return random.Random(f"{self.fixtures.provider}/{self.belongs_to}/{self.number}/{name}")  # noqa: S311

    @property
    def word(self) -> str:
        """The provider's word for its status; each of several comes in turn."""
        words = self.fixtures.kinds[self.belongs_to].words.get(self.status) or [self.status.value]
        return words[self.number // _LAP % len(words)]

    def after(self, seconds: float) -> FixtureItem:
        """Return the item as it is so many seconds after the start: the newest are being made.

        The newest waits for a minute and is made in another; the next is ready after half a minute;
        the third fails after a minute and a half.
        """
        if self.number >= _AT_WORK or seconds <= 0:
            return self
        steps = _LIFE[self.number]
        status = next((status for until, status in steps if seconds < until), steps[-1][1])
        known = self.fixtures.kinds[self.belongs_to].words
        return evolve(self, status=status if status in known else Status.READY)


# For each of the newest items: until which second after the start it is in which status.
_LIFE: tuple[tuple[tuple[float, Status], ...], ...] = (
    ((60, Status.QUEUED), (120, Status.RUNNING), (120, Status.READY)),
    ((30, Status.RUNNING), (30, Status.READY)),
    ((90, Status.RUNNING), (90, Status.FAILED)),
)


@frozen
class FixtureItems:
    """The items of one provider, by kind, or by kind and list where there are several of a kind."""

    provider: str
    kinds: Mapping[str, KindFacts]

    @classmethod
    def of(cls, spec: Spec, counts: Mapping[Kind, int]) -> FixtureItems:
        """Find the kinds that a spec serves, and how it writes ids and statuses."""
        kinds: dict[str, KindFacts] = {}
        for role in ("list", "get"):
            for one in spec.operations:
                if one.role == role and one.belongs_to not in kinds:
                    schema = one.item_schema(spec.view)
                    known = fields(spec.view, schema)
                    words = _words(
                        known,
                        *(
                            fields(spec.view, other.item_schema(spec.view))
                            for other in spec.operations
                            if other.belongs_to == one.belongs_to and other.role == "get"
                        ),
                    )
                    if known.keys() == own_fields(spec.view, schema).keys():  # one form
                        words = {status: some[:1] for status, some in words.items()}
                    id_of = _id_form(one.kind, one.id, known.get(one.id, ANYTHING))
                    kinds[one.belongs_to] = KindFacts(counts.get(one.kind, 0), id_of, words)
        return cls(spec.provider.name, kinds)

    def id(self, name: str, number: int) -> str:
        """Return the id of an item."""
        digits = hashlib.sha256(f"{self.provider}/{name}/{number}".encode()).hexdigest()
        return self.kinds[name].id_of(digits)

    def items(self, name: str) -> list[FixtureItem]:
        """Return all items of a name (``videos``, ``videos/talks``) as they are at first, newest first."""
        facts = self.kinds[name]
        kind, _, collection = name.partition("/")
        newest = _NEWEST - timedelta(minutes=len(self.provider) * 47)  # not all at the same time
        apart = min(_APART, _SPAN / max(facts.count, 1))
        return [
            FixtureItem(
                fixtures=self,
                kind="videos" if kind == "videos" else "replicas",
                number=number,
                id=self.id(name, number),
                status=_status(number, facts.words),
                created_at=newest - number * apart,
                collection=collection,
            )
            for number in range(facts.count)
        ]


def _id_form(kind: Kind, name: str, shape: Shape) -> Callable[[str], str]:
    if shape.named_types and "string" not in shape.named_types:
        return lambda digits: str(int(digits[:_FEWEST_DIGITS], 16))
    form = _text_form(kind, name, shape)
    pattern = shape.pattern
    return form if pattern is None else lambda digits: matching(pattern, form(digits), digits)


def _text_form(kind: Kind, name: str, shape: Shape) -> Callable[[str], str]:
    if shape.format == "uuid":
        return lambda digits: str(uuid.UUID(digits[:32], version=4))
    # Without a sample to follow: video_0123… for a field called id, r0123… for replica_id.
    samples = shape.extensions.get("x-polyreel-sample") or [
        f"{kind[:-1]}_{'0' * 24}" if name == "id" else f"{kind[0]}{'0' * 11}"
    ]
    prefix = re.sub(r"[0-9a-f]+$", "", samples[0])
    length = max(len(samples[0]) - len(prefix), _FEWEST_DIGITS)
    return lambda digits: prefix + digits[:length]


def _words(
    known: Mapping[str, Shape], *others: Mapping[str, Shape]
) -> Mapping[Status, Sequence[str]]:
    """Return the status words of items; those of an item alone, where a list doesn't name any."""
    found: dict[Status, list[str]] = {}
    if not {"status", "state"} & known.keys():
        return {Status.READY: [Status.READY.value]}
    named = (
        shapes[name].values.known
        for shapes in (known, *others)
        for name in ("status", "state")
        if name in shapes
    )
    for word in next(filter(None, named), []):
        found.setdefault(Status.of(str(word)), []).append(str(word))
    for status, some in found.items():
        some.sort(key=lambda word: word.lower() != status.value)  # the plainest word first
    return found or {status: [status.value] for status in Status}


def _status(number: int, known: Container[Status]) -> Status:
    """Spread items over the lifecycle: the newest are on their way, a few failed, most are ready."""
    wanted = Status.READY
    if number == 0:
        wanted = Status.QUEUED if Status.QUEUED in known else Status.RUNNING
    elif number in {1, 2}:
        wanted = Status.RUNNING
    elif number % _LAP == 5:
        wanted = Status.FAILED
    elif number % 12 == 10:
        wanted = Status.DELETED
    return wanted if wanted in known else Status.READY
