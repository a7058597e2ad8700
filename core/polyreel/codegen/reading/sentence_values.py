"""Values as sentences write them, read as the type of the schema that they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

QUOTED = r"(?:`[^`\n]+`|\"[^\"\n]+\"|“[^”\n]+”|'[^'\n]+'|‘[^’\n]+’)"
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,18}(?:\.\d{1,18})?)(?![\w%]|[.,]\d)"

_WORD = r"[A-Za-z0-9_][A-Za-z0-9_.+-]*"
_ITEM = re.compile(rf"(?P<value>{QUOTED}|{_WORD})(?:\s*\([^()]*\))?")
_BETWEEN_ITEMS = re.compile(
    r"\s*,\s*(?:and|or)\s+|\s*,\s*|\s+(?:and|or)\s+|\s*\|\s*|(?<=[`'\"])/(?=[`'\"])"
)
_ANNOUNCED = re.compile(
    r"(?:^|[,;(\[–—]\s*|\s-\s)(?:(?:the|its|and)\s+)*"
    r"(?:(?:possible|allowed|valid|accepted|supported|available|permitted)"
    r" (?:values|options|states|statuses)"
    r"|options|choices|enum)"
    r"(?P<link>:| are:?| include:?)\s+(?P<list>.+)",
    re.IGNORECASE,
)
_LABELS = r"lifecycle|(?:status|state|stage|phase|mode|type|kind|format|level|role|value)(?:s|es)?"
# Where the values have to stand in quotes: words alone would be prose more often than not.
_QUOTED_LISTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:^|[,;:(\[–—]\s*|\b(?:be|is|are) )(?:one of(?: the following)?(?: values)?:?|either)"
        r" (?P<list>.+)",
        r"(?:^|[,;:(\[–—]\s*|\b(?:it|which|this|value|status|state)\s+)(?:can|may|must|should|will) be "
        r"(?:set to )?(?P<list>.+)",
        rf"(?:^|[,;(\[–—]\s*|\s-\s)(?:[a-z]+ ){{0,2}}(?:{_LABELS}):\s+(?P<list>{QUOTED}.+)",
        rf"^(?P<list>{QUOTED}(?:\s*\|\s*{QUOTED})+)$",
        rf"^[^()]*\((?P<list>{QUOTED}(?:\s*(?:,|\||/|\bor\b)\s*(?:or )?{QUOTED})+)\)$",
    )
)
_WORDS = rf"{_WORD}(?:, {_WORD})*,? or {_WORD}"
# What may list values without saying so clearly enough for a fact.
_PERHAPS = re.compile(
    rf"\b(?:can|may|must|should|will) be (?:set to )?{_WORDS}$"
    rf"|\beither {_WORD} or {_WORD}$"
    rf"|^{_WORDS}$"
    rf"|\((?:{_WORD}, )+(?:or )?{_WORD}\)$"
    rf"|{QUOTED}(?:\s*[,|/]\s*(?:or )?|\s+(?:or|and)\s+){QUOTED}"
    rf"|^{QUOTED}(?:\s*:|\s+[–—-])\s"
    rf"|\b(?:accepted|accepts|allowed|supported|supports|available|possible|valid): {_WORD}, {_WORD}",
    re.IGNORECASE,
)
_NOTHING = {"null", "undefined", "none", "None", "nil"}
_PLAIN_FORMATS = {None, "int32", "int64", "float", "double", "password"}


def number(text: str) -> int | float:
    """Read a number, with or without thousands separators."""
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def one_value(text: str, schema: Mapping[str, Any]) -> Any:
    """Read a value, in quotes or not; None where it isn't one of the schema's type.

    A bare word is a value only where the schema knows it: in "the default is silent" it may be one,
    in "the default is unlimited" it is prose.
    """
    quoted = re.fullmatch(QUOTED, text) is not None
    plain = text[1:-1] if quoted else text
    known = schema.get("enum") or schema.get("x-extensible-enum")
    value = _typed(plain, schema)
    if value is None or schema.get("format") not in _PLAIN_FORMATS:
        return None
    if known is not None:
        return value if value in known else None
    if isinstance(value, str) and not quoted:
        return None
    return value if _within(value, schema) else None


def value_list(sentence: str, schema: Mapping[str, Any]) -> list[Any]:
    """Read "Possible values: queued, ready" as ``["queued", "ready"]``; empty where it says no such thing.

    Bare words count only after "values:" or "options:"; everywhere else the values have to stand in quotes.
    """
    if match := _ANNOUNCED.search(sentence):
        return _listed(match["list"], schema, bare_too=match["link"].endswith(":"))
    for pattern in _QUOTED_LISTS:
        if (match := pattern.search(sentence)) and (
            values := _listed(match["list"], schema, bare_too=False)
        ):
            return values
    return []


def may_list_values(sentence: str, schema: Mapping[str, Any]) -> bool:
    """Say whether a person should look for values in a sentence in which `value_list` finds none.

    Where the values are known, or the text has a form of its own, there is nothing to look for.
    """
    types = schema.get("type", "string")
    is_text = "string" in ([types] if isinstance(types, str) else types)
    known = {"enum", "x-extensible-enum", "const", "format", "$ref"} & schema.keys()
    return is_text and not known and _PERHAPS.search(sentence) is not None


def mentions(text: str, values: Sequence[Any]) -> bool:
    """Say whether a text names every one of some values, as words of their own."""
    return bool(values) and all(
        re.search(rf"(?<![\w.-]){re.escape(str(value))}(?![\w-])", text) for value in values
    )


def _listed(text: str, schema: Mapping[str, Any], *, bare_too: bool) -> list[Any]:
    """Read a list of values; empty where anything in it is no value."""
    listed = text.strip().removesuffix(")").removesuffix("]").rstrip(" ,.")
    if listed.count("(") > listed.count(")"):
        listed += ")"
    values: list[Any] = []
    for part in _BETWEEN_ITEMS.split(listed):
        item = _ITEM.fullmatch(part)
        if item is None:
            return []
        quoted = re.fullmatch(QUOTED, item["value"]) is not None
        plain = item["value"][1:-1] if quoted else item["value"]
        if plain in _NOTHING:
            continue
        value = _typed(plain, schema)
        if value is None or not (quoted or bare_too):
            return []
        values.append(value)
    return values if len(values := list(dict.fromkeys(values))) > 1 else []


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    types = schema.get("type")
    for type_ in [types] if isinstance(types, str) else types or []:
        if type_ == "boolean" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        if type_ in {"integer", "number"} and re.fullmatch(NUMBER, text):
            value = number(text)
            if type_ == "number" or isinstance(value, int):
                return value
        if type_ == "string":
            return text
    return None


def _within(value: Any, schema: Mapping[str, Any]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    least, most = schema.get("minimum"), schema.get("maximum")
    return (least is None or value >= least) and (most is None or value <= most)
