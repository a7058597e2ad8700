"""Schemas in one spelling: how null, open enums and unions are written in stored documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from polyreel.openapi.documents import Document
from polyreel.openapi.references import References

NULL: Document = {"type": "null"}

# The keywords that are kept, in the order in which they are written. Everything else is dropped.
SCALAR_KEYWORDS = (
    "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties",
    "maxProperties", "contentEncoding", "contentMediaType", "readOnly", "writeOnly", "deprecated",
    "x-partial",
)  # fmt: skip
_DEEPEST = 10
_TYPES_OF = {
    type(None): {"null"},
    bool: {"boolean"},
    int: {"integer", "number"},
    str: {"string"},
    list: {"array"},
    dict: {"object"},
}
UNIONS = ("anyOf", "oneOf", "allOf")
SINGLE_SCHEMAS = ("items", "not", "additionalProperties")
ORDER = (
    "$ref", "type", "enum", "x-extensible-enum", "default", *SCALAR_KEYWORDS, *UNIONS,
    "discriminator", "prefixItems", "items", "properties", "required", "patternProperties",
    "additionalProperties", "not",
)  # fmt: skip


def ordered(schema: Document) -> Document:
    """Put a schema's keywords into the order in which they are written."""
    return {keyword: schema[keyword] for keyword in ORDER if keyword in schema}


def types(schema: Document) -> list[str]:
    """List a schema's types, null among them; empty where it names none."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def set_types(schema: Document, names: list[str]) -> None:
    """Write a schema's types: one as text, several as a list with null last, none not at all."""
    unique = [name for name in dict.fromkeys(names) if name != "null"]
    unique += ["null"] if "null" in names else []
    if unique:
        schema["type"] = unique[0] if len(unique) == 1 else unique
    else:
        schema.pop("type", None)


def set_exclusive_bounds(schema: Document) -> None:
    """Write OpenAPI 3.0's ``exclusiveMinimum: true`` as 3.1's number."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)


def unique(values: list[Any]) -> list[Any]:
    """Drop repeated values, of any kind, and keep the order; ``1`` and ``true`` are two."""
    seen: dict[str, Any] = {}
    for value in values:
        seen.setdefault(json.dumps(value, sort_keys=True), value)
    return list(seen.values())


def allows(schema: Any, value: Any, references: References, depth: int = 0) -> bool:
    """Say whether a value is of a schema's type and among its values; what is unknown counts as yes.

    Args:
        schema: A schema in any spelling of OpenAPI 3.
        value: The value, such as a default.
        references: The references of the schema's document.
        depth: How many schemas lead here.

    Raises:
        SpecError: A reference can't be followed.
    """
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return True
    if value is None and schema.get("nullable") is True:
        return True
    target = references.at(schema["$ref"]) if isinstance(schema.get("$ref"), str) else True
    if not allows(target, value, references, depth + 1):
        return False
    if isinstance(schema.get("enum"), list) and value not in schema["enum"]:
        return False
    # Which of several objects one is, a look from outside doesn't tell.
    one = _exactly_one if isinstance(value, dict | list) else any
    for union, enough in (("anyOf", any), ("oneOf", one), ("allOf", all)):
        options = schema.get(union)
        if not isinstance(options, list) or not options:
            continue
        if not enough(allows(option, value, references, depth + 1) for option in options):
            return False
    named = schema.get("type", [])
    names = [named] if isinstance(named, str) else list(named)
    return not names or bool(_TYPES_OF.get(type(value), {"number"}) & set(names))


def _exactly_one(answers: Iterable[bool]) -> bool:
    return sum(answers) == 1


def with_null(schema: Document) -> Document:
    """Allow null besides what a schema allows."""
    if not schema or schema == NULL:
        return schema
    if "anyOf" in schema and not {"type", "oneOf", "allOf"} & set(schema):
        options = schema["anyOf"]
        return schema if NULL in options else schema | {"anyOf": [*options, NULL.copy()]}
    if "type" not in schema or any(union in schema for union in UNIONS):
        inner = {keyword: value for keyword, value in schema.items() if keyword != "default"}
        outer = {"default": schema["default"]} if "default" in schema else {}
        return outer | {"anyOf": [inner, NULL.copy()]}
    nullable = dict(schema)
    set_types(nullable, [*types(schema), "null"])
    if "enum" in nullable and None not in nullable["enum"]:
        nullable["enum"] = [*nullable["enum"], None]
    return nullable


def without_null(schema: Document) -> tuple[Document, bool]:
    """Split a schema into what it allows besides null, and whether it allows null.

    The reverse of `with_null`, on schemas in normal spelling.
    """
    if NULL in schema.get("anyOf", []):
        rest = [option for option in schema["anyOf"] if option != NULL]
        others = {keyword: value for keyword, value in schema.items() if keyword != "anyOf"}
        alone = len(rest) == 1 and not (others and "$ref" in rest[0])
        return (rest[0] | others if alone else others | {"anyOf": rest}), True
    if "null" not in types(schema) or schema == NULL:
        return schema, False
    plain = dict(schema)
    set_types(plain, [name for name in types(schema) if name != "null"])
    if "enum" in plain:
        plain["enum"] = [value for value in plain["enum"] if value is not None]
    return plain, True


def simplified(schema: Document) -> Document:
    """Write a union as what it means where that is simpler.

    Null among the options becomes nullable, "any string, or one of these" an open enum, a choice of
    constants an enum, and a union of one that one.
    """
    for union in ("anyOf", "oneOf"):
        if union in schema:
            schema = _simple_union(schema, union)
    if len(schema.get("allOf", [])) == 1:
        others = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
        only = schema["allOf"][0]
        alike = all(only[keyword] == others[keyword] for keyword in set(only) & set(others))
        if not others or ("$ref" not in only and alike):
            schema = only | others
    return schema


def _simple_union(schema: Document, union: str) -> Document:
    others = {keyword: value for keyword, value in schema.items() if keyword != union}
    found: dict[str, Document] = {}
    nullable = False
    for option in schema[union]:
        plain, null = (option, True) if option == NULL else without_null(option)
        nullable |= null
        if plain != NULL:
            found.setdefault(json.dumps(plain, sort_keys=True), plain)
    options = list(found.values())
    if folded := _one_enum(options):
        simple = folded | others
    elif len(options) == 1 and (not others or "$ref" not in options[0]):
        simple = options[0] | others
    elif not options:
        simple = others | NULL
    else:
        key = "anyOf" if nullable else union
        simple = others | {key: options}
    return with_null(simple) if nullable else simple


def _one_enum(options: list[Document]) -> Document | None:
    """Fold options that are all constants of one type, or any value of it, into one enum."""
    type_ = options[0].get("type") if options else None
    plain = all(set(option) <= {"type", "enum", "x-extensible-enum"} for option in options)
    if len(options) < 2 or not isinstance(type_, str) or not plain:
        return None
    if any(option.get("type") != type_ for option in options):
        return None
    values: list[Any] = []
    for option in options:
        values += option.get("enum", []) + option.get("x-extensible-enum", [])
    opened = any("enum" not in option for option in options)
    return {"type": type_, "x-extensible-enum" if opened else "enum": unique(values)}
