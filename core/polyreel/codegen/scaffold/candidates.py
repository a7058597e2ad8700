"""The GET operations of a document by their shape: what lists things, and what gets one.

A list is a GET whose response is, or holds, an array of objects with an id; a get is one that takes an id,
as the last parameter of its path or as the one that its query requires, and whose response is, or wraps, such
an object. Which kind of thing it is about is told by words, each of which counts for or against it; whether
it is such a thing at all is told by what it has: a status, a file, a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from attrs import evolve, frozen

from polyreel.codegen.scaffold.item_ids import id_of
from polyreel.codegen.scaffold.merged import component, merged
from polyreel.codegen.scaffold.parameters import needs_caller
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.operations import path_parameters
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
# Fields that speak of how a request went; an object with them that holds another is its envelope.
_ENVELOPE = set(names("code message msg success error errors request_id trace_id log_id ok meta"))
_ENOUGH = 3
_ANYTHING = {"*/*", "application/*"}  # what some frameworks write for JSON
_MARGIN = 2

_EVIDENCE = {
    "status": {"status", "state"},
    "file": {
        "url",
        "uri",
        "urls",
        "link",
        "video",
        "output",
        "outputs",
        "assets",
        "download",
        "files",
    },
    "time": {"created", "at", "date", "time", "timestamp", "updated"},
}


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
        parameter: The parameter that takes the id, for a get.
        kind: What it is taken for.
        score: How much speaks for it.
        reasons: What speaks for and against it.
    """

    path: str
    role: Role
    keys: tuple[str, ...]
    id: str
    item: Shape
    component: str | None = None
    parameter: str = ""
    kind: Kind = "videos"
    score: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Method and path, as flags and sources.toml write it."""
        return f"GET {self.path}"

    @property
    def evidence(self) -> tuple[str, ...]:
        """What its items have of what every video or avatar has: a status, a file, a time, a name."""
        has = [set(words(name)) for name in self.item.properties]
        known = _EVIDENCE if self.kind == "videos" else {**_EVIDENCE, "name": {"name", "title"}}
        return tuple(what for what, said in known.items() if any(said & each for each in has))


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
    """Give those of a role that are worth a look: several when none is clearly the best.

    One whose items have no status, no file and no time is not among them, whatever it is called. Of
    two that give the same thing, the one with the shorter path is the whole list: ``/videos``, not
    ``/discarded/videos``.
    """
    good = [one for one in found if one.role == role and one.score >= _ENOUGH and one.evidence]
    close = [one for one in good if one.score > good[0].score - _MARGIN]
    shortest = min(close, key=lambda one: one.path.count("/"), default=None)
    if shortest is not None and all(one is shortest or _is_part_of(one, shortest) for one in close):
        return [shortest]
    return close


def _is_part_of(one: Candidate, whole: Candidate) -> bool:
    """Say whether an operation gives some of what another gives: the same thing, by a longer path."""
    same = one.component == whole.component is not None
    return same and one.path.count("/") > whole.path.count("/")


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
    alike = [one for one in gets if "{" not in one.path and _thing(one.path) == _thing(chosen.path)]
    return next(iter([*below, *alike]), None)


def _thing(path: str) -> str:
    """Name in the singular what the last word of a path is about."""
    segments = [part for part in path.split("/") if part and "{" not in part]
    return singular(plain(segments[-1])) if segments else ""


def _parent(path: str) -> str:
    path = path.rstrip("/")
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
    parameters = path_parameters(path)
    asked = [
        each["name"]
        for each in operation["parameters"]
        if each.get("in") == "query"
        and each.get("required") is True
        and words(str(each.get("name")))[-1:] in {("id",), ("uuid",), ("uid",)}
    ]
    if not parameters and not asked:
        for keys, node in _arrays(view, schema):
            item = merged(view, node)
            if (id := id_of(item, path, _item_parameter(view, path))) is not None:
                return Candidate(path, "list", keys, id, item, component(view, node))
    by_path = len(parameters) == 1 and (
        path.rstrip("/").endswith("}") or path.rstrip("/").rpartition("/")[2] in _DETAIL
    )
    if by_path or (not parameters and len(asked) == 1):
        parameter = parameters[0] if parameters else asked[0]
        found = [
            Candidate(path, "get", keys, id, item, component(view, node), parameter)
            for keys, node in _objects(view, schema)
            if (id := id_of(item := merged(view, node), path, parameter)) is not None
        ]
        return max(found, key=_fits, default=None)
    return None


def _fits(one: Candidate) -> tuple[bool, int, int]:
    """Say how well an object of a response is the thing itself, and not what it comes in."""
    named = {plain(name) for name in one.item.properties}
    wrapped = bool(named & _ENVELOPE) and not one.keys
    return (not wrapped, len(one.evidence), -len(one.keys))


def _item_parameter(view: SchemaView, path: str) -> str:
    """Give the parameter by which one item of a list is got, as the paths below the list say."""
    prefix = f"{path.rstrip('/')}/{{"
    below = sorted(each for each in view.document.get("paths", {}) if str(each).startswith(prefix))
    return next(iter(path_parameters(below[0])), "") if below else ""


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
            plainly = media.partition(";")[0].strip()
            if (plainly.endswith("json") or plainly in _ANYTHING) and isinstance(each, dict):
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
        if needs_caller(parameter):
            score -= 4
            reasons.append(f"needs {parameter.get('name')} -4")
    if operation.get("deprecated") is True:
        score -= 2
        reasons.append("deprecated -2")
    return evolve(one, kind=kind, score=score, reasons=tuple(reasons))


def _spoken(one: Candidate, operation: Document) -> list[str]:
    """Give the words that say what an operation is about, each once, in the singular."""
    segments = [part for part in one.path.split("/") if part and "{" not in part]
    said = segments[-2:] if _DETAIL & set(segments[-1:]) else segments[-1:]
    texts = [*said, str(operation.get("operationId", "")), one.component or "", one.id]
    return list(dict.fromkeys(singular(word) for text in texts for word in words(text)))
