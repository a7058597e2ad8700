"""What a field of an item is for, told by its name, and what then stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from polyreel.models import Kind, Status
from polyreel.sandbox.fabricate import Gap, Percent
from polyreel.sandbox.field_words import words_of
from polyreel.sandbox.fixture_items import Subject
from polyreel.sandbox.schemas import Schema, values
from polyreel.sandbox.words import ACTIONS, CAMERAS, NAMES, SUBJECTS, TITLES, WORDS

Words = tuple[str, ...]
Maker = Callable[[Subject, Words, Schema], Any]

_KIND_WORDS: Mapping[str, Kind] = {
    "video": "videos", "replica": "replicas", "avatar": "replicas", "face": "replicas",
}  # fmt: skip
_FAILURES = frozenset({"error", "errors", "failure", "failed"})
_ENDINGS = {"gif": "gif", "image": "jpg", "still": "jpg", "thumbnail": "jpg", "stream": "m3u8"}
_ADDRESSES = frozenset({"uri", "url"})  # formats
_INPUTS = frozenset({"background", "source", "callback", "webhook", "reference", "input"})


def fill(subject: Subject, id_field: str) -> Callable[[str, Schema], Any]:
    """Give what fills in the fields of one item.

    Args:
        subject: The item.
        id_field: The field that holds its id.
    """

    def suggest(name: str, schema: Schema) -> Any:
        words = words_of(name)
        if name == id_field:
            return subject.id
        if _FAILURES & set(words) and subject.stage is not Status.FAILED:
            return Gap.BLANK
        if {"object", "array"} & set(schema["type"]):
            return Gap.BUILD
        clues = {*words, "url"} if schema.get("format") in _ADDRESSES else {*words}
        make = next((make for known, make in _ROLES if known & clues), _plain)
        value = make(subject, words, schema)
        # A text is no number, whatever the name says: created_by may well be one.
        unfit = isinstance(value, str) and schema["type"] and "string" not in schema["type"]
        return _plain(subject, words, schema) if unfit else value

    return suggest


def _status(subject: Subject, words: Words, schema: Schema) -> Any:
    if words[-1] not in {"status", "state"}:
        return _named(_explanation)(subject, words, schema)
    known = values(schema) or [subject.stage.value]
    same = [word for word in known if Status.of(str(word)) is subject.stage]
    return same[0] if same else known[-1]


def _failure(subject: Subject, words: Words, schema: Schema) -> Any:
    return "generation_failed" if "code" in words else _explanation(subject, words, schema)


def _code(subject: Subject, words: Words, schema: Schema) -> Any:
    alone = words == ("code",)  # an error's; there are also codes of languages and countries
    return (_failure if alone else _plain)(subject, words, schema)


def _explanation(subject: Subject, _words: Words, _schema: Schema) -> Any:
    return _EXPLANATIONS[subject.stage]


_EXPLANATIONS: Mapping[Status, str] = {
    Status.QUEUED: "Waiting for a free worker",
    Status.RUNNING: "Rendering",
    Status.READY: "Finished without problems",
    Status.FAILED: "The renderer stopped at a frame that it could not draw",
    Status.DELETED: "Deleted by its owner",
    Status.UNKNOWN: "",
}


def _url(subject: Subject, words: Words, _schema: Schema) -> Any:
    if subject.stage is not Status.READY or _INPUTS & set(words):
        return Gap.BLANK
    name = "-".join(word for word in words if word not in {"url", "uri", "link"}) or "file"
    ending = next((_ENDINGS[word] for word in words if word in _ENDINGS), "mp4")
    if "video" in words:
        ending = "mp4"
    suffix = "" if {"hosted", "page", "share", "web"} & set(words) else f".{ending}"
    return f"https://{subject.cast.provider}.example/{subject.kind}/{subject.id}/{name}{suffix}"


def _time(subject: Subject, words: Words, _schema: Schema) -> Any:
    done = subject.created_at + timedelta(seconds=subject.chance("took").randint(40, 900))
    over = subject.stage in {Status.READY, Status.FAILED, Status.DELETED}
    if {"expires", "expired", "expiry"} & set(words):
        return done + timedelta(days=30) if subject.stage is Status.READY else Gap.BLANK
    if {"completed", "finished", "ended"} & set(words):
        return done if over else Gap.BLANK
    return done if {"updated", "modified"} & set(words) and over else subject.created_at


def _progress(subject: Subject, _words: Words, _schema: Schema) -> Any:
    dice = subject.chance("progress")
    match subject.stage:
        case Status.QUEUED:
            return Percent(0)
        case Status.RUNNING | Status.FAILED:
            return Percent(dice.randrange(5, 100, 5))
    return Percent(100)


def _title(subject: Subject, _words: Words, _schema: Schema) -> Any:
    stock = TITLES if subject.kind == "videos" else NAMES
    lap, number = divmod(subject.number, len(stock))
    return f"{stock[number]} {lap + 1}" if lap else stock[number]


def _prompt(subject: Subject, _words: Words, _schema: Schema) -> Any:
    dice = subject.chance("prompt")
    return f"{dice.choice(SUBJECTS)} {dice.choice(ACTIONS)}, {dice.choice(CAMERAS)}."


def _size(subject: Subject, words: Words, schema: Schema) -> Any:
    width, height = subject.chance("size").choice([(1280, 720), (720, 1280)])
    if {"width", "height"} & set(words):
        return width if "width" in words else height
    return _plain(subject, words, schema) if "string" not in schema["type"] else f"{width}x{height}"


def _seconds(subject: Subject, _words: Words, _schema: Schema) -> Any:
    return subject.chance("seconds").choice((4, 8, 12))


def _id(subject: Subject, words: Words, _schema: Schema) -> Any:
    """Name another item where the field's name says of which kind, else something unknown."""
    dice = subject.chance("-".join(words))
    kind = next((_KIND_WORDS[word] for word in words if word in _KIND_WORDS), None)
    part = subject.cast.parts.get(kind) if kind else None
    if kind is None or part is None or not part.count:
        return f"{dice.getrandbits(48):012x}"
    if kind == subject.kind:  # made from an older one: rarely, and never from one that isn't there
        older = subject.number + 3
        return subject.cast.id(kind, older) if older < part.count and older % 6 == 0 else Gap.BLANK
    return subject.cast.id(kind, dice.randrange(part.count))


def _plain(subject: Subject, words: Words, schema: Schema) -> Any:
    """Fill in a field that tells nothing by its name."""
    dice = subject.chance("-".join(words))
    if samples := schema.get("x-polyreel-sample") or values(schema):
        return dice.choice(samples)
    types = set(schema["type"])
    if schema.get("format") in {"date-time", "date"}:
        return subject.created_at
    if {"integer", "number"} & types:
        return dice.randint(1, 100)
    if "boolean" in types:
        return dice.random() < 0.5
    return Gap.OMIT if types <= {"null"} else dice.choice(WORDS)


def _named(make: Maker) -> Maker:
    """Prefer the values that a schema names to those that a field's name suggests."""

    def choose(subject: Subject, words: Words, schema: Schema) -> Any:
        named = schema.get("x-polyreel-sample") or values(schema) or "boolean" in schema["type"]
        return (_plain if named else make)(subject, words, schema)

    return choose


# The first one that shares a word with a field's name fills it in.
_ROLES: tuple[tuple[frozenset[str], Maker], ...] = tuple(
    (frozenset(words.split()), make if make is _status else _named(make))
    for words, make in (
        ("url uri link href download", _url),
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
