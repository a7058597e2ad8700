"""Which kind of thing an operation is about, told by words, each of which counts for or against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from polyreel.codegen.scaffold.parameter_roles import OWNERS, needs_caller
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.models import Kind
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.shapes import Shape

ENOUGH = 3
"""The score from which an operation is worth asking about."""

SURE = 5
"""The score from which it is taken without asking, if nothing else comes near."""

MARGIN = 2
"""How near another one may come."""

# How much a word in a path, an operation's name or its response's type speaks for a kind.
_WORDS: Mapping[Kind, Mapping[str, int]] = {
    "videos": {
        "video": 6, "clip": 4, "movie": 4, "film": 4, "generation": 4, "recording": 4, "talk": 3,
        "render": 3, "scene": 3, "animation": 3, "prediction": 3, "media": 3, "task": 2, "job": 2,
        "creation": 2, "expressive": 2,
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
_CARRIERS = {"asset", "file", "upload"}  # of videos, where the word video stands beside them
_CARRIES = 3
_HEAD = 2  # what the last word of a path is called after, it is
_WEAK = 2  # words that may mean anything
# The stems of words for what is done with a video that is there already: such a job makes none.
_OTHER_WORK = re.compile(
    "index|embed|analy|moderat|transcod|encod|transcri|caption|subtitl|detect|recogni|classif|ingest|import"
    "|scan|label|annotat|evaluat|migrat|delet|download|backup|thumbnail|extract|metadata|webhook"
)
DETAIL = {"status", "state", "detail", "details", "info", "result"}  # of one thing, behind its id
_VERBS = {"list", "search", "query", "find", "filter", "all", "get", "history", "action"}
# What is said of things, and is none: "MediaFileType" is no media file.
_TRAITS = {
    "type", "category", "kind", "format", "option", "setting", "config", "configuration", "preset", "quota",
}  # fmt: skip
_VIEWS = {("index",), ("show",)}  # how frameworks call a list, and one of it: "VideoIndex"
FILMS = {"video", "clip", "mp4", "movie", "film"}
"""Words for a video, of which a field or a path may speak."""
_PICTURES = {"image", "images", "picture", "pictures"}
_SHOWN_IN_TIME = {"duration", "seconds", "fps", "thumbnail", "poster", "playback"}
# What a path begins with that leads to everybody's things, and not to an account's own.
_EVERYBODYS = {
    "search", "explore", "discover", "trending", "popular", "featured", "public", "stock", "affiliate",
}  # fmt: skip


def score(
    kind: Kind,
    path: str,
    operation: Document,
    item: Shape,
    component: str | None,
    id: str,
    settings: Iterable[str] = (),
) -> tuple[int, tuple[str, ...]]:
    """Add up what speaks for and against an operation being about a kind.

    Args:
        kind: What is looked for.
        path: Its path.
        operation: The operation.
        item: What it lists or gets.
        component: The component that this is, or None.
        id: The field that holds its id.
        settings: The account's settings that it takes, whose words say nothing of the thing.

    Returns:
        The sum, and the reasons for it.
    """
    fields = {plain(name) for name in item.properties}
    owners = {word for name in settings for word in words(name)}
    said = [word for word in _spoken(path, operation, component, id) if word not in owners]
    counted = [
        *_of_words(kind, path, said, fields),
        *_of_fields(kind, fields),
        *(
            (f"needs {parameter.get('name')}", -4)
            for parameter in operation["parameters"]
            if needs_caller(parameter)
        ),
    ]
    if singular((words(component or "") or ("",))[-1]) in _TRAITS:
        counted.append((f"{component!r} is said of things", -2 * _AGAINST["template"]))
    if operation.get("deprecated") is True:
        counted.append(("deprecated", -2))
    return sum(value for _, value in counted), tuple(f"{why} {value:+d}" for why, value in counted)


def _of_words(
    kind: Kind, path: str, said: list[str], fields: set[str]
) -> Iterator[tuple[str, int]]:
    head = thing_of(path)
    other: Kind = "replicas" if kind == "videos" else "videos"
    about_video = kind == "videos" and bool(
        FILMS & {*said, *_path_words(path), *(word for name in fields for word in words(name))}
    )
    for word in said:
        if word in _CARRIERS and about_video:
            yield f"{word!r} of videos", _CARRIES + (_HEAD if word == head else 0)
            continue
        against = max(_AGAINST.get(word, 0), _WORDS[other].get(word, 0))
        value = _WORDS[kind].get(word, 0)
        if value:
            yield repr(word), value + (_HEAD if word == head and value > _WEAK else 0)
        elif against:  # the last word names the thing: "video models" are models
            yield repr(word), -against * (2 if word == head else 1)


def _of_fields(kind: Kind, has: set[str]) -> Iterator[tuple[str, int]]:
    for known in ({"status", "state"}, {"created_at", "created"}):
        if known & has:
            yield f"has {'/'.join(sorted(known & has))}", 1
    if kind == "videos" and (films := [name for name in has if FILMS & set(words(name))]):
        yield f"has {min(films)}", 1


def is_named(kind: Kind, path: str) -> bool:
    """Say whether a path ends with a word for the kind itself: ``/videos``, not ``/tasks``."""
    return _WORDS[kind].get(thing_of(path), 0) > _WEAK


def is_called(kind: Kind, path: str) -> bool:
    """Say whether a path's last word is the kind's own and nothing more: ``/videos``, not ``/text2video``."""
    return is_named(kind, path) and len(words(_about(path)[-1])) == 1


def is_aside(path: str) -> bool:
    """Say whether a path comes to its thing by way of something else.

    That is other work (``/moderation/videos``), or what isn't an account's own (``/search/videos``).
    """
    said = [word for part in _about(path)[:-1] for word in words(part)]
    return any(_OTHER_WORK.match(word) or singular(word) in _EVERYBODYS for word in said)


def may_be_any_media(path: str, item: Shape) -> bool:
    """Say whether a path is about media of any sort, and no field tells that they are seen in time."""
    said = {word for name in item.properties for word in words(name)}
    return thing_of(path) == "media" and not (FILMS | _SHOWN_IN_TIME) & (said | _path_words(path))


def speaks_of_pictures(path: str, item: Shape) -> bool:
    """Say whether several fields are about images, and neither a field nor the path is about videos."""
    said = [{*words(name)} for name in item.properties]
    of_time = FILMS | _SHOWN_IN_TIME
    pictures = [each for each in said if each & _PICTURES]
    return len(pictures) > 1 and not of_time & _path_words(path).union(*said)


def holds_anything(path: str) -> bool:
    """Say whether a path is about files of any sort, and no word of it says that they are videos."""
    return thing_of(path) in _CARRIERS and not FILMS & _path_words(path)


def other_work(path: str, operation: Document, component: str | None) -> str:
    """Return the word that says that a job's work is not to make a video: ``indexing``; "" without one.

    Args:
        path: The operation's path.
        operation: The operation; its summary and its tags count too.
        component: The component that its item is, or None.
    """
    tags = operation.get("tags")
    texts = [
        *(part for part in path.split("/") if "{" not in part),
        *map(str, tags if isinstance(tags, list) else ()),
        *(str(operation.get(key, "")) for key in ("operationId", "summary")),
        component or "",
    ]
    said = (word for text in texts for word in words(text))
    return next((word for word in said if _OTHER_WORK.match(word)), "")


def thing_of(path: str) -> str:
    """Return the word that says what a path is about: ``model`` of ``/video-models/{id}/status``."""
    said = [singular(word) for part in _about(path)[-1:] for word in words(part)]
    named = [word for word in said if word not in DETAIL | {"list", "get", "all"}]
    return named[-1] if named else ""


def _about(path: str) -> list[str]:
    """Return the parts of a path up to the one that says what it is about."""
    parts = [part for part in path.split("/") if part]
    while len(parts) > 2 and parts[-1].startswith("{") and singular(plain(parts[-2])) in OWNERS:
        del parts[-2:]  # "/videos/user/{user_id}" are videos
    segments = [part for part in parts if "{" not in part]
    while len(segments) > 1 and segments[-1].lower() in DETAIL | _VERBS:
        segments.pop()
    return segments


def _spoken(path: str, operation: Document, component: str | None, id: str) -> list[str]:
    """Return the words that say what an operation is about, each once, in the singular."""
    made = words(component or "")
    made = made[:-1] if made[-1:] in _VIEWS else made
    texts = [*_about(path)[-1:], str(operation.get("operationId", ""))]
    said = [*(word for text in texts for word in words(text)), *made, *words(id)]
    return list(dict.fromkeys(map(singular, said)))


def thing_words(path: str) -> set[str]:
    """Return the words of a path up to the one that says what it is about, in the singular."""
    return {singular(word) for part in _about(path) for word in words(part)} - DETAIL - _VERBS


def distance(path: str, other: str) -> int:
    """Count the words that only one of two paths has."""
    return len(thing_words(path) ^ thing_words(other))


def _path_words(path: str) -> set[str]:
    return {singular(word) for part in path.split("/") if "{" not in part for word in words(part)}
