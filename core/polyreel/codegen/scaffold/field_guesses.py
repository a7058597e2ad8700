"""Which field of a provider's item is which of ours, guessed from names and types.

For each of our fields there is a list of usual names, the best first. A name counts with or without
the thing's own name in front (``video_title``), in any spelling, at the top of the item or one level
below it; what is said of a file may also stand in a part of a result (``result.videos[0].url``). What
takes a field must be able to hold what it is for: a time is no boolean, an address no object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.symbols import argument_name
from polyreel.codegen.scaffold.guesses import FieldGuess, Guess, Trust
from polyreel.codegen.scaffold.item_ids import is_deprecated
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.scores import FILMS
from polyreel.codegen.scaffold.status_guesses import guess_statuses
from polyreel.codegen.scaffold.vocabulary import (
    ADDRESS,
    ERRORS,
    FOREIGN,
    IN_ERRORS,
    INPUTS,
    INPUTS_TOO,
    NAMES,
    OURS,
    THINGS,
)
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.models import Kind
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView


@frozen
class _Place:
    """A scalar somewhere in an item.

    Attributes:
        keys: The fields that lead to it, in the API's spelling.
        listed: For each key, whether a list stands there, whose first item is meant.
        said: Its shape.
    """

    keys: tuple[str, ...]
    listed: tuple[bool, ...]
    said: Shape

    @property
    def name(self) -> str:
        return plain(self.keys[-1])


def guess_fields(
    view: SchemaView, item: Shape, id_field: str, kind: Kind, published: Shape | None = None
) -> list[FieldGuess]:
    """Guess the mapping of a kind's fields; those that nothing speaks for are left out.

    Args:
        view: The schemas of the whole spec, overlay applied.
        item: The shape of its item.
        id_field: The field with the item's id, which is nothing else.
        kind: What the item is.
        published: Its shape as it was published, whose sentences may say what numbers mean.
    """
    places = [each for each in _places(view, item) if each.keys != (id_field,)]
    places.sort(key=lambda each: len(each.keys))
    found: list[FieldGuess] = []
    taken: set[tuple[str, ...]] = set()
    for ours in OURS[kind]:
        best = _best(ours, [each for each in places if each.keys not in taken])
        if best is None:
            continue
        place, trust = best
        taken.add(place.keys)
        for name, expression, note in _expressions(ours, place):
            guess = Guess(f"{kind}: {name}", _shown(place), _reason(place, trust, note), trust)
            untyped = place.keys[0] if _is_untyped(ours, place) else None
            reads = (place.keys[0],)
            found.append(FieldGuess(name, expression, guess, untyped, reads))
        if ours == "provider_status":
            found += guess_statuses(kind, place.said, _read(place), _written(published, place))
    first: dict[str, FieldGuess] = {}
    for each in found:
        first.setdefault(each.ours, each)
    return list(first.values())


def _written(published: Shape | None, place: _Place) -> Document:
    """Return the schema of a place as it was published; empty where that isn't known."""
    found: Any = None if published is None else published.properties.get(place.keys[0])
    for key in place.keys[1:]:
        found = found.get("properties", {}).get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _places(view: SchemaView, item: Shape) -> Iterator[_Place]:
    """Yield all scalars of an item: its own, those one level below, and in a result those of its parts."""
    for name, raw in item.properties.items():
        if plain(name) in _UNREADABLE or is_deprecated(raw):
            continue
        said = merged(view, raw)
        listed = said.items is not None
        below = merged(view, said.items) if listed else said
        if not below.is_object:
            yield _Place((name,), (listed,), below)
        elif not below.variants:
            for inner, deep in below.properties.items():
                found = merged(view, deep)
                many = found.items is not None
                leaf = merged(view, found.items) if many else found
                if plain(inner) in _UNREADABLE:
                    continue
                if not leaf.is_object:
                    yield _Place((name, inner), (listed, many), leaf)
                elif plain(name) in _RESULTS and not leaf.variants:
                    yield from _parts(view, _Place((name, inner), (listed, many), leaf))


def _parts(view: SchemaView, place: _Place) -> Iterator[_Place]:
    """Yield the scalars of a part of a result."""
    for name, raw in place.said.properties.items():
        said = merged(view, raw)
        if said.items is None and not said.is_object and plain(name) not in _UNREADABLE:
            yield _Place((*place.keys, name), (*place.listed, False), said)


# Names that generated models use themselves; see codegen.tolerant.
_UNREADABLE = {"additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "to_dict"}


def _best(ours: str, places: list[_Place]) -> tuple[_Place, Trust] | None:
    types, spelled = NAMES[ours]
    usual, _, doubtful = spelled.partition("|")
    found = [
        (place, trust)
        for name in map(plain, usual.split())
        for place in places
        if (trust := _trust(ours, name, place, types)) is not None
    ]
    found += [
        (place, Trust.UNSURE)
        for name in map(plain, doubtful.split())
        for place in places
        if _trust(ours, name, place, types) is not None and _is_of_the_thing(place)
    ]
    return max(found, key=lambda each: each[1], default=None)  # the first of the surest


def _is_of_the_thing(place: _Place) -> bool:
    """Say whether a place is the item's own, or its file's: ``categories[0].link`` is neither."""
    held = {singular(word) for key in place.keys[:-1] for word in words(key)}
    return len(place.keys) == 1 or bool(held & THINGS)


def _trust(ours: str, name: str, place: _Place, types: frozenset[str]) -> Trust | None:
    """Say how sure it is that a place is what a name stands for; None if it isn't."""
    if place.said.named_types and not place.said.named_types & types:
        return None
    if ours == "provider_status" and place.said.named_types == {"integer"} and any(place.listed):
        return None
    if len(place.keys) == 3 and ours not in _OF_FILES:
        return None
    if len(place.keys) > 1:
        return _trust_below(ours, name, place)
    if _bare(place.name) != name and place.name != name:
        return None
    if any(place.listed):
        return Trust.LIKELY if types is ADDRESS and place.said.named_types else None
    if types is ADDRESS and not _is_address(place):
        return Trust.UNSURE
    return Trust.SURE if place.name == name and place.said.named_types else Trust.LIKELY


def _trust_below(ours: str, name: str, place: _Place) -> Trust | None:
    above = place.keys[-2]
    holder = plain(above)
    if ours == "error":
        fits = holder in ERRORS and name == "error" and place.name in IN_ERRORS[:4]
        return Trust.SURE if fits and not any(place.listed) else None
    foreign = {word for key in place.keys[:-1] for word in words(key)} & FOREIGN
    if foreign and not (ours in INPUTS_TOO and foreign <= INPUTS):
        return None
    if ours == "provider_status":
        fits = holder in {"status", "state"} and place.name in _IN_STATUS and name == "status"
        return Trust.LIKELY if fits and not any(place.listed) else None
    if ours == "type":
        return None
    if ours == "download_url" and {"hls", "dash", "stream"} & set(words(above)):
        return None  # a playlist is no file
    if NAMES[ours][0] is ADDRESS and ours.endswith("_url"):
        joined = {f"{each}_{place.name}" for each in (_bare(holder), holder, singular(holder))}
        fits = name in joined or (place.name == name and (_bare(holder) not in _POINTLESS))
        pictures = _PICTURES & set(words(above))
        if len(place.keys) == 3 and {"image", "images"} & set(words(above)):
            return None  # what was made, where no video was
        fits = fits and (not pictures or ours in {"thumbnail_url", "preview_url"})
        return Trust.LIKELY if fits and _is_address(place) else None
    picture = _PICTURES & set(words(above)) and ours in {"width", "height", "size"}
    of_film = ours in _OF_FILES and FILMS & {singular(word) for word in words(above)}
    fits = place.name == name and (of_film or not any(place.listed)) and not picture
    return Trust.LIKELY if fits else None


_IN_STATUS = names("state status value name phase label code")
_RESULTS = set(
    names("result results task_result output outputs data content response payload generation")
)
_OF_FILES = {
    "download_url", "stream_url", "thumbnail_url", "preview_url", "duration", "width", "height",
}  # fmt: skip
_PICTURES = set(names("thumbnail thumbnails image images cover poster preview"))
_POINTLESS = {"thumbnail", "avatar", "image", "poster", "cover", "links"}


def _bare(name: str) -> str:
    """Drop the thing's own name in front: ``video_title`` is ``title``."""
    first, _, rest = name.partition("_")
    return rest if first in THINGS and rest else name


def _is_address(place: _Place) -> bool:
    said = {word for key in place.keys for word in words(key)}
    of_picture = len(place.keys) == 2 and _PICTURES & {*words(place.keys[0])}
    if of_picture and place.name in {"image", "gif", "src"}:
        return True  # "thumbnail": {"image": …, "gif": …}
    return place.said.format in {"uri", "url"} or bool({"url", "uri", "link", "hls", "mp4"} & said)


def _expressions(ours: str, place: _Place) -> Iterator[tuple[str, str, str]]:
    """Yield our fields that a place fills, how each is read, and what to know about it."""
    read = _read(place)
    last = place.name
    if _is_untyped(ours, place):
        first = f"{read}[0] if isinstance({read}, list) and {read} else {read}"
        yield ours, first, "or the first of several"
    elif ours == "size":
        yield "width", f"convert.size({read})[0]", "if it is like 1280x720"
        yield "height", f"convert.size({read})[1]", "if it is like 1280x720"
    elif ours == "duration" and last.endswith(("_ms", "_millis", "_milliseconds")):
        yield ours, f"convert.milliseconds({read})", "milliseconds"
    elif ours == "progress" and place.said.limit("maximum") == 1:
        yield ours, f"convert.share({read})", "from 0 to 1"
    else:
        yield ours, read, ""


def _is_untyped(ours: str, place: _Place) -> bool:
    untyped = not place.said.named_types and not any(place.listed) and len(place.keys) == 1
    return untyped and ours == "download_url"


def _read(place: _Place) -> str:
    """Write the expression that reads a place; what leads there guards it."""
    guards: list[str] = []
    whole = "it"
    for number, (key, many) in enumerate(zip(place.keys, place.listed, strict=True), 1):
        whole += f".{argument_name(key)}"
        leads = number < len(place.keys)
        if many:
            guards.append(whole)
            whole += "[0]"
        guards += [whole] if leads else []
    return f"{whole} if {' and '.join(guards)} else None" if guards else whole


def _shown(place: _Place) -> str:
    return ".".join(
        f"{key}[0]" if many else key for key, many in zip(place.keys, place.listed, strict=True)
    )


def _reason(place: _Place, trust: Trust, note: str) -> str:
    said = {
        Trust.SURE: "by its name",
        Trust.LIKELY: "a usual name" if len(place.keys) == 1 else f"inside {place.keys[0]!r}",
        Trust.UNSURE: "might mean something else",
    }[trust]
    if any(place.listed):
        said += ", the first of several"
    return f"{said}, {note}" if note else said
