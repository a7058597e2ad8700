"""Where in a spec the schema of an item stands, and what the variants of one thing have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.merged import component, merged
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

_REF = "#/components/schemas/"
_STATUSES = ("200", "2XX", "default")


@frozen
class Located:
    """A schema and the way to it.

    Attributes:
        node: The schema.
        parent: The JSONPath of what holds it.
        key: Under which key that does.
    """

    node: Document
    parent: str
    key: str

    @property
    def target(self) -> str:
        """The JSONPath of the schema itself."""
        return f"{self.parent}[{quoted(self.key)}]"


def locate(view: SchemaView, one: Candidate) -> Located | None:
    """Find the schema of an operation's item; None where it stands behind unions of its own."""
    responses = view.document["paths"][one.path][one.method]["responses"]
    status = next((each for each in _STATUSES if each in responses), None)
    if status is None:
        return None
    content = responses[status].get("content", {})
    media = next((each for each in content if each.partition(";")[0].endswith("json")), None)
    if media is None or "schema" not in content[media]:
        return None
    at = f"$.paths[{quoted(one.path)}].{one.method}.responses[{quoted(status)}]"
    parent = f"{at}.content[{quoted(media)}]"
    response = Located(content[media]["schema"], parent, "schema")
    found = [*_ways(view, response, one.keys)]
    if one.role == "list":
        found = [
            _inside(Located(items, place, "items"))
            for each in found
            for part, place in _parts(view, _followed(view, each))
            if isinstance(items := part.get("items"), dict)
        ]
    # Of several parts that have it, an envelope's own says no more than that it is an object.
    return max(found, key=lambda each: len(merged(view, each.node).properties), default=None)


def _ways(view: SchemaView, at: Located, keys: Sequence[str]) -> Iterator[Located]:
    """Yield where some fields lead, in each of the parts that say what they hold."""
    at = _inside(at)
    if not keys:
        yield at
        return
    for part, place in _parts(view, _followed(view, at)):
        below = part.get("properties", {}).get(keys[0])
        if isinstance(below, dict):
            yield from _ways(view, Located(below, f"{place}.properties", keys[0]), keys[1:])


def _parts(view: SchemaView, at: Located) -> Iterator[tuple[Document, str]]:
    """Yield an object and those that it is made of, or has the form of, each with its JSONPath."""
    yield at.node, at.target
    if "$ref" in at.node:
        base = _followed(view, at)
        yield base.node, base.target
    for union in ("allOf", "anyOf", "oneOf"):  # the form of an envelope: with more, or the last
        for number, part in enumerate(at.node.get(union, ())):
            base = _followed(view, _Numbered(part, f"{at.target}.{union}", str(number)))
            yield base.node, base.target


def _followed(view: SchemaView, at: Located) -> Located:
    """Go where a reference leads."""
    ref = at.node.get("$ref")
    if not isinstance(ref, str):
        return at
    return Located(view.references.at(ref), "$.components.schemas", ref.removeprefix(_REF))


def _inside(at: Located) -> Located:
    """Go into what is only wrapped to allow null."""
    options = at.node.get("anyOf")
    if not isinstance(options, list):
        return at
    real = [number for number, each in enumerate(options) if each != {"type": "null"}]
    if len(real) != 1:
        return at
    return _Numbered(options[real[0]], f"{at.target}.anyOf", str(real[0]))


@frozen
class _Numbered(Located):
    @property
    def target(self) -> str:
        return f"{self.parent}[{self.key}]"


def named(view: SchemaView, node: Document) -> str | None:
    """Return the component that a schema refers to, if that is one object without variants."""
    found = merged(view, node)
    name = component(view, node) if found.is_object and not found.variants else None
    return None if name is None or view.of(node).variants else name


def mixed(view: SchemaView, some: Mapping[str, Any], others: Mapping[str, Any]) -> list[str]:
    """Name the fields that two shapes have in ways that one class can't read."""
    return [
        name
        for name in some
        if name in others
        and _structure(merged(view, some[name])) != _structure(merged(view, others[name]))
    ]


def _structure(said: Shape) -> object:
    if said.is_object:
        return "object"
    return "array" if said.items is not None else "value"


def merged_properties(view: SchemaView, nodes: Iterable[Document]) -> Document:
    """Join the fields of several variants; where one has two shapes, any value is accepted."""
    joined: Document = {}
    for node in nodes:
        for variant in _variants(view, node):
            for name, schema in merged(view, variant).properties.items():
                joined[name] = _joined(view, joined[name], schema) if name in joined else schema
    return joined


def _variants(view: SchemaView, node: Document) -> list[Document]:
    node = view.node(node)
    options = [*node.get("oneOf", ()), *node.get("anyOf", ())]
    if not options or "properties" in node:
        return [node]
    return [each for option in options for each in _variants(view, option)]


def _joined(view: SchemaView, one: Document, other: Document) -> Document:
    if one == other or not one:
        return one
    first, second = merged(view, one), merged(view, other)
    values = [str(value) for value in dict.fromkeys((*first.values.known, *second.values.known))]
    if first.named_types == second.named_types == {"string"} and values:
        return {"type": "string", "x-extensible-enum": values}
    if first.named_types == second.named_types and not (
        first.is_object or second.is_object or first.items
    ):
        return {"type": [*sorted(first.named_types), "null"]} if first.named_types else {}
    return one if component(view, one) and component(view, one) == component(view, other) else {}


def quoted(name: str) -> str:
    """Write a name as JSONPath has it, whatever it holds."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
