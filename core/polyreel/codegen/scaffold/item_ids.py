"""Which field of an item holds its id."""

from __future__ import annotations

from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.openapi.names import singular
from polyreel.openapi.shapes import Shape

_NO_IDS = set(names("request_id trace_id log_id user_id owner_id workspace_id team_id paid valid"))
_IDS = ("id", "uuid", "uid", "hashed_id", "video_id", "avatar_id", "task_id", "uri", "key", "slug")


def is_deprecated(schema: object) -> bool:
    """Say whether a field is on its way out."""
    return isinstance(schema, dict) and schema.get("deprecated") is True


def id_of(item: Shape, path: str, parameter: str = "", stated: str = "") -> str | None:
    """Return the field that holds an item's id: as the path calls it, or as its kind of thing is called.

    Args:
        item: The item.
        path: The operation's path, whose last word names the thing.
        parameter: The parameter that takes the id, or "" where none is known.
        stated: The field that somebody says it is, or "".
    """
    if stated in item.properties:
        return stated
    current = [name for name, said in item.properties.items() if not is_deprecated(said)]
    fields = {plain(name): name for name in current or item.properties}
    taken = plain(parameter)
    things = [words(part) for part in reversed(path.split("/")) if part and "{" not in part]
    named = [f"{singular(thing[-1])}_id" for thing in things if thing and thing[0] != "by"]
    if taken in fields:
        return fields[taken]
    # A parameter "media_hashed_id" is the field "hashed_id"; a parameter "id" any single "…_id".
    ends = [each for each in fields if taken.endswith(f"_{each}") and each not in _NO_IDS]
    specific = [each for each in ends if "_" in each]
    for wanted in (*specific, *(plain(each) for each in named[:2]), *map(plain, _IDS), *ends):
        if wanted in fields:
            return fields[wanted]
    alone = [name for each, name in fields.items() if each.endswith("id") and each not in _NO_IDS]
    return alone[0] if len(alone) == 1 else None
