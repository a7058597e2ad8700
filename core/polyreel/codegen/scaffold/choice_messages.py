"""What is said of operations that were not chosen, and of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence

from polyreel.codegen.scaffold import scores
from polyreel.codegen.scaffold.candidates import KINDS, Candidate
from polyreel.codegen.scaffold.choice import FLAGS, Choice
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import path_parameters

SHOWN = 6
"""How many candidates are named at most."""


def nothing(
    everything: list[Candidate], doubtful: list[Candidate], documents: Sequence[Document]
) -> str:
    """Say that nothing was chosen, and what comes nearest.

    Args:
        everything: All candidates.
        doubtful: Those of them that may well be meant.
        documents: The pages' documents, as they were published.
    """
    if doubtful:
        listed = "".join(
            f"\n  {FLAGS[one.kind, one.role]} '{one.name}'  (score {one.score}: {_why(one)})"
            for one in doubtful[:SHOWN]
        )
        return (
            "no operation is surely one that lists or gets videos or replicas: say which one does, as in"
            f"{listed}"
        )
    best = {one.name: one for one in sorted(everything, key=lambda one: one.score)}
    closest = [*best.values()][: -SHOWN - 1 : -1]
    listed = "".join(f"\n  {shown(one)}" for one in closest)
    return (
        "no operation looks like one that lists or gets videos or replicas; name it with --videos "
        "'GET /…', --video 'GET /…/{id}', --replicas or --replica, the field with the id with --id, and "
        f"what an account's paths all have with --setting.{_CLOSEST if closest else _bare(documents)}{listed}"
    )


_CLOSEST = " The closest:"


def _bare(documents: Sequence[Document]) -> str:
    """Say that no response can be an item, and which operations are called as if theirs were."""
    called = [
        f"GET {path}"
        for document in documents
        for path, item in document.get("paths", {}).items()
        if isinstance(item, dict) and "get" in item
        if any(scores.is_named(kind, path) for kind in KINDS)
    ]
    said = " No GET answers objects with an id: are the responses' schemas in the document?"
    return f"{said} {', '.join(called[:SHOWN])} may be meant." if called else said


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
        flag = f"{collection_flag(choice.kind, choice.collection)[:-1]},GET /…'"
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


def collection_flag(kind: Kind, name: str = "NAME") -> str:
    """Write the flag that names one of several lists."""
    return f"--collection {'replicas/' if kind == 'replicas' else ''}{name}='GET /…'"


def shown(one: Candidate) -> str:
    """Write a candidate with its score and what speaks for and against it."""
    return f"{one.name}  (score {one.score}: {_why(one)})"


def _why(one: Candidate) -> str:
    lacking = sorted({"file", "status", "time"} - one.evidence) if one.kind == "videos" else []
    said = ", ".join(one.reasons) or "nothing speaks for it"
    return f"{said}; its items have no {', no '.join(lacking)}" if lacking else said
