"""Facts that a page states only in a sentence: "Default is 10.", "(0-indexed)".

Precision over recall: a sentence counts only where a clause with clear ends says exactly one thing. A
condition anywhere in it ("if", "unless", "for free accounts") makes it no fact. What looks like a
fact and isn't understood is returned as an unread sentence, for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from polyreel.codegen.reading.dates import read_date
from polyreel.codegen.reading.sentence_values import (
    NUMBER,
    QUOTED,
    may_list_values,
    number,
    one_value,
    value_list,
)

Subject = Literal["parameter", "property", "operation"]
"""What a description describes."""


@frozen
class Sentences:
    """What a place's prose says.

    Attributes:
        facts: OpenAPI keyword to value, such as ``{"default": 10}``; ``required`` is a boolean.
        unread_sentences: Sentences that look like a fact and were not understood.
    """

    facts: Mapping[str, Any] = field(factory=dict)
    unread_sentences: tuple[str, ...] = ()


def read_sentences(
    text: str, *, subject: Subject, schema: Mapping[str, Any] | None = None
) -> Sentences:
    """Read the facts out of a description.

    Args:
        text: The prose of a parameter, property or operation.
        subject: What it describes; only an operation is shut down, only a parameter is 0-based.
        schema: The schema that it describes, in OpenAPI 3.1 spelling, for the types of values.
    """
    facts: dict[str, Any] = {}
    unclear: dict[str, None] = {}
    unread_sentences: list[str] = []
    sentences = [each for each in _sentences(text[:_LONGEST_TEXT]) if len(each) < _LONGEST_SENTENCE]
    known = dict(schema or {})
    for sentence in sentences:  # the values first: they say which words can be a default
        known |= _values(sentence, known)
    for sentence in sentences:
        found = _facts(sentence, subject, known)
        for keyword, value in found.items():
            if facts.setdefault(keyword, value) != value:
                unclear[keyword] = None
        looks_like_values = subject != "operation" and may_list_values(sentence, known)
        if not found and (looks_like_values or _CUE.search(sentence)):
            unread_sentences.append(sentence)
    if unclear:
        unread_sentences.append(
            f"{', '.join(unclear)} said twice, differently: {' '.join(text.split())}"
        )
    kept = {keyword: value for keyword, value in facts.items() if keyword not in unclear}
    return Sentences(kept, tuple(unread_sentences))


# Beyond these nobody states a fact, and patterns get slow.
_LONGEST_TEXT = 50_000
_LONGEST_SENTENCE = 1_000

_CUE = re.compile(
    r"\b(?:defaults?|(?:possible|allowed|valid|accepted|supported) (?:values?|options)|one of|max|min"
    r"|maximum|minimum|between \d|at most|at least|up to \d|no more than|exceed|[01]-based|zero-based"
    r"|indexed|required|mandatory|deprecated|shut ?down|sunset|discontinued|retired)\b"
    r"|\b(?:enum|options|choices|status(?:es)?|states?|lifecycle):"
    r"|\b(?:can|may|must|should) be [`\"“']",
    re.IGNORECASE,
)
_NUMBER_AS_CODE = re.compile(rf"`({NUMBER})`")
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|unless|otherwise|depend(?:s|ing)|except|only|without|not|no longer|never"
    r"|previously|formerly|until|was|were|in case|instead of|usually|typically|generally|recommend\w*"
    r"|for (?:\w+ )?(?:plans?|accounts?|users|tiers?|customers)|e\.g|example)\b",
    re.IGNORECASE,
)
# What a default means, said in words: no condition.
_WHEN_OMITTED = re.compile(
    r",?\s*\b(?:if|when) (?:(?:it|this|the (?:value|parameter|field)) )?(?:is )?(?:omitted|unset|absent"
    r"|unspecified|not (?:set|given|provided|specified|present|supplied|passed)|left (?:out|empty))\b,?",
    re.IGNORECASE,
)
_NOT_ABOVE = re.compile(r"\b(?:must|can|may|should) ?not exceed\b", re.IGNORECASE)

_START = r"(?:^|[,;:(\[–—]\s*|\s-\s|\band\s+)"
_COUNTED = r"(?:items|results|records|entries|objects|rows|elements|videos|replicas|avatars)"
_END = rf"(?=\s*(?:$|[,;)\]]|\(|and\b|inclusive\b|(?:{_COUNTED}\s*)?(?:per page\s*)?(?:$|[,;)\]]|and\b)))"

_DEFAULT = re.compile(
    rf"{_START}(?:(?:the|its|it|which|with an?|with)\s+)*default(?:s|ed)?(?:\s+value)?"
    rf"(?:\s+(?:is|to|of)|\s*[:=])?\s*(?P<value>{QUOTED}|{NUMBER}|[\w.+-]*\w){_END}",
    re.IGNORECASE,
)
_FIRST_PAGE = re.compile(r"\((?:the )?first page\)", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:(?P<zero>0|zero)|(?P<one>1|one))[- ](?:indexed|based)\b"
    r"|\b(?:start(?:s|ing)?|count(?:s|ed|ing)) (?:at|from|with) (?:(?P<from0>0|zero)|(?P<from1>1|one))\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"\b(?:between|rang(?:e|es|ing)(?: is| of| from|:)?(?: between)?) (?P<least>{NUMBER})"
    rf"\s*(?:and|to|-|–)\s*(?P<most>{NUMBER})(?P<unit> characters)?{_END}"
    rf"|\((?P<low>{NUMBER})\s?[-–]\s?(?P<high>{NUMBER})\)",
    re.IGNORECASE,
)
_MOST = re.compile(
    rf"(?:\bmax(?:imum)?\.?(?: value)?(?: is| of|:)?|\bat most|\bno more than|{_START}up to)"
    rf" (?P<most>{NUMBER})(?P<unit> characters)?{_END}",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"(?:\bmin(?:imum)?\.?(?: value)?(?: is| of|:)?|\bat least) (?P<least>{NUMBER})"
    rf"(?P<unit> characters)?{_END}",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"[(\[]?(required|optional|mandatory)[)\]]?|(required|optional)\s*[:–—-]\s.*"
    r"|this (?:\w+ )?(?:field|parameter|property|value|argument|header) is (required|optional|mandatory)"
    r"|.*[(\[](required|optional)[)\]]",
    re.IGNORECASE | re.DOTALL,
)
_DEPRECATED = re.compile(
    r"\W*deprecated(?:\W.*)?"
    r"|this (?:\w+ )?(?:endpoint|api|operation|method|field|parameter|property|value|option)"
    r" (?:is|has been) (?:now )?deprecated(?:\W.*)?"
    r"|.*[(\[]deprecated[)\]]\W*",
    re.IGNORECASE | re.DOTALL,
)
_SUNSET = re.compile(
    r"\b(?:api|apis|endpoint|endpoints|operation|method|service)\b.*?"
    r"\b(?:will|is scheduled to|are scheduled to|is going to)(?: be)?(?: permanently)?"
    r" (?:shut ?down|removed|discontinued|retired|sunset|turned off|end|stop working|cease to \w+)"
    r" (?:on|by) (?P<date>[\w ,-]+)",
    re.IGNORECASE,
)


def _facts(sentence: str, subject: Subject, schema: Mapping[str, Any]) -> dict[str, Any]:
    plain = _NOT_ABOVE.sub("at most", _WHEN_OMITTED.sub("", sentence)).strip(" ,")
    plain = _NUMBER_AS_CODE.sub(r"\1", plain)
    if subject == "operation":
        return _end_of_life(plain)
    if _CONDITION.search(plain):
        return {}
    facts = _values(plain, schema) | _default(plain, schema) | _bounds(plain, schema)
    if subject == "parameter":
        facts |= _index_base(plain, facts, schema)
    if match := _NEEDED.fullmatch(plain):
        facts["required"] = next(filter(None, match.groups())).lower() != "optional"
    if _DEPRECATED.fullmatch(plain):
        facts["deprecated"] = True
    return facts


def _end_of_life(sentence: str) -> dict[str, Any]:
    """Read a deprecation, or a day of shutdown; "not" and "no longer" anywhere make it neither."""
    if re.search(r"\b(?:not|no longer|never|if|unless|until)\b", sentence, re.IGNORECASE):
        return {}
    facts: dict[str, Any] = {}
    if _DEPRECATED.fullmatch(sentence):
        facts["deprecated"] = True
    if (match := _SUNSET.search(sentence)) and (day := read_date(match["date"])):
        facts["x-sunset"] = day
    return facts


def _values(sentence: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    if _CONDITION.search(sentence):
        return {}
    values = value_list(sentence, schema)
    return {"x-extensible-enum": values} if values else {}


def _default(sentence: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    match = _DEFAULT.search(sentence)
    value = one_value(match["value"], schema) if match else None
    return {} if value is None else {"default": value}


def _index_base(
    sentence: str, facts: Mapping[str, Any], schema: Mapping[str, Any]
) -> dict[str, Any]:
    if "integer" not in _types(schema) and "number" not in _types(schema):
        return {}
    if match := _BASE.search(sentence):
        return {"x-index-base": 0 if match["zero"] or match["from0"] else 1}
    if _FIRST_PAGE.search(sentence) and facts.get("default") in (0, 1):
        return {"x-index-base": facts["default"]}
    return {}


def _bounds(sentence: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for pattern in (_BETWEEN, _MOST, _LEAST):
        for match in pattern.finditer(sentence):
            groups = match.groupdict()
            keywords = _bound_keywords(schema, counts_characters=bool(groups.get("unit")))
            if keywords is None:
                return {}
            for keyword, text in (
                (keywords[0], groups.get("least") or groups.get("low")),
                (keywords[1], groups.get("most") or groups.get("high")),
            ):
                if text and facts.setdefault(keyword, number(text)) != number(text):
                    return {}
    return facts


def _bound_keywords(
    schema: Mapping[str, Any], *, counts_characters: bool
) -> tuple[str, str] | None:
    types = _types(schema)
    if counts_characters:
        return ("minLength", "maxLength") if types == {"string"} else None
    return ("minimum", "maximum") if types and types <= {"integer", "number"} else None


def _types(schema: Mapping[str, Any]) -> set[str]:
    types = schema.get("type", [])
    return set([types] if isinstance(types, str) else types) - {"null"}


_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+(?P<text>.*)")
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bmax)(?<!\bmin)[.!?](?=\s|$)", re.IGNORECASE
)


def _sentences(text: str) -> Iterator[str]:
    """Split prose into sentences, each on one line and without its full stop.

    A bullet is a sentence of its own; bullets after a line that ends with a colon are joined to it as
    a list of what stands first in each.
    """
    paragraph = ""
    for line in [*text.splitlines(), ""]:
        bullet = _BULLET.fullmatch(line)
        if bullet and paragraph.rstrip().endswith((":", ",")):
            first = re.match(rf"\**({QUOTED})", bullet["text"])
            paragraph += f" {first[1] if first else bullet['text']},"
            continue
        if bullet or not line.strip():
            yield from _split(paragraph)
            paragraph = ""
        paragraph += f" {bullet['text'] if bullet else line.strip()}"
    yield from _split(paragraph)


def _split(paragraph: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(paragraph.replace("**", "")):
        if trimmed := " ".join(sentence.split()).rstrip(","):
            yield trimmed
