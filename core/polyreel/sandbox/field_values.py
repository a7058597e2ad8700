"""What a field of an item is for, told by its name, and what then stands in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from polyreel.models import Kind, Status
from polyreel.openapi.shapes import Shape
from polyreel.sandbox.fabricate import Gap, Percent
from polyreel.sandbox.field_words import words_of
from polyreel.sandbox.fixture_items import FixtureItem
from polyreel.sandbox.object_forms import Choose, Path
from polyreel.sandbox.signed_links import Links
from polyreel.sandbox.words import ACTIONS, CAMERAS, NAMES, SUBJECTS, TITLES, WORDS

Words = tuple[str, ...]
Maker = Callable[[FixtureItem, Words, Shape], Any]

_KIND_WORDS: Mapping[str, Kind] = {
    "video": "videos", "replica": "replicas", "avatar": "replicas", "face": "replicas",
}  # fmt: skip
_FAILURES = frozenset({"err", "error", "errors", "failure", "failed"})
_LINKS = frozenset({"download", "href", "link", "uri", "url", "hls", "dash", "mp4", "m3u8"})
_PICTURES = frozenset({"thumbnail", "poster", "gif", "preview"})  # alone: the address of one
_OPERATIONS = frozenset({"get", "self", "cancel", "delete"})
_ENDINGS = {
    "gif": "gif", "webm": "webm", "caption": "vtt", "captions": "vtt", "subtitle": "vtt",
    "image": "jpg", "still": "jpg", "thumbnail": "jpg", "cover": "jpg", "frame": "jpg",
    "poster": "jpg", "picture": "jpg", "photo": "jpg", "stream": "m3u8",
}  # fmt: skip
_STATUSES = frozenset({"status", "state"})
_IN_STATUS = frozenset({"label", "name", "value", "type"})  # of an object that is the status
_ADDRESSES = frozenset({"uri", "url"})  # formats
_MOMENTS = frozenset(
    {"create", "creation", "start", "end", "finish", "update", "publish", "upload"}
)
_INPUTS = frozenset({"background", "source", "callback", "webhook", "reference", "input"})


def fill(
    item: FixtureItem, id_field: str, links: Links, place: Path = ()
) -> Callable[[Path, Shape], Any]:
    """Return what fills in the fields of one item.

    Args:
        item: The item.
        id_field: The field that holds its id.
        links: Makes the addresses in it.
        place: The keys that lead to the item in what is made.
    """

    def suggest(path: Path, shape: Shape) -> Any:
        words = words_of(path[-1] if path else "")
        if path == (*place, id_field):
            return item.id
        if _FAILURES & set(words) and item.status is not Status.FAILED:
            return Gap.BLANK
        if {"object", "array"} & shape.named_types:
            return Gap.BUILD
        clues = {*words, "url"} if shape.format in _ADDRESSES else {*words}
        clues |= {"timestamp"} if "time" in words and _MOMENTS & clues else set()
        make = next((make for known, make in _ROLES if known & clues), _plain)
        if len(path) > 1 and path[-2] in _STATUSES and path[-1] in _IN_STATUS:
            words, make = words_of(path[-2]), _status
        in_picture = len(path) > 1 and bool(_PICTURES & {*words_of(path[-2])})
        of_picture = _PICTURES | {"image", "src"} if in_picture else _PICTURES
        if _LINKS & clues or (len(words) == 1 and words[0] in of_picture):
            make = _named(partial(_url, links))
        value = make(item, words, shape)
        # A text is no number, whatever the name says: created_by may well be one.
        unfit = isinstance(value, str) and shape.named_types and "string" not in shape.named_types
        return _plain(item, words, shape) if unfit else value

    return suggest


def form(item: FixtureItem, place: Path = ()) -> Choose:
    """Return what chooses the form of an item, and of what is in it.

    A form that names statuses must name the item's. Where several forms of the item are left, each
    comes in turn; of what is in it, the first.
    """

    def choose(path: Path, forms: Sequence[Mapping[str, Shape]]) -> int:
        left = [number for number, one in enumerate(forms) if _may_be(item, one)] or [0]
        return left[item.number % len(left)] if path == place else left[0]

    return choose


def _may_be(item: FixtureItem, fields: Mapping[str, Shape]) -> bool:
    words = next((fields[name].values.known for name in ("status", "state") if name in fields), [])
    return not words or item.word in map(str, words)


def _status(item: FixtureItem, words: Words, shape: Shape) -> Any:
    if words[-1] not in _STATUSES:
        return _named(_explanation)(item, words, shape)
    known = shape.values.known or [item.word]
    same = [word for word in known if str(word) == item.word]
    same += [word for word in known if Status.of(str(word)) is item.status]
    return same[0] if same else known[-1]


def _failure(item: FixtureItem, words: Words, shape: Shape) -> Any:
    return "generation_failed" if "code" in words else _explanation(item, words, shape)


def _code(item: FixtureItem, words: Words, shape: Shape) -> Any:
    alone = words == ("code",)  # an error's; there are also codes of languages and countries
    return (_failure if alone else _plain)(item, words, shape)


def _explanation(item: FixtureItem, _words: Words, _shape: Shape) -> Any:
    return _EXPLANATIONS[item.status]


_EXPLANATIONS: Mapping[Status, str] = {
    Status.QUEUED: "Waiting for a free worker",
    Status.RUNNING: "Rendering",
    Status.READY: "Finished without problems",
    Status.FAILED: "The renderer stopped at a frame that it could not draw",
    Status.DELETED: "Deleted by its owner",
    Status.UNKNOWN: "",
}


def _url(links: Links, item: FixtureItem, words: Words, _shape: Shape) -> Any:
    said = set(words)
    if said & _OPERATIONS:  # what the API itself offers for the item, whatever its status
        return f"{links.item}" if said & {"get", "self"} else f"{links.item}/{words[-1]}"
    name = "-".join(word for word in words if word not in {"url", "uri", "link"}) or "file"
    path = f"{item.fixtures.provider}/{item.kind}/{quote(item.id, safe='')}/{name}"
    if "web" in said:  # where a person follows the work, from its start
        return links.page(path)
    if item.status is not Status.READY or _INPUTS & said:
        return Gap.BLANK
    if said & {"hosted", "page", "share"}:
        return links.page(path)
    ending = next((_ENDINGS[word] for word in words if word in _ENDINGS), "mp4")
    return links.file(f"{path}.{'mp4' if 'video' in said else ending}")


def _time(item: FixtureItem, words: Words, _shape: Shape) -> Any:
    done = item.created_at + timedelta(seconds=item.chance("took").randint(40, 900))
    over = item.status in {Status.READY, Status.FAILED, Status.DELETED}
    if {"expires", "expired", "expiry"} & set(words):
        return done + timedelta(days=30) if item.status is Status.READY else Gap.BLANK
    if {"completed", "finished", "ended"} & set(words):
        return done if over else Gap.BLANK
    return done if {"updated", "modified"} & set(words) and over else item.created_at


def _progress(item: FixtureItem, _words: Words, _shape: Shape) -> Any:
    dice = item.chance("progress")
    match item.status:
        case Status.QUEUED:
            return Percent(0)
        case Status.RUNNING | Status.FAILED:
            return Percent(dice.randrange(5, 100, 5))
    return Percent(100)


def _title(item: FixtureItem, _words: Words, _shape: Shape) -> Any:
    stock = TITLES if item.kind == "videos" else NAMES
    lap, number = divmod(item.number, len(stock))
    return f"{stock[number]} {lap + 1}" if lap else stock[number]


def _prompt(item: FixtureItem, _words: Words, _shape: Shape) -> Any:
    dice = item.chance("prompt")
    return f"{dice.choice(SUBJECTS)} {dice.choice(ACTIONS)}, {dice.choice(CAMERAS)}."


def _size(item: FixtureItem, words: Words, shape: Shape) -> Any:
    width, height = item.chance("size").choice([(1280, 720), (720, 1280)])
    if {"width", "height"} & set(words):
        return width if "width" in words else height
    return _plain(item, words, shape) if "string" not in shape.named_types else f"{width}x{height}"


def _seconds(item: FixtureItem, words: Words, _shape: Shape) -> Any:
    thousandths = {"ms", "millis", "milliseconds"} & {*words}
    return item.chance("seconds").choice((4, 8, 12)) * (1000 if thousandths else 1)


def _id(item: FixtureItem, words: Words, shape: Shape) -> Any:
    """Name another item where the field's name says of which kind, else something unknown."""
    dice = item.chance("-".join(words))
    kind = next((_KIND_WORDS[word] for word in words if word in _KIND_WORDS), None)
    facts = item.fixtures.kinds.get(kind) if kind else None
    if kind is None or facts is None or not facts.count:
        if shape.format == "uuid":
            return str(uuid.UUID(int=dice.getrandbits(128), version=4))
        return f"{dice.getrandbits(48):012x}"
    if kind == item.kind:  # made from an older one: rarely, and never from one that isn't there
        older = item.number + 3
        return (
            item.fixtures.id(kind, older) if older < facts.count and older % 6 == 0 else Gap.BLANK
        )
    return item.fixtures.id(kind, dice.randrange(facts.count))


def _plain(item: FixtureItem, words: Words, shape: Shape) -> Any:
    """Fill in a field that tells nothing by its name."""
    dice = item.chance("-".join(words))
    if samples := shape.extensions.get("x-polyreel-sample") or shape.values.known:
        return dice.choice(_about(item, samples))
    types = shape.named_types
    if shape.format == "uuid":
        return str(uuid.UUID(int=dice.getrandbits(128), version=4))
    if shape.format in {"date-time", "date"}:
        return item.created_at
    if {"integer", "number"} & types:
        return dice.randint(1, 100)
    if "boolean" in types:
        return dice.random() < 0.5
    return Gap.OMIT if not types else dice.choice(WORDS)


def _about(item: FixtureItem, values: Sequence[Any]) -> Sequence[Any]:
    """Of the types of things that a mixed list may hold, give those that the item can be."""
    films = [value for value in values if "video" in words_of(str(value))]
    return films if films and item.kind == "videos" else values


def _named(make: Maker) -> Maker:
    """Prefer the values that a schema names to those that a field's name suggests."""

    def choose(item: FixtureItem, words: Words, shape: Shape) -> Any:
        named = (
            shape.extensions.get("x-polyreel-sample")
            or shape.values.known
            or "boolean" in shape.named_types
        )
        return (_plain if named else make)(item, words, shape)

    return choose


# The first one that shares a word with a field's name fills it in.
_ROLES: tuple[tuple[frozenset[str], Maker], ...] = tuple(
    (frozenset(words.split()), make if make is _status else _named(make))
    for words, make in (
        ("status state", _status),
        ("at date timestamp created updated completed expires started", _time),
        ("progress percent percentage", _progress),
        ("error errors failure failed", _failure),
        ("code", _code),
        ("message details detail reason", _explanation),
        ("id uuid", _id),
        ("name title label", _title),
        ("prompt script text transcript description", _prompt),
        ("size resolution width height", _size),
        ("seconds duration length", _seconds),
    )
)
