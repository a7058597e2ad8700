"""From candidates to a choice: what is clear is taken, what was named is taken, the rest is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, field, frozen

from polyreel.codegen.scaffold.candidates import KINDS, Candidate, candidates
from polyreel.codegen.scaffold.rivals import likely, others, partner
from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.operations import path_parameters

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


def choose(documents: Sequence[Document], known: Known, ask: Ask | None) -> Choices:
    """Choose the operations of each kind.

    Args:
        documents: The pages' documents, as they were published.
        known: What is decided already.
        ask: Asks a person where several would do; without it that is an error.

    Raises:
        SpecError: Nothing, or too much, would do; names the candidates with their reasons.
    """
    questions: list[str] = []
    choices: list[Choice] = []
    doubtful: list[Candidate] = []
    everything: list[Candidate] = []
    for kind in KINDS:
        found = [
            one for each in documents for one in candidates(each, kind, known.settings, known.id)
        ]
        found.sort(key=lambda one: -one.score)
        everything += found
        if several := {name: said for (of, name), said in known.collections.items() if of == kind}:
            choices += [_of_collection(kind, name, said, found) for name, said in several.items()]
        else:
            choices.append(_of_kind(kind, found, known.operations, ask, questions, doubtful))
            doubtful += _passed_over(choices[-1], found, known.operations)
    if questions:
        raise SpecError("\n".join(questions))
    chosen = [each for each in choices if each.operations()]
    if both := _both(chosen, known.operations):
        chosen.remove(both)
        doubtful += both.operations()
    if not chosen:
        raise SpecError(_nothing(everything, doubtful))
    left = [
        f"{shown(one)} may {'list' if one.role == 'list' else 'get'} {one.kind}, but it wasn't taken: "
        f"{FLAGS[one.kind, one.role]} '{one.name}' names it"
        for one in doubtful
    ]
    return Choices(chosen, left)


def _passed_over(choice: Choice, found: list[Candidate], wanted: Wanted) -> Sequence[Candidate]:
    """Return what might have been taken instead of what was: none if somebody named that, or said none."""
    if {(choice.kind, "list"), (choice.kind, "get")} & wanted.keys():
        return ()
    if not choice.operations():
        return [one for one in found if one.is_of_videos][:_SHOWN]
    return others(choice.list, found)[:_SHOWN] if choice.list is not None else ()


def _both(chosen: list[Choice], wanted: Wanted) -> Choice | None:
    """Find avatars that are made of the very things that were taken for videos, unless they were named."""
    videos = [one for each in chosen if each.kind == "videos" for one in each.operations()]
    components = {one.component for one in videos if one.component}
    return next(
        (
            each
            for each in chosen
            if each.kind == "replicas"
            and not each.collection
            and not {(each.kind, "list"), (each.kind, "get")} & wanted.keys()
            and any(one.component in components for one in each.operations())
        ),
        None,
    )


def _nothing(everything: list[Candidate], doubtful: list[Candidate]) -> str:
    if doubtful:
        listed = "".join(
            f"\n  {FLAGS[one.kind, one.role]} '{one.name}'  (score {one.score}: {_why(one)})"
            for one in doubtful[:_SHOWN]
        )
        return (
            "no operation is surely one that lists or gets videos or replicas: say which one does, as in"
            f"{listed}"
        )
    best = {one.name: one for one in sorted(everything, key=lambda one: one.score)}
    closest = [*best.values()][: -_SHOWN - 1 : -1]
    listed = "".join(f"\n  {shown(one)}" for one in closest)
    return (
        "no operation looks like one that lists or gets videos or replicas; name it with --videos "
        "'GET /…', --video 'GET /…/{id}', --replicas or --replica, the field with the id with --id, and "
        f"what an account's paths all have with --setting.{_CLOSEST if closest else _BARE}{listed}"
    )


_CLOSEST = " The closest:"
_BARE = " No GET answers objects with an id: are the responses' schemas in the document?"


def with_all_gets(made: Sequence[Choice]) -> list[Choice]:
    """Leave a kind's gets out where one of its lists has none: no plugin can say which lists have one."""
    without = {each.kind for each in made if each.collection and each.get is None}
    return [evolve(each, get=None) if each.kind in without else each for each in made]


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
    near = f"; {', '.join(names)} is there, but doesn't answer " if names else "; no GET answers "
    if parts := _lists_of_parts(one, role, documents):
        return (
            f"no {role} of {choice.named} was found; {parts[0]} may list those of one of several places: "
            f"{FLAGS[choice.kind, role]} '{parts[0]}' with --setting {path_parameters(parts[0])[-1]} "
            "takes one place for each account"
        )
    what = "an array of objects with an id" if role == "list" else "an object with an id"
    flag = FLAGS[choice.kind, role]
    if choice.collection:
        near, what = (
            "; no GET answers ",
            f"one by a path like {one.path}, so {choice.kind} are listed only",
        )
        flag = f"{_collection(choice.kind, choice.collection)[:-1]},GET /…'"
    return f"no {role} of {choice.named} was found{near}{what}. {flag} names one"


def _lists_of_parts(one: Candidate, role: Role, documents: Sequence[Document]) -> list[str]:
    """Return the GETs by which a list stands where it usually does, but for each of several places."""
    return [
        f"GET {path}"
        for document in documents
        for path, item in document.get("paths", {}).items()
        if role == "list" and path != one.path and isinstance(item, dict) and "get" in item
        if path.endswith("}") and path.rpartition("/{")[0] in _beside(one, role)
    ]


def _beside(one: Candidate, role: Role) -> set[str]:
    """Return the paths where the missing list or get of a thing usually stands."""
    path = one.path.rstrip("/")
    if role == "list":
        parent = path.rpartition("/")[0] if path.endswith("}") else path
        return {parent, f"{parent}/list", f"{parent}/search"}
    return {f"{path}/{{{name}}}" for name in ("id", "video_id", "avatar_id", "uuid")}


def _collection(kind: Kind, name: str = "NAME") -> str:
    return f"--collection {'replicas/' if kind == 'replicas' else ''}{name}='GET /…'"


def shown(one: Candidate) -> str:
    """Write a candidate with its score and what speaks for and against it."""
    return f"{one.name}  (score {one.score}: {_why(one)})"


def _why(one: Candidate) -> str:
    lacking = sorted({"file", "status", "time"} - one.evidence) if one.kind == "videos" else []
    said = ", ".join(one.reasons) or "nothing speaks for it"
    return f"{said}; its items have no {', no '.join(lacking)}" if lacking else said


def _of_collection(kind: Kind, name: str, said: Sequence[str], found: list[Candidate]) -> Choice:
    listing = _named_operation(said[0], kind, "list", found)
    get = _named_operation(said[1], kind, "get", found) if said[1:] else partner(listing, found)
    return Choice(kind, listing, get, name)


def _of_kind(
    kind: Kind,
    found: list[Candidate],
    wanted: Wanted,
    ask: Ask | None,
    questions: list[str],
    doubtful: list[Candidate],
) -> Choice:
    def one(role: Role) -> Candidate | None:
        named = wanted.get((kind, role))
        if named is not None:
            return None if named.lower() == NONE else _named_operation(named, kind, role, found)
        good = likely(found, role)
        if len(good) == 1 and good[0].is_sure:
            return good[0]
        if len(good) == 1 and ask is None:
            doubtful.append(good[0])
            return None
        if not good:
            return None
        if ask is None:
            flag = FLAGS[kind, role]
            questions.append(f"which of these {role}s {kind}? Say {flag} '…', or {flag} {NONE}:")
            questions.extend(f"  {shown(each)}" for each in good[:_SHOWN])
            if role == "list":
                questions.append(
                    f"where each is one of several lists, name them: {_collection(kind)}"
                )
            return None
        number = ask(f"Which of these {role}s {kind}?", [shown(each) for each in good])
        return None if number is None else good[number]

    if wanted.get((kind, "list"), "").lower() == NONE and (kind, "get") not in wanted:
        return Choice(kind)
    before = len(doubtful) + len(questions)
    listing = one("list")
    if listing is not None and (kind, "get") not in wanted:
        return Choice(kind, listing, partner(listing, found))
    unclear = len(doubtful) + len(questions) > before and (kind, "get") not in wanted
    return Choice(kind, listing, None if unclear else one("get"))


def _named_operation(named: str, kind: Kind, role: Role, found: list[Candidate]) -> Candidate:
    method, _, path = named.strip().rpartition(" ")
    for one in found:
        if one.role == role and one.path == path and method.strip().lower() in {"", one.method}:
            return one
    needs = "an array of objects with an id" if role == "list" else "an object with an id"
    others = [one.name for one in found if one.role == role]
    raise SpecError(
        f"{FLAGS[kind, role]} {named!r}: the document has no such operation that answers {needs}, which "
        f"--id names where it is called otherwise; those that do: {', '.join(others[:20]) or 'none'}"
    )
