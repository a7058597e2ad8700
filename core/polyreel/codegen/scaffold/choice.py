"""What was decided of a provider's operations, and what was chosen of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.names import singular

NONE = "none"
FLAGS: Mapping[tuple[Kind, Role], str] = {
    ("videos", "list"): "--videos", ("videos", "get"): "--video",
    ("replicas", "list"): "--replicas", ("replicas", "get"): "--replica",
}  # fmt: skip

Ask = Callable[[str, Sequence[str]], int | None]
"""Asks a person which of several; None for none of them."""

Wanted = Mapping[tuple[Kind, Role], str]
"""What somebody has decided: an operation such as ``GET /v1/videos``, or ``none``."""


@frozen(kw_only=True)
class Known:
    """What somebody has decided.

    Attributes:
        operations: By kind and role, an operation such as ``GET /v1/videos``, or ``none``.
        collections: The lists of a kind that has several, by kind and name: what lists each, and what
            gets one of it where that is known too.
        settings: The parameters that are settings of an account.
        id: The field that holds an item's id, or "".
    """

    operations: Wanted = field(factory=dict)
    collections: Mapping[tuple[Kind, str], Sequence[str]] = field(factory=dict)
    settings: frozenset[str] = frozenset()
    id: str = ""


@frozen
class Choice:
    """The operations of one kind, or of one of a kind's several lists.

    Attributes:
        kind: What they are about.
        list: What lists it, or None.
        get: What gets one of it, or None.
        collection: The name of the list where a kind has several, or "".
    """

    kind: Kind
    list: Candidate | None = None
    get: Candidate | None = None
    collection: str = ""

    def operations(self) -> Sequence[Candidate]:
        """Return those that there are."""
        return [one for one in (self.list, self.get) if one is not None]

    @property
    def named(self) -> str:
        """What a sentence calls the things: ``videos``, or ``talk videos``."""
        return f"{singular(self.collection)} {self.kind}" if self.collection else self.kind


@frozen
class Choices:
    """What was chosen.

    Attributes:
        made: A choice for each kind of which there is something.
        left: What may be one, too, but was not taken, in sentences.
    """

    made: Sequence[Choice]
    left: Sequence[str] = ()
