"""From candidates to a choice: what is clear is taken, what was named is taken, the rest is asked."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from polyreel.codegen.scaffold.candidates import KINDS, Candidate, candidates
from polyreel.codegen.scaffold.choice import FLAGS, NONE, Ask, Choice, Choices, Known, Wanted
from polyreel.codegen.scaffold.choice_messages import SHOWN, collection_flag, nothing, shown
from polyreel.codegen.scaffold.rivals import likely, others, partner
from polyreel.codegen.scaffold.scores import MARGIN
from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document


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
        elif get := _far_better_get(found, known.operations, kind):
            choices.append(Choice(kind, get=get))
            doubtful += likely(found, "list")
        else:
            choices.append(_of_kind(kind, found, known.operations, ask, questions, doubtful))
            over = _passed_over(choices[-1], found, known.operations)
            doubtful += [one for one in over if one not in doubtful]
    if questions:
        raise SpecError("\n".join(questions))
    chosen = [each for each in choices if each.operations()]
    if both := _both(chosen, known.operations):
        chosen.remove(both)
        doubtful += both.operations()
    if not chosen:
        raise SpecError(nothing(everything, doubtful, documents))
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
    if choice.list is not None:
        return others(choice.list, found)[:SHOWN]
    like = [one for one in found if one.is_of_videos and one not in choice.operations()]
    return [one for one in like if one.role == "list" or not choice.operations()][:SHOWN]


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


def with_all_gets(made: Sequence[Choice]) -> list[Choice]:
    """Leave a kind's gets out where one of its lists has none: no plugin can say which lists have one."""
    without = {each.kind for each in made if each.collection and each.get is None}
    return [evolve(each, get=None) if each.kind in without else each for each in made]


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
            questions.extend(f"  {shown(each)}" for each in good[:SHOWN])
            if role == "list":
                questions.append(
                    f"where each is one of several lists, name them: {collection_flag(kind)}"
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


def _far_better_get(found: list[Candidate], wanted: Wanted, kind: Kind) -> Candidate | None:
    """Find a get that is surely one, where no list comes near: there, nothing lists what it gets."""
    if {(kind, "list"), (kind, "get")} & wanted.keys():
        return None
    gets, lists = likely(found, "get"), likely(found, "list")
    if len(gets) != 1 or not gets[0].is_sure or not lists:
        return None
    best = max(one.score for one in lists)
    clear = best + MARGIN < gets[0].score and not any(one.is_sure for one in lists)
    return gets[0] if clear and all(partner(one, found) != gets[0] for one in lists) else None


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
