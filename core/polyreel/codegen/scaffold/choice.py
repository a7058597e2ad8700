"""From candidates to a choice: what is clear is taken, what was named is taken, the rest is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from polyreel.codegen.scaffold.candidates import (
    KINDS,
    Candidate,
    candidates,
    likely,
    partner,
)
from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document

NONE = "none"
FLAGS: Mapping[tuple[Kind, Role], str] = {
    ("videos", "list"): "--videos", ("videos", "get"): "--video",
    ("replicas", "list"): "--replicas", ("replicas", "get"): "--replica",
}  # fmt: skip
_SHOWN = 6

Ask = Callable[[str, Sequence[str]], int | None]
"""Asks a person which of several; None for none of them."""

Wanted = Mapping[tuple[Kind, Role], str]
"""What somebody has decided: an operation such as ``GET /v1/videos``, or ``none``."""


@frozen
class Choice:
    """The operations of one kind.

    Attributes:
        kind: What they are about.
        list: What lists it, or None.
        get: What gets one of it, or None.
    """

    kind: Kind
    list: Candidate | None = None
    get: Candidate | None = None

    def operations(self) -> Sequence[Candidate]:
        """Give those that there are."""
        return [one for one in (self.list, self.get) if one is not None]


def choose(documents: Sequence[Document], wanted: Wanted, ask: Ask | None) -> list[Choice]:
    """Choose the operations of each kind.

    Args:
        documents: The pages' documents, as they were published.
        wanted: What is decided already.
        ask: Asks a person where several would do; without it that is an error.

    Returns:
        A choice for each kind of which there is something.

    Raises:
        SpecError: Nothing, or too much, would do; names the candidates with their reasons.
    """
    questions: list[str] = []
    choices = []
    everything: list[Candidate] = []
    for kind in KINDS:
        found = [one for each in documents for one in candidates(each, kind)]
        found.sort(key=lambda one: -one.score)
        everything += found
        choices.append(_of_kind(kind, found, wanted, ask, questions))
    if questions:
        raise SpecError("\n".join(questions))
    chosen = [each for each in choices if each.operations()]
    if not chosen:
        best = list(
            {one.name: one for one in sorted(everything, key=lambda one: one.score)}.values()
        )
        best = best[: -_SHOWN - 1 : -1]
        listed = "".join(f"\n  {shown(one)}" for one in best)
        raise SpecError(
            "no operation looks like one that lists or gets videos or replicas; name it with --videos "
            f"'GET /…', --video 'GET /…/{{id}}', --replicas or --replica.{_CLOSEST if best else _BARE}"
            f"{listed}"
        )
    return chosen


_CLOSEST = " The closest:"
_BARE = " No GET answers objects with an id: are the responses' schemas in the document?"


def missing(choice: Choice, documents: Sequence[Document]) -> str | None:
    """Say that a kind's list or get was not found although the other was; None where nothing is amiss.

    Args:
        choice: What was chosen of the kind.
        documents: The pages' documents, as they were published.
    """
    if choice.list is not None and choice.get is not None:
        return None
    role: Role = "get" if choice.list is not None else "list"
    one = choice.operations()[0]
    names = [
        f"{method.upper()} {path}"
        for document in documents
        for path, item in document.get("paths", {}).items()
        for method in ("get", "post")
        if isinstance(item, dict) and method in item and path.rstrip("/") in _beside(one, role)
    ]
    near = (
        f"; {', '.join(names)} is there, but not as a GET of " if names else "; no GET is one of "
    )
    what = "an array of objects with an id" if role == "list" else "an object with an id"
    return f"no {role} of {choice.kind} was found{near}{what}. {FLAGS[choice.kind, role]} names one"


def _beside(one: Candidate, role: Role) -> set[str]:
    """Give the paths where the missing list or get of a thing usually stands."""
    path = one.path.rstrip("/")
    if role == "list":
        parent = path.rpartition("/")[0] if path.endswith("}") else path
        return {parent, f"{parent}/list", f"{parent}/search"}
    return {f"{path}/{{{name}}}" for name in ("id", "video_id", "avatar_id", "uuid")}


def shown(one: Candidate) -> str:
    """Write a candidate with its score and what speaks for and against it."""
    return f"{one.name}  (score {one.score}: {', '.join(one.reasons) or 'nothing speaks for it'})"


def _of_kind(
    kind: Kind, found: list[Candidate], wanted: Wanted, ask: Ask | None, questions: list[str]
) -> Choice:
    listing = _one(kind, "list", found, wanted, ask, questions)
    named = wanted.get((kind, "get"))
    if named is None and listing is not None:
        return Choice(kind, listing, partner(listing, found))
    unclear = named is None and (kind, "list") not in wanted and likely(found, "list")
    getting = None if unclear else _one(kind, "get", found, wanted, ask, questions)
    return Choice(kind, listing, getting)


def _one(
    kind: Kind,
    role: Role,
    found: list[Candidate],
    wanted: Wanted,
    ask: Ask | None,
    questions: list[str],
) -> Candidate | None:
    named = wanted.get((kind, role))
    if named is not None:
        return None if named.lower() == NONE else _wished(named, kind, role, found)
    good = likely(found, role)
    if len(good) < 2:
        return good[0] if good else None
    if ask is None:
        flag = FLAGS[kind, role]
        questions.append(f"which of these {role}s {kind}? Say {flag} '…', or {flag} {NONE}:")
        questions.extend(f"  {shown(each)}" for each in good[:_SHOWN])
        return None
    number = ask(f"Which of these {role}s {kind}?", [shown(one) for one in good])
    return None if number is None else good[number]


def _wished(named: str, kind: Kind, role: Role, found: list[Candidate]) -> Candidate:
    path = named.partition(" ")[2].strip() if named.upper().startswith("GET ") else named.strip()
    for one in found:
        if one.role == role and one.path == path:
            return one
    needs = "an array of objects with an id" if role == "list" else "an object with an id"
    others = [one.name for one in found if one.role == role]
    raise SpecError(
        f"{FLAGS[kind, role]} {named!r}: the document has no such GET that answers {needs}; "
        f"those that do: {', '.join(others[:20]) or 'none'}"
    )
