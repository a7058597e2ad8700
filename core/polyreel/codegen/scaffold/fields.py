"""Which field of a provider's item is which of ours, guessed from names and types.

For each of our fields there is a list of usual names, the best first. A name counts with or without
the thing's own name in front (``video_title``), in any spelling, at the top of the item or one level
below it. What takes a field must be able to hold what it is for: a time is no boolean, an address no
object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from polyreel.codegen.diff.symbols import argument_name
from polyreel.codegen.documents import Document
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.operations import Kind
from polyreel.codegen.scaffold.shapes import Shape, names, plain, shape, words
from polyreel.models import Status

_TEXT = frozenset({"string"})
_URL = frozenset({"string"})
_TIME = frozenset({"string", "integer", "number"})
_NUMBER = frozenset({"string", "integer", "number"})

# Our field: its usual names, the best first, and those after "|" that may well mean something else.
_NAMES: Mapping[str, tuple[frozenset[str], str]] = {
    "title": (_TEXT, "title name display_name label | filename file_name"),
    "type": (_TEXT, "type replica_type avatar_type ownership | category kind source visibility"),
    "prompt": (
        _TEXT,
        "prompt script text_prompt script_text input_text prompt_text | text transcript",
    ),
    "provider_status": (_TEXT, "status state job_status task_status generation_status | phase stage"),
    "progress": (
        _NUMBER,
        "progress progress_percent progress_percentage percent percentage percent_complete "
        "generation_progress training_progress completion_percentage | completion",
    ),
    "created_at": (
        _TIME,
        "created_at created create_time created_time creation_time created_on created_date "
        "creation_date date_created inserted_at created_timestamp | timestamp date time submitted_at",
    ),
    "updated_at": (
        _TIME,
        "updated_at modified_at updated update_time updated_time last_updated_at last_updated "
        "last_modified_at last_modified modified updated_on",
    ),
    "completed_at": (
        _TIME,
        "completed_at finished_at completed_time complete_time completed ended_at done_at "
        "generated_at completion_time rendered_at | end_time ended",
    ),
    "expires_at": (
        _TIME, "expires_at expire_at expires expiration_time expiration expiry expiry_time expires_on",
    ),
    "duration": (
        _NUMBER,
        "duration duration_seconds seconds duration_sec duration_secs duration_in_seconds "
        "video_length length_seconds duration_ms duration_millis | length",
    ),
    "width": (_NUMBER, "width"),
    "height": (_NUMBER, "height"),
    "size": (_TEXT, "dimensions resolution | size"),
    "model": (_TEXT, "model model_name model_slug model_id ai_model_id | engine"),
    "download_url": (
        _URL,
        "download_url video_url output_url result_url video_download_url file_url mp4_url download "
        "url video_uri video media_url asset_url output | result src link outputs videos files",
    ),
    "stream_url": (_URL, "stream_url streaming_url hls_url hls playback_url m3u8_url manifest_url"),
    "page_url": (
        _URL,
        "page_url hosted_url share_url shareable_url share_link view_url web_url public_url "
        "video_page_url player_url permalink | shared_url",
    ),
    "thumbnail_url": (
        _URL,
        "thumbnail_url still_image_thumbnail_url thumbnail poster_url poster cover_url "
        "cover_image_url cover preview_image_url image_url thumbnail_image thumbnail_uri thumb_url "
        "processed_image_uri still | image reference_image_uri thumb",
    ),
    "preview_url": (
        _URL,
        "preview_url preview_video_url gif_url gif_thumbnail_url animated_thumbnail_url preview_gif "
        "thumbnail_video_url talking_preview_url gif preview preview_video_uri | preview_uri",
    ),
    "error": (
        _TEXT,
        "error error_message failure_reason failure_message error_details fail_reason failure "
        "error_description last_error error_msg status_message | status_details reason message detail",
    ),
    "remixed_from": (_TEXT, "remixed_from_video_id remixed_from_id remixed_from"),
}  # fmt: skip
_OURS: Mapping[Kind, tuple[str, ...]] = {
    "videos": names(
        "title prompt provider_status progress created_at updated_at completed_at expires_at duration "
        "width height size model download_url stream_url page_url thumbnail_url preview_url error "
        "remixed_from"
    ),
    "replicas": names(
        "title type provider_status progress created_at updated_at thumbnail_url preview_url error"
    ),
}
_IN_ERRORS = names("message description detail details reason error code")
_ERRORS = names("error failure last_error")
# Objects that hold what went in, or what belongs to something else.
_FOREIGN = set(
    names(
        "request input inputs params parameters options settings config user owner creator workspace "
        "webhook callback background audio music voice logo source metrics usage urls_to_delete"
    )
)
_INPUTS = set(names("request input inputs params parameters options settings"))
_INPUTS_TOO = {"prompt", "model", "title", "duration", "size", "width", "height"}
_THINGS = {
    "video",
    "avatar",
    "replica",
    "clip",
    "generation",
    "task",
    "job",
    "file",
    "media",
    "item",
}


@frozen
class Field:
    """Where a field was found.

    Attributes:
        ours: The name of our field.
        expression: How it is read from ``it``, the generated model.
        guess: Why.
        untyped: The field of the item that it is, where the document doesn't say what stands there.
    """

    ours: str
    expression: str
    guess: Guess
    untyped: str | None = None


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


def guess_fields(document: Document, item: Shape, id_field: str, kind: Kind) -> list[Field]:
    """Guess the mapping of a kind's fields; those that nothing speaks for are left out.

    Args:
        document: The whole spec, overlay applied.
        item: The shape of its item.
        id_field: The field with the item's id, which is nothing else.
        kind: What the item is.
    """
    places = [each for each in _places(document, item) if each.keys != (id_field,)]
    found: list[Field] = []
    taken: set[tuple[str, ...]] = set()
    for ours in _OURS[kind]:
        best = _best(ours, [each for each in places if each.keys not in taken])
        if best is None:
            continue
        place, trust = best
        taken.add(place.keys)
        for name, expression, note in _expressions(ours, place):
            guess = Guess(f"{kind}: {name}", _shown(place), _reason(place, trust, note), trust)
            untyped = place.keys[0] if _is_untyped(ours, place) else None
            found.append(Field(name, expression, guess, untyped))
        if ours == "provider_status":
            found += _status(kind, place)
    seen: set[str] = set()
    return [each for each in found if not (each.ours in seen or seen.add(each.ours))]  # type: ignore[func-returns-value]


def _status(kind: Kind, place: _Place) -> Iterator[Field]:
    """Translate the documented words that polyreel doesn't know, as far as their parts tell."""
    strange = [str(word) for word in place.said.values if Status.of(str(word)) is Status.UNKNOWN]
    known = {word: status for word in strange if (status := _status_of(word))}
    read = _read(place)
    if known:
        reason = f"these words are new: {', '.join(map(repr, known))}"
        guess = Guess(f"{kind}: status", str(known), reason, Trust.UNSURE)
        yield Field("status", f"{known!r}.get({read} or '', {read})", guess)


def _status_of(word: str) -> str | None:
    parts = words(word)
    for status in (Status.FAILED, Status.DELETED, Status.QUEUED, Status.RUNNING, Status.READY):
        if any(part.startswith(start) for part in parts for start in _STARTS[status]):
            return status.value
    return None


_STARTS: Mapping[Status, tuple[str, ...]] = {
    Status.FAILED: names("fail error reject cancel abort invalid timeout timed block moderat"),
    Status.DELETED: names("delet expir archiv remov"),
    Status.QUEUED: names("queue pend wait schedul creat submit draft new"),
    Status.RUNNING: names(
        "run process progress render generat train start upload validat index transcod encod publish "
        "prepar download compos ongoing"
    ),
    Status.READY: names(
        "done complet success succeed ready finish approv publish available active ok"
    ),
}


def _places(document: Document, item: Shape) -> Iterator[_Place]:
    """Give all scalars of an item: its own, and those one level below."""
    for name, raw in item.properties.items():
        if plain(name) in _UNREADABLE:
            continue
        said = shape(document, raw)
        listed = said.items is not None
        below = shape(document, said.items) if listed else said
        if not below.is_object:
            yield _Place((name,), (listed,), below)
        elif not below.variants:
            for inner, deep in below.properties.items():
                found = shape(document, deep)
                many = found.items is not None
                leaf = shape(document, found.items) if many else found
                if not leaf.is_object and plain(inner) not in _UNREADABLE:
                    yield _Place((name, inner), (listed, many), leaf)


# Names that generated models use themselves; see codegen.tolerant.
_UNREADABLE = {"additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "to_dict"}


def _best(ours: str, places: list[_Place]) -> tuple[_Place, Trust] | None:
    types, spelled = _NAMES[ours]
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
        if _trust(ours, name, place, types) is not None
    ]
    return max(found, key=lambda each: each[1], default=None)  # the first of the surest


def _trust(ours: str, name: str, place: _Place, types: frozenset[str]) -> Trust | None:
    """Say how sure it is that a place is what a name stands for; None if it isn't."""
    if place.said.types and not place.said.types & types:
        return None
    if len(place.keys) == 2:
        return _trust_below(ours, name, place)
    if _bare(place.name) != name and place.name != name:
        return None
    if any(place.listed):
        return Trust.LIKELY if types is _URL and place.said.types else None
    if types is _URL and not _is_address(place):
        return Trust.UNSURE
    return Trust.SURE if place.name == name and place.said.types else Trust.LIKELY


def _trust_below(ours: str, name: str, place: _Place) -> Trust | None:
    holder = plain(place.keys[0])
    if ours == "error":
        fits = holder in _ERRORS and name == "error" and place.name in _IN_ERRORS[:4]
        return Trust.SURE if fits and not any(place.listed) else None
    foreign = set(words(place.keys[0])) & _FOREIGN
    if foreign and not (ours in _INPUTS_TOO and foreign <= _INPUTS):
        return None
    if ours in {"provider_status", "type"}:
        return None
    if _NAMES[ours][0] is _URL and ours.endswith("_url"):
        joined = {f"{_bare(holder)}_{place.name}", f"{holder}_{place.name}"}
        fits = name in joined or (place.name == name and (_bare(holder) not in _POINTLESS))
        pictures = _PICTURES & set(words(place.keys[0]))
        fits = fits and (not pictures or ours in {"thumbnail_url", "preview_url"})
        return Trust.LIKELY if fits and _is_address(place) else None
    picture = _PICTURES & set(words(place.keys[0])) and ours in {"width", "height", "size"}
    fits = place.name == name and not any(place.listed) and not picture
    return Trust.LIKELY if fits else None


_PICTURES = set(names("thumbnail thumbnails image images cover poster preview"))
_POINTLESS = {"thumbnail", "avatar", "image", "poster", "cover", "links"}


def _bare(name: str) -> str:
    """Drop the thing's own name in front: ``video_title`` is ``title``."""
    first, _, rest = name.partition("_")
    return rest if first in _THINGS and rest else name


def _is_address(place: _Place) -> bool:
    said = {word for key in place.keys for word in words(key)}
    return place.said.format in {"uri", "url"} or bool({"url", "uri", "link", "hls"} & said)


def _expressions(ours: str, place: _Place) -> Iterator[tuple[str, str, str]]:
    """Give our fields that a place fills, how each is read, and what to know about it."""
    read = _read(place)
    last = place.name
    if _is_untyped(ours, place):
        first = f"{read}[0] if isinstance({read}, list) and {read} else {read}"
        yield ours, first, "or the first of several"
    elif ours == "size":
        yield "width", f"convert.size({read})[0]", "if it is like 1280x720"
        yield "height", f"convert.size({read})[1]", "if it is like 1280x720"
    elif ours == "duration" and last.endswith(("_ms", "_millis")):
        yield ours, f"(convert.number({read}) or 0) / 1000", "milliseconds"
    elif ours == "progress" and place.said.maximum == 1:
        yield ours, f"(convert.number({read}) or 0) * 100", "from 0 to 1"
    else:
        yield ours, read, ""


def _is_untyped(ours: str, place: _Place) -> bool:
    untyped = not place.said.types and not any(place.listed) and len(place.keys) == 1
    return untyped and ours == "download_url"


def _read(place: _Place) -> str:
    """Write the expression that reads a place; its first part guards the second."""
    first = f"it.{argument_name(place.keys[0])}"
    guards, whole = [first], f"{first}[0]" if place.listed[0] else first
    if len(place.keys) == 2:
        guards += [whole] if place.listed[0] else []
        whole += f".{argument_name(place.keys[1])}"
        if place.listed[1]:
            guards, whole = [*guards, whole], f"{whole}[0]"
    return first if whole == first else f"{whole} if {' and '.join(guards)} else None"


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
