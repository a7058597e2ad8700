"""Which of several candidates is meant: the whole list, the newest version, the get that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polyreel.codegen.scaffold import scores
from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.wording import plain, words
from polyreel.openapi.annotations import Role
from polyreel.openapi.names import singular

_VERSION = re.compile(r"/v(\d+)[^/]*(?=/|$)")


def likely(found: list[Candidate], role: Role) -> list[Candidate]:
    """Return those candidates that may well be meant: one if it is clear, several in doubt.

    One whose items have no status, no file and no time is not among them, whatever it is called. Of
    two that give the same thing, the one with the shorter path is the whole list: ``/videos``, not
    ``/discarded/videos``, nor ``/likes``, which isn't called after the thing; and of two versions the newer
    one is meant. Paths side by side that give the same thing are several lists of one kind:
    ``/videos/by-text`` and ``/videos/by-image``.
    """
    good = [
        one for one in found if one.role == role and one.score >= scores.ENOUGH and one.evidence
    ]
    good = [one for one in good if not any(_is_older(one, each) for each in good)]
    sure = [one for one in good if one.is_sure] or good
    best = sure[0] if sure else None
    close = [
        one
        for one in sure
        if best is not None and (one.score > best.score - scores.MARGIN or _is_beside(one, best))
    ]
    shortest = min(close, key=_length, default=None)
    if shortest is not None and all(one is shortest or _is_part_of(one, shortest) for one in close):
        return [shortest]
    return close


def others(chosen: Candidate, found: Iterable[Candidate]) -> list[Candidate]:
    """Return the lists that would have been taken without the chosen one, because they give other things.

    Args:
        chosen: The list that was taken.
        found: All candidates of its kind.
    """
    return [
        one
        for one in found
        if one.role == chosen.role
        and one.is_sure
        and {"file", "status"} <= one.evidence
        and one.component != chosen.component
        and not _is_part_of(one, chosen)
        and not _is_older(one, chosen)
    ]


def partner(chosen: Candidate, found: list[Candidate]) -> Candidate | None:
    """Find the get that belongs to a list: its path and a parameter, or the same thing's.

    Each get belongs to the list whose path its own is nearest to: ``/template_video/{id}`` is no get of
    ``/product_videos`` where ``/template_videos`` is there, though both give videos.

    Args:
        chosen: The list.
        found: All candidates of its kind.
    """
    gets = [one for one in found if one.role == "get"]
    whole = chosen.path.rstrip("/")
    whole = whole.rpartition("/")[0] if chosen.method == "post" else whole
    for one in gets:
        if _parent(one.path) in {whole, chosen.path.rstrip("/")}:
            return one
    lists = [one for one in found if one.role == "list"]
    gets = [one for one in gets if not _is_of_another(one, chosen, lists)]
    same = [one for one in gets if chosen.component and one.component == chosen.component]
    if same:
        return min(same, key=lambda one: (scores.distance(one.path, chosen.path), *_length(one)))
    below = [one for one in gets if one.path.startswith(f"{whole}/{{")]
    alike = [one for one in gets if scores.thing_of(one.path) == scores.thing_of(chosen.path)]
    return next(iter([*below, *alike]), None)


def _is_of_another(one: Candidate, chosen: Candidate, lists: Iterable[Candidate]) -> bool:
    """Say whether a get belongs to another list, or takes the id of something else."""
    said, called = scores.thing_words(one.path), scores.thing_words(chosen.path)
    near = scores.distance(one.path, chosen.path)
    nearer = any(scores.distance(one.path, each.path) < near for each in lists)
    by_query = "{" not in one.path and plain(one.parameter) not in {
        plain(name) for name in chosen.item.properties
    }
    asked = {singular(word) for word in words(one.parameter)} - {"id", "uuid", "uid"}
    return bool(nearer and said - called) or bool(by_query and asked - said - called)


def _is_part_of(one: Candidate, whole: Candidate) -> bool:
    """Say whether an operation gives some of what another gives: the same thing, by a longer path."""
    same = one.component == whole.component is not None
    ends = one.path.endswith(whole.path) and one.role == "list"
    by_search = one.path.startswith(f"{whole.path.rstrip('/')}/") and one.method == "post"
    return ends or by_search or (same and _length(one)[:2] > _length(whole)[:2])


def _length(one: Candidate) -> tuple[int, bool, str]:
    """Return by what the whole list of a thing is known among others: its path is short, and names it."""
    return one.path.count("/"), not scores.is_called(one.kind, one.path), one.method


def _is_beside(one: Candidate, other: Candidate) -> bool:
    """Say whether two operations give the same thing by paths that differ in their last part alone."""
    alike = one.item.properties.keys() == other.item.properties.keys()
    return alike and _place(one) == _place(other)


def _is_older(one: Candidate, other: Candidate) -> bool:
    """Say whether an operation is another one's older version: ``/v1/videos`` beside ``/v2/videos``."""
    same = _VERSION.sub("", one.path) == _VERSION.sub("", other.path)
    return same and one.method == other.method and _version(one) < _version(other)


def _version(one: Candidate) -> int:
    found = _VERSION.search(one.path)
    return int(found[1]) if found else 0


def _place(one: Candidate) -> str:
    path = one.path.rstrip("/")
    return (path if one.role == "list" else _parent(path)).rpartition("/")[0]


def _parent(path: str) -> str:
    path = path.rstrip("/")
    return path.rpartition("/")[0] if path.endswith("}") else ""
