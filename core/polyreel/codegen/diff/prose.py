"""Report descriptions that changed, from digests: of the sentences themselves nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from polyreel.codegen.diff.changes import EVERYWHERE, Change
from polyreel.codegen.diff.endpoints import Matching
from polyreel.codegen.diff.rules import RULES

_NEW_OR_GONE = ("added", "removed", "refused")


def compare(
    old: Mapping[str, str], new: Mapping[str, str], matching: Matching, changes: Iterable[Change]
) -> Iterator[Change]:
    """Yield a change for every place whose description differs.

    Args:
        old: Digests by place, such as ``"GET /v2/videos query page"``, of the old document.
        new: The same of the new one.
        matching: The operations that correspond.
        changes: What was found otherwise: of what is new or gone as a whole, nothing more is said.
    """
    names = {pair.new.name: pair.old.name for pair in matching.both}
    names[EVERYWHERE] = EVERYWHERE
    whole = [c for c in changes if any(word in c.rule for word in _NEW_OR_GONE) and c.place]
    before, after = _by_operation(old), _by_operation(new)
    for name, old_name in names.items():
        was, is_ = before.get(old_name, {}), after.get(name, {})
        for place in {**was, **is_}:
            if was.get(place) == is_.get(place) or _within(name, place, whole):
                continue
            what = "is gone" if place not in is_ else "changed" if place in was else "is new"
            yield RULES["description-changed"].at(name, place, what=what)


def _by_operation(digests: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Sort digests by operation; those of a type that has a name, ``"Video.id"``, belong to none."""
    found: dict[str, dict[str, str]] = {}
    for key, digest in digests.items():
        method, path, place = (*key.split(" ", 2), "", "")[:3]
        in_operation = path.startswith("/")
        operation, place = (f"{method} {path}", place) if in_operation else (EVERYWHERE, key)
        found.setdefault(operation, {})[place] = digest
    return found


def _within(operation: str, place: str, whole: Iterable[Change]) -> bool:
    """Say whether a place lies in what is new or gone as a whole."""
    if operation == EVERYWHERE:
        return any(change.place.rpartition(".")[2] in place.split(".") for change in whole)
    return any(
        change.operation == operation
        and place.startswith(change.place)
        and place[len(change.place) :][:1] in ("", ".", "[", " ")
        for change in whole
    )
