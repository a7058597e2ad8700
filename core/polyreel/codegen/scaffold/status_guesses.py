"""What a provider's own status words, or the numbers that stand for them, mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from polyreel.codegen.scaffold.guesses import FieldGuess, Guess, Trust
from polyreel.codegen.scaffold.vocabulary import STARTS
from polyreel.codegen.scaffold.wording import words
from polyreel.models import Kind, Status
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape

# As sentences list them: a number, a sign or "means", a word.
_MEANING = re.compile(
    r"""[`'"]?(?<![\d.])(-?\d{1,3})[`'"]?\s*(?:[:=(\-–—]|→|->|means|is)+\s*[`'"]?"""
    r"([A-Za-z][A-Za-z _-]{1,30})"
)
# Without a sign, or the other way round: taken for meanings only if all numbers have one so.
_BARE = re.compile(
    r"""(?<![\w.-])[(`'"]?(?P<number>-?\d{1,3})[)`'"]?\s+(?P<word>[A-Za-z][A-Za-z_-]{1,30})"""
)
_BEHIND = re.compile(
    r"""(?P<word>[A-Za-z][A-Za-z_-]{1,30})[`'"]?\s*[:=(]\s*[`'"]?(?P<number>-?\d{1,3})(?![\w.])"""
)


def guess_statuses(kind: Kind, said: Shape, read: str, written: Document) -> Iterator[FieldGuess]:
    """Translate the documented words that polyreel doesn't know, as far as their parts tell.

    Args:
        kind: What has the status.
        said: The shape of the field with the word.
        read: The expression that reads it.
        written: Its schema as it was published.
    """
    numbers = "integer" in said.named_types and "string" not in said.named_types
    if numbers:
        meanings = _meanings(written)
        known: Mapping[Any, str] = {
            number: status for number, word in meanings.items() if (status := _status_of(word))
        }
        every = {*said.values.known, *meanings}
        strange = sorted(str(number) for number in every if number not in known)
        strange = strange or ([] if known else ["its numbers"])
    else:
        new = [str(word) for word in said.values.known if Status.of(str(word)) is Status.UNKNOWN]
        known = {word: status for word in new if (status := _status_of(word))}
        strange = [word for word in new if word not in known]
    if known:
        reason = f"these are new: {', '.join(map(repr, known))}"
        guess = Guess(f"{kind}: status", str(dict(known)), reason, Trust.UNSURE)
        read = (
            f"{ {str(number): status for number, status in known.items()}!r}.get(str({read}))"
            if numbers
            else f"{dict(known)!r}.get({read} or '', {read})"
        )
        yield FieldGuess("status", read, guess, untranslated=tuple(strange))
    elif strange:
        reason = f"nothing tells what they mean: {', '.join(strange)}"
        guess = Guess(f"{kind}: status", "unknown", reason, Trust.UNSURE)
        yield FieldGuess("status", "", guess, untranslated=tuple(strange))


def _meanings(written: Document) -> dict[int, str]:
    """Find what numbers mean: in names beside them, or in the sentences that describe them."""
    values = written.get("enum")
    for names in ("x-enum-varnames", "x-enumNames", "x-enum-descriptions"):
        said = written.get(names)
        if isinstance(values, list) and isinstance(said, list) and len(said) == len(values):
            return {
                value: str(word)
                for value, word in zip(values, said, strict=True)
                if isinstance(value, int)
            }
    described = str(written.get("description", ""))[:4000]
    found = {int(number): word.strip() for number, word in _MEANING.findall(described)}
    for pattern in (_BARE, _BEHIND):
        others = {int(each["number"]): each["word"] for each in pattern.finditer(described)}
        if not found and isinstance(values, list) and others.keys() == {*values}:
            found = others
    return found


def _status_of(word: str) -> str | None:
    """Tell what a word means that polyreel knows, or whose parts tell it."""
    if (known := Status.of(word)) is not Status.UNKNOWN:
        return known.value
    parts = words(word)
    for status in (Status.FAILED, Status.DELETED, Status.QUEUED, Status.RUNNING, Status.READY):
        if any(part.startswith(start) for part in parts for start in STARTS[status]):
            return status.value
    return None
