"""Who plays: the fabricated items of one provider, each the same whenever it is asked for."""

from __future__ import annotations

import hashlib
import random
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from attrs import frozen

from polyreel.models import Kind, Status
from polyreel.sandbox.schemas import Schema, properties, values
from polyreel.sandbox.served_spec import Spec

COUNTS: Mapping[Kind, int] = {"videos": 25, "replicas": 12}

_NEWEST = datetime(2026, 11, 2, 16, 40, tzinfo=UTC)
_APART = timedelta(hours=7, minutes=13, seconds=29)
_SPAN = timedelta(days=300)
_FEWEST_DIGITS = 8  # of an id, so that no two are the same


@frozen
class Part:
    """What all items of a kind share at one provider.

    Attributes:
        count: How many there are.
        id_of: Turns hexadecimal digits into an id as the provider writes them.
        stages: The common statuses that the provider has words for.
    """

    count: int
    id_of: Callable[[str], str]
    stages: frozenset[Status]


@frozen
class Subject:
    """One fabricated item: what is settled about it before its fields are filled in.

    Attributes:
        cast: All items of its provider.
        kind: What it is.
        number: Its place; 0 is the newest.
        id: Its id.
        stage: Where it stands in the common lifecycle.
        created_at: Aware UTC.
    """

    cast: FixtureItems
    kind: Kind
    number: int
    id: str
    stage: Status
    created_at: datetime

    def chance(self, name: str) -> random.Random:
        """Give the dice for one field; they always fall the same way."""
        return random.Random(f"{self.cast.provider}/{self.kind}/{self.number}/{name}")  # noqa: S311


@frozen
class FixtureItems:
    """The items of one provider, by kind."""

    provider: str
    parts: Mapping[Kind, Part]

    @classmethod
    def of(cls, spec: Spec, counts: Mapping[Kind, int]) -> FixtureItems:
        """Find the kinds that a spec serves, and how it writes ids and statuses."""
        parts: dict[Kind, Part] = {}
        for role in ("list", "get"):
            for one in spec.operations:
                if one.role == role and one.kind not in parts:
                    fields = properties(spec.document, one.item_schema(spec.document))
                    id_of = _id_form(one.kind, one.id, fields.get(one.id, {"type": []}))
                    parts[one.kind] = Part(counts.get(one.kind, 0), id_of, _stages(fields))
        return cls(spec.provider.name, parts)

    def id(self, kind: Kind, number: int) -> str:
        """Give the id of an item."""
        digits = hashlib.sha256(f"{self.provider}/{kind}/{number}".encode()).hexdigest()
        return self.parts[kind].id_of(digits)

    def subjects(self, kind: Kind) -> list[Subject]:
        """Give all items of a kind, the newest first."""
        part = self.parts[kind]
        newest = _NEWEST - timedelta(minutes=len(self.provider) * 47)  # not all at the same time
        apart = min(_APART, _SPAN / max(part.count, 1))
        return [
            Subject(
                cast=self,
                kind=kind,
                number=number,
                id=self.id(kind, number),
                stage=_stage(number, part.stages),
                created_at=newest - number * apart,
            )
            for number in range(part.count)
        ]


def _id_form(kind: Kind, name: str, schema: Schema) -> Callable[[str], str]:
    if schema.get("format") == "uuid":
        return lambda digits: str(uuid.UUID(digits[:32]))
    if schema["type"] and "string" not in schema["type"]:
        return lambda digits: str(int(digits[:_FEWEST_DIGITS], 16))
    # Without a sample to follow: video_0123… for a field called id, r0123… for replica_id.
    samples = schema.get("x-polyreel-sample") or [
        f"{kind[:-1]}_{'0' * 24}" if name == "id" else f"{kind[0]}{'0' * 11}"
    ]
    prefix = re.sub(r"[0-9a-f]+$", "", samples[0])
    length = max(len(samples[0]) - len(prefix), _FEWEST_DIGITS)
    return lambda digits: prefix + digits[:length]


def _stages(fields: Mapping[str, Schema]) -> frozenset[Status]:
    words = next((values(fields[name]) for name in ("status", "state") if name in fields), [])
    return frozenset(Status.of(str(word)) for word in words) or frozenset(Status)


def _stage(number: int, known: frozenset[Status]) -> Status:
    """Spread items over the lifecycle: the newest are on their way, a few failed, most are ready."""
    wanted = Status.READY
    if number == 0:
        wanted = Status.QUEUED if Status.QUEUED in known else Status.RUNNING
    elif number in {1, 2}:
        wanted = Status.RUNNING
    elif number % 9 == 5:
        wanted = Status.FAILED
    elif number % 12 == 10:
        wanted = Status.DELETED
    return wanted if wanted in known else Status.READY
