"""The GET operations of a document by their shape: what lists things, and what gets one.

A list is a GET whose response is, or holds, an array of objects with an id; a get is one whose path has
one parameter at its end and whose response is, or wraps, such an object. Which kind of thing it is about
is told by words, each of which counts for or against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from attrs import evolve, frozen

from polyreel.codegen.scaffold.merged import component, merged
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

KINDS: tuple[Kind, ...] = get_args(Kind)

# How much a word in a path, an operation's name or its response's type speaks for a kind.
_WORDS: Mapping[Kind, Mapping[str, int]] = {
    "videos": {
        "video": 6, "clip": 4, "movie": 4, "film": 4, "generation": 4, "talk": 3, "render": 3,
        "scene": 3, "animation": 3, "prediction": 3, "task": 2, "job": 2, "creation": 2, "expressive": 2,
    },
    "replicas": {
        "avatar": 6, "replica": 6, "presenter": 5, "actor": 5, "twin": 5, "character": 4, "face": 3,
        "human": 3, "persona": 2,
    },
}  # fmt: skip
_AGAINST = dict.fromkeys(
    names(
        "voice template webhook asset folder key model billing usage log logs audit document language "
        "subtitle caption translation transcript image audio voices music credit credits price pricing "
        "workflow agent conversation session voiceover brand member workspace user organization team file "
        "project upload training comment tag collection entity index analytic event secret concept "
        "connection thread exports export dubbing look driver"
    ),
    6,
)
_DETAIL = {"status", "state", "detail", "details", "info", "result"}  # of one thing, behind its id
_ENOUGH = 3
_MARGIN = 2


@frozen
class Candidate:
    """An operation that may be the one.

    Attributes:
        path: Its path.
        role: Whether it lists or gets.
        keys: The fields that lead from its response to the array, or to the object.
        id: The field that holds the object's id.
        item: The object's shape.
        component: The component that the object is, if it is one.
        score: How much speaks for it.
        reasons: What speaks for and against it.
    """

    path: str
    role: Role
    keys: tuple[str, ...]
    id: str
    item: Shape
    component: str | None = None
    score: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Method and path, as flags and sources.toml write it."""
        return f"GET {self.path}"


def candidates(document: Document, kind: Kind) -> list[Candidate]:
    """Give the operations that may list or get things of a kind, the best first.

    Args:
        document: An OpenAPI document of any size, as it was published.
        kind: What is looked for.
    """
    shaped = _shaped(SchemaView(document))
    found = [_scored(one, operation, kind) for one, operation in shaped]
    return sorted(found, key=lambda one: (-one.score, len(one.path), one.path))


def likely(found: list[Candidate], role: Role) -> list[Candidate]:
    """Give those of a role that are worth a look: several when none is clearly the best."""
    good = [one for one in found if one.role == role and one.score >= _ENOUGH]
    return [one for one in good if one.score > good[0].score - _MARGIN]


def partner(chosen: Candidate, found: list[Candidate]) -> Candidate | None:
    """Find the get that belongs to a list: its path and a parameter, or the same thing's."""
    gets = [one for one in found if one.role == "get"]
    for one in gets:
        if _parent(one.path) == chosen.path.rstrip("/"):
            return one
    for one in gets:
        if chosen.component and one.component == chosen.component:
            return one
    below = [one for one in gets if one.path.startswith(f"{chosen.path.rstrip('/')}/{{")]
    return below[0] if below else None


def _parent(path: str) -> str:
    return path.rpartition("/")[0] if path.endswith("}") else ""


def _shaped(view: SchemaView) -> Iterator[tuple[Candidate, Document]]:
    for path, entry in view.document.get("paths", {}).items():
        operation = entry.get("get") if isinstance(entry, dict) else None
        if isinstance(operation, dict) and isinstance(path, str):
            merged = operation | {"parameters": _parameters(view, entry, operation)}
            if one := _candidate(view, path, merged):
                yield one, merged


def _parameters(view: SchemaView, entry: Document, operation: Document) -> list[Document]:
    found = []
    for raw in [*entry.get("parameters", ()), *operation.get("parameters", ())]:
        try:
            each = view.references.followed(raw)
        except (SpecError, TypeError):
            continue
        if isinstance(each, dict):
            found.append(each)
    return found


def _candidate(view: SchemaView, path: str, operation: Document) -> Candidate | None:
    schema = response_schema(view, operation)
    if schema is None:
        return None
    parameters = path.count("{")
    if parameters == 0:
        for keys, node in _arrays(view, schema):
            item = merged(view, node)
            if (id := id_of(item, path)) is not None:
                return Candidate(path, "list", keys, id, item, component(view, node))
    if parameters == 1 and (path.endswith("}") or path.rpartition("/")[2] in _DETAIL):
        for keys, node in _objects(view, schema):
            item = merged(view, node)
            if (id := id_of(item, path)) is not None:
                return Candidate(path, "get", keys, id, item, component(view, node))
    return None


def response_schema(view: SchemaView, operation: Document) -> Any | None:
    """Give the schema of the JSON that an operation answers with success; None if it has none."""
    responses = operation.get("responses")
    for status in ("200", "2XX", "default"):
        response = responses.get(status) if isinstance(responses, dict) else None
        try:
            if isinstance(response, dict) and "$ref" in response:
                response = view.references.followed(response)
        except SpecError:
            continue
        content = response.get("content") if isinstance(response, dict) else None
        for media, each in content.items() if isinstance(content, dict) else ():
            if media.partition(";")[0].strip().endswith("json") and isinstance(each, dict):
                return each.get("schema")
    return None


def _arrays(view: SchemaView, schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Find what arrays in a response hold: it itself, its fields, and those one level below."""
    top = merged(view, schema)
    if top.items is not None:
        yield (), top.items
    fields = {name: merged(view, each) for name, each in top.properties.items()}
    for name, each in fields.items():
        if each.items is not None:
            yield (name,), each.items
    for name, each in fields.items():
        for inner, below in each.properties.items():
            if (found := merged(view, below)).items is not None:
                yield (name, inner), found.items


def _objects(view: SchemaView, schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Find the object that a get answers: the response itself, or what it wraps."""
    top = merged(view, schema)
    if top.is_object:
        yield (), schema
    for name, each in top.properties.items():
        if merged(view, each).is_object:
            yield (name,), each


def id_of(item: Shape, path: str) -> str | None:
    """Give the field that holds an item's id: as the path calls it, or as its kind of thing is called."""
    fields = {
        plain(name): name
        for name in item.properties
        if plain(name).endswith(("id", "uuid", "guid", "identifier"))
    }
    segments = [part for part in path.split("/") if part]
    parameter = next((part.strip("{}") for part in reversed(segments) if "{" in part), "id")
    things = [words(part) for part in reversed(segments) if "{" not in part]
    things_ids = [f"{singular(thing[-1])}_id" for thing in things if thing and thing[0] != "by"]
    for wanted in (
        plain(parameter),
        "id",
        *things_ids[:2],
        "uuid",
        "task_id",
        "request_id",
        "video_id",
    ):
        if wanted in fields:
            return fields[wanted]
    return None


def _scored(one: Candidate, operation: Document, kind: Kind) -> Candidate:
    score, reasons = 0, []
    other: Kind = "replicas" if kind == "videos" else "videos"
    for word in _spoken(one, operation):
        against = max(_AGAINST.get(word, 0), _WORDS[other].get(word, 0))
        value = _WORDS[kind].get(word, 0) or -against
        if value:
            score += value
            reasons.append(f"{word!r} {value:+d}")
    has = {plain(name) for name in one.item.properties}
    for known, value in (({"status", "state"}, 1), ({"created_at", "created"}, 1)):
        if known & has:
            score += value
            reasons.append(f"has {'/'.join(sorted(known & has))} {value:+d}")
    for parameter in operation["parameters"]:
        if is_puzzling(parameter):
            score -= 4
            reasons.append(f"needs {parameter.get('name')} -4")
    if operation.get("deprecated") is True:
        score -= 2
        reasons.append("deprecated -2")
    return evolve(one, score=score, reasons=tuple(reasons))


def is_puzzling(parameter: Document) -> bool:
    """Say whether a parameter must be given although nobody but the caller knows what."""
    if parameter.get("required") is not True or parameter.get("in") == "path" or is_key(parameter):
        return False
    if plain(str(parameter.get("name"))) in {"limit", "page", "page_size", "offset"}:
        return False
    return constant(parameter) is None


def is_key(parameter: Document) -> bool:
    """Say whether a parameter is the header that carries the key, which isn't the plugin's to send."""
    return parameter.get("in") == "header" and bool(
        {"authorization", "key", "apikey", "token"} & set(words(str(parameter.get("name"))))
    )


def constant(parameter: Document) -> Any | None:
    """Give the value that a parameter always has: its default, or the only one that it may have."""
    schema = parameter.get("schema")
    if not isinstance(schema, dict):
        return None
    values: Any = schema.get("enum") or ()
    return schema.get("default", values[0] if len(values) == 1 else None)


def _spoken(one: Candidate, operation: Document) -> list[str]:
    """Give the words that say what an operation is about, each once, in the singular."""
    segments = [part for part in one.path.split("/") if part and "{" not in part]
    said = segments[-2:] if _DETAIL & set(segments[-1:]) else segments[-1:]
    texts = [*said, str(operation.get("operationId", "")), one.component or "", one.id]
    return list(dict.fromkeys(singular(word) for text in texts for word in words(text)))
