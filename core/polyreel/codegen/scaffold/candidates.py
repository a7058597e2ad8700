"""The operations of a document by their shape: what lists things, and what gets one.

A list is a GET, or a POST that searches, whose response is, or holds, an array of objects with an id. A get
is one that takes an id, as the last parameter of its path or as the one that its query requires, and whose
response is, or wraps, such an object. Whether that is a video is told by its status, its file and its times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Literal, get_args

from attrs import evolve, frozen

from polyreel.codegen.scaffold import scores
from polyreel.codegen.scaffold.item_ids import id_of
from polyreel.codegen.scaffold.merged import component, merged
from polyreel.codegen.scaffold.parameter_roles import asked_of, setting_of, takes_json
from polyreel.codegen.scaffold.responses import arrays, objects, response_schema
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import path_parameters
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

KINDS: tuple[Kind, ...] = get_args(Kind)
Method = Literal["get", "post"]

# Fields that speak of how a request went; an object with them that holds another is its envelope.
_ENVELOPE = set(names("code message msg success error errors request_id trace_id log_id ok meta"))
_SEARCHES = {"list", "search", "query", "find", "filter"}
_TOKENS = {"token", "cursor", "page"}  # name a part of a list, not an item

# Whose address is none of a file that the item made: the API's own, and what went in.
_NO_FILE = set(names("response cancel webhook callback source input embedding"))
_ADDRESSES = set(names("url uri urls link output file files download src path"))
_EVIDENCE = {
    "status": {"status", "state"},
    "file": set(
        names(
            "url uri urls link video output outputs assets download files result hls mp4 playback duration"
        )
    ),
    "time": {"created", "at", "date", "time", "timestamp", "updated"},
}


@frozen
class Candidate:
    """An operation that may be the one.

    Attributes:
        path: Its path.
        role: Whether it lists or gets.
        keys: The fields that lead from its response to the array, or to the object.
        id: The field that holds the object's id; "" where a get doesn't repeat the one it was given.
        item: The object's shape.
        component: The component that the object is, if it is one.
        parameter: The parameter that takes the id, for a get.
        method: ``get``; or ``post`` for a list that is asked for with a body.
        settings: The parameters that are the same for all of an account's requests, each with the
            name of the account's setting.
        kind: What it is taken for.
        score: How much speaks for it.
        reasons: What speaks for and against it.
        other_work: The word that says that it is a job which makes something else, or "".
        root: What all paths of the document begin with, such as ``/public``; it says nothing of the thing.
    """

    path: str
    role: Role
    keys: tuple[str, ...]
    id: str
    item: Shape
    component: str | None = None
    parameter: str = ""
    method: Method = "get"
    settings: Mapping[str, str] = {}
    kind: Kind = "videos"
    score: int = 0
    reasons: tuple[str, ...] = ()
    other_work: str = ""
    root: str = ""

    @property
    def name(self) -> str:
        """Method and path, as flags and sources.toml write it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def evidence(self) -> frozenset[str]:
        """What its items have of what every video or avatar has: a status, a file, a time, a name."""
        has = [{*words(name)} for name in self.item.properties if not _refers(name)]
        has = [said for said in has if not (_NO_FILE & said or {"status", "url"} <= said)]
        known = _EVIDENCE if self.kind == "videos" else {**_EVIDENCE, "name": {"name", "title"}}
        return frozenset(what for what, said in known.items() if any(said & each for each in has))

    @property
    def is_of_videos(self) -> bool:
        """Whether its items look like videos, whatever they are called.

        They have a status, and a file that is called a video, or one beside a time and a duration.
        """
        if self.kind != "videos" or not {"status", "file"} <= self.evidence:
            return False
        said = [{*words(name)} for name in self.item.properties if not _refers(name)]
        lasts = "time" in self.evidence and any("duration" in each for each in said)
        files = [each for each in said if each & _ADDRESSES and not each & _NO_FILE]
        return any(each & scores.FILMS for each in files) or bool(lasts and files)

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken without asking: its words say so, and so do its items' fields.

        A video has a status or a file, whatever it is called: a schedule of recordings has times alone. What
        stands below other work (``/moderation/videos``) is another view of what stands elsewhere, below a
        search it is everybody's, media without a length or a picture may be documents, and what speaks of
        images alone may be images.
        What isn't called one at the end of its path has to look like one all the more: files may be of any
        sort, a model has a time alone, a job that makes something else has a status alone or another's id,
        or says what it does.
        """
        if scores.is_named(self.kind, self.path):
            is_one = self.kind == "replicas" or {"status", "file"} & self.evidence
            aside = (
                scores.is_aside(self.path.removeprefix(self.root))
                or scores.may_be_any_media(self.path, self.item)
                or (self.kind == "videos" and scores.speaks_of_pictures(self.path, self.item))
            )
            return self.score >= scores.SURE and bool(is_one) and not aside
        if scores.holds_anything(self.path):
            return False
        of_another = any(
            _refers(name) and name != self.id and {"video", "media", "asset"} & {*words(name)}
            for name in self.item.properties
        )
        rest = {"status", "time"} <= self.evidence and self.role == "list" and not of_another
        looks = rest or "file" in self.evidence
        return self.score >= scores.SURE and looks and not self.other_work


def candidates(
    document: Document, kind: Kind, settings: frozenset[str] = frozenset(), id: str = ""
) -> list[Candidate]:
    """Return the operations that may list or get things of a kind, the best first.

    Args:
        document: An OpenAPI document of any size, as it was published.
        kind: What is looked for.
        settings: The parameters that somebody says are settings of an account.
        id: The field that somebody says holds an item's id, or "".
    """
    found, root = [], _root(document)
    for one, operation in _shaped(SchemaView(document), settings, id):
        total, reasons = scores.score(
            kind, one.path, operation, one.item, one.component, one.id, one.settings.values()
        )
        if minus := len(one.settings) * (one.role == "list"):  # without them, it is the whole list
            reasons += (f"needs {', '.join(one.settings)} -{minus}",)
        other = scores.other_work(one.path, operation, one.component)
        if other and not scores.is_named(kind, one.path):
            reasons += (f"{other!r} makes no {kind.removesuffix('s')}",)
        found.append(
            evolve(
                one, kind=kind, score=total - minus, reasons=reasons, other_work=other, root=root
            )
        )
    return sorted(found, key=lambda one: (-one.score, len(one.path), one.path))


def _root(document: Document) -> str:
    """Return what all paths begin with, where they lead to several things; "" where they share nothing."""
    paths = [str(path).strip("/").split("/") for path in document.get("paths", {})]
    same = takewhile(lambda parts: len({*parts}) == 1, zip(*paths, strict=False))
    shared = [parts[0] for parts in same]
    several = all(len(path) > len(shared) for path in paths)
    return "".join(f"/{part}" for part in shared) if several else ""


def _refers(name: str) -> bool:
    """Say whether a field names something else: ``video_id`` is no file."""
    return words(name)[-1:] in {("id",), ("ids",), ("uuid",)}


def _shaped(
    view: SchemaView, settings: frozenset[str], id: str
) -> Iterator[tuple[Candidate, Document]]:
    for path, entry in view.document.get("paths", {}).items():
        for method in get_args(Method):
            operation = entry.get(method) if isinstance(entry, dict) else None
            if isinstance(operation, dict) and isinstance(path, str):
                asked = asked_of(view, entry, operation)
                if one := _candidate(view, path, method, operation, asked, settings, id):
                    # What the item is named by, or an account always has, no caller need give.
                    given = {one.parameter, *one.settings}
                    left = [each for each in asked if each.get("name") not in given]
                    yield one, operation | {"parameters": left}


def _candidate(
    view: SchemaView,
    path: str,
    method: Method,
    operation: Document,
    asked: list[Document],
    declared: frozenset[str],
    id: str,
) -> Candidate | None:
    schema = response_schema(view, operation)
    if schema is None:
        return None
    settings = {
        str(each["name"]): name for each in asked if (name := setting_of(each, path, declared))
    }
    parameters = [name for name in path_parameters(path) if name not in settings]
    by_query = [
        each["name"]
        for each in asked
        if each.get("in") == "query"
        and each.get("required") is True
        and each["name"] not in settings
        and words(str(each.get("name")))[-1:] in {("id",), ("uuid",), ("uid",)}
    ]
    if method == "post":
        last = [part for part in path.split("/") if part][-1:]
        called = words(str(operation.get("operationId", "")))[:1]
        if parameters or not _SEARCHES & {*map(str.lower, last), *called}:
            return None
        if not takes_json(view, operation):
            return None
    if not parameters and not by_query:
        for keys, node in arrays(view, schema):
            item = merged(view, node)
            found = id_of(item, path, _item_parameter(view, path), id)
            if found is not None:
                return Candidate(
                    path, "list", keys, found, item, component(view, node),
                    method=method, settings=settings,
                )  # fmt: skip
    last_is_id = path.rstrip("/").endswith("}") or (
        path.rstrip("/").rpartition("/")[2] in scores.DETAIL
    )
    if method == "get" and (
        (len(parameters) == 1 and last_is_id) or (not parameters and len(by_query) == 1)
    ):
        parameter = parameters[0] if parameters else by_query[0]
        if _TOKENS & {*words(parameter)}:
            return None
        found_objects = [
            Candidate(
                path, "get", keys, id_of(item := merged(view, node), path, parameter, id) or "",
                item, component(view, node), parameter, settings=settings,
            )
            for keys, node in objects(view, schema)
        ]  # fmt: skip
        return max(filter(_is_item, found_objects), key=_fits, default=None)
    return None


def _is_item(one: Candidate) -> bool:
    """Say whether an object can be an item: it has an id, or all else that the item of a get has."""
    return bool(one.id) or {"status", "file"} <= one.evidence


def _fits(one: Candidate) -> tuple[bool, bool, int, int]:
    """Say how well an object of a response is the thing itself, and not what it comes in."""
    named = {plain(name) for name in one.item.properties}
    wrapped = bool(named & _ENVELOPE) and not one.keys
    return (bool(one.id), not wrapped, len(one.evidence), -len(one.keys))


def _item_parameter(view: SchemaView, path: str) -> str:
    """Return the parameter by which one item of a list is got, as the paths below the list say."""
    prefix = f"{path.rstrip('/')}/{{"
    below = sorted(each for each in view.document.get("paths", {}) if str(each).startswith(prefix))
    return next(reversed(path_parameters(below[0])), "") if below else ""
