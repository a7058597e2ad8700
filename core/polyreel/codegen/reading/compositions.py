"""Named schemas that are made of one another: references alone, unions, and what is all of something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyreel.openapi.documents import Document, pointer_parts
from polyreel.openapi.schemas import UNIONS

_DEEPEST = 60


def without_end(schemas: Document) -> dict[str, str]:
    """Find the schemas that are made of themselves, or of too many others, one inside the other.

    A schema may well contain itself in a property or a list. It can't *be* itself: neither as a reference
    alone, nor as a part of a union or of ``allOf``.

    Returns:
        The name of each such schema, and what is wrong with it.
    """
    depth: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for start in schemas:
        _measure(start, schemas, depth, wrong)
    return wrong


def own_parts(schemas: Document) -> Document:
    """Let a variant take over what its base says of itself, and not the union of the base's variants.

    A base class may be written as the one of its variants, each of which is all of the base and more. What
    a variant has of the base is what stands beside the union; taken word for word, each is made of itself.

    Args:
        schemas: The named schemas; those that change are replaced in what is returned.
    """
    unions = {
        name: [*_refs(schema, "oneOf"), *_refs(schema, "anyOf")] for name, schema in schemas.items()
    }
    made = dict(schemas)
    for name, schema in schemas.items():
        bases = [each for each in _refs(schema, "allOf") if _leads_to(name, each, unions)]
        if bases:
            parts = [_own_part(part, bases, schemas) for part in schema["allOf"]]
            made[name] = schema | {"allOf": [part for part in parts if part]}
            if not made[name]["allOf"]:
                del made[name]["allOf"]
    return made


def _own_part(part: Any, bases: list[str], schemas: Document) -> Any:
    """Return a part of ``allOf``, with what a base says beside its union in the place of the base."""
    if not isinstance(part, dict) or "$ref" not in part or _name(part) not in bases:
        return part
    base = {**schemas[_name(part)], **{key: each for key, each in part.items() if key != "$ref"}}
    return {
        key: each for key, each in base.items() if key not in {"oneOf", "anyOf", "discriminator"}
    }


def _refs(schema: Any, union: str) -> list[str]:
    parts = schema.get(union, ()) if isinstance(schema, dict) else ()
    return [_name(part) for part in parts if isinstance(part, dict) and "$ref" in part]


def _leads_to(name: str, base: str, unions: dict[str, list[str]]) -> bool:
    """Say whether a base's variants, and theirs, have a schema among them."""
    seen, rest = set[str](), [base]
    while rest:
        one = rest.pop()
        if one not in seen:
            seen.add(one)
            rest.extend(unions.get(one, ()))
    return name in seen and bool(unions.get(base))


def aliases(schemas: Document) -> dict[str, str]:
    """Find the schemas that are nothing but a reference, and the name that each stands for in the end."""
    ends: dict[str, str] = {}
    for start in schemas:
        passed: dict[str, None] = {}
        name = start
        while name not in ends and name not in passed and set(schemas.get(name, {})) == {"$ref"}:
            passed[name] = None
            name = _name(schemas[name])
        if name not in passed:  # otherwise they lead in a circle, and stand for nothing
            ends |= dict.fromkeys(passed, ends.get(name, name))
    return ends


def _measure(start: str, schemas: Document, depth: dict[str, int], wrong: dict[str, str]) -> None:
    """Measure how deep a schema is made of others, without recursion: a document may be made to hurt."""
    open_: dict[str, Iterator[str]] = {}
    stack = [start] if start not in depth else []
    while stack:
        name = stack[-1]
        if name not in open_:
            open_[name] = iter(list(_parts(schemas.get(name))))
            depth[name] = 0
        for part in open_[name]:
            if part in open_:
                wrong[name] = f"{part} is made of itself"
            elif part not in depth:
                stack.append(part)
                break
            else:
                depth[name] = max(depth[name], depth[part] + 1)
        else:
            stack.pop()
            del open_[name]
            if stack:
                depth[stack[-1]] = max(depth[stack[-1]], depth[name] + 1)
            if depth[name] > _DEEPEST:
                wrong[name] = (
                    f"{name} is made of more than {_DEEPEST} schemas, one inside the other"
                )


def _parts(schema: Any) -> Iterator[str]:
    """Name the schemas that a schema is made of, directly."""
    rest = [schema]
    while rest:
        node = rest.pop()
        if not isinstance(node, dict):
            continue
        if "$ref" in node:
            yield _name(node)
        for union in UNIONS:
            rest.extend(node.get(union, ()))
        items = node.get("items")
        if isinstance(items, dict) and "allOf" in items:
            rest.extend(items["allOf"])  # no validator follows these to an end


def _name(reference: Document) -> str:
    return pointer_parts(reference["$ref"])[2]
