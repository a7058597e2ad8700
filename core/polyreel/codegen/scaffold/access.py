"""How a provider's key travels, and what else its requests bear, guessed from ``securitySchemes``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.wording import plain, words
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.references import resolve

_WORD_BEFORE_KEY = re.compile(
    r"""\b(Key|Token|Bearer|Basic|ApiKey|Api-Key)\b["'`]?\s*(?:[<{\[$]|["'`])"""
)
# "Authorization: Secret <your key>" names the word itself, whatever it is.
_WORD_IN_HEADER = re.compile(
    r"""\bAuthorization\b["'`]?\s*[:=]\s*["'`]?([A-Za-z][\w-]{1,30})\s+(?:[<{\[$]|(?-i:[A-Z]+_[A-Z_]+|YOUR\b))""",
    re.IGNORECASE,
)
# "without a `Bearer` prefix" names a word that isn't sent.
_DENIED = re.compile(r"\b(?:without|no|not|don't|never|omit)\b[^.;\n]*", re.IGNORECASE)
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_SECRET = {"key", "token", "secret", "authorization", "apikey", "auth"}


@frozen
class Access:
    """How the key travels.

    Attributes:
        expression: What the plugin says of it, such as ``Bearer(env='ACME_API_KEY')``.
        guess: Why.
        headers: What else every request bears, with settings in braces.
        settings: The settings that it takes: by name, what it is, and its usual value or "".
    """

    expression: str
    guess: Guess
    headers: Mapping[str, str] = field(factory=dict)
    settings: Mapping[str, tuple[str, str]] = field(factory=dict)


def guess_access(
    env: str, document: Document, raw: Document, operation: Document, parameter: str | None
) -> Access:
    """Guess how the key travels.

    Args:
        env: The environment variable that holds it.
        document: The spec.
        raw: The document as it was published; its sentences may say what a spec can't.
        operation: One of the operations that are used.
        parameter: The header that the operations have as a parameter for the key, if they do.

    Raises:
        SpecError: The API wants several keys at once, of which only one can be sent, or one elsewhere
            than in a header.
    """
    schemes = _part(raw, "components", "securitySchemes")
    alternatives = operation.get("security", document.get("security")) or []
    ways = [
        {name: scheme for name in each if (scheme := _scheme(raw, name))}
        for each in alternatives
        if isinstance(each, dict)
    ]
    ways = [way for way in ways if way] or [
        {name: scheme} for name in schemes if (scheme := _scheme(raw, name))
    ]
    if ways and all(map(_is_elsewhere, ways)):
        keys = ", ".join(name for way in ways for name in way)
        raise SpecError(
            f"the key ({keys}) goes into the query or a cookie, and polyreel "
            "sends keys in headers alone. Where the API takes one in a header, too, put that under security "
            "in a copy of the document"
        )
    ways = [way for way in ways if not _is_elsewhere(way)]
    if ways:
        return _of_way(env, min(ways, key=len) if len(ways[0]) > 1 else ways[0])
    if parameter is not None:
        return _of_scheme(env, {"type": "apiKey", "in": "header", "name": parameter})
    return _bearer(env, "no security scheme is named", Trust.UNSURE)


def _of_way(env: str, way: Mapping[str, Document]) -> Access:
    """Take one of the schemes that are wanted together for the key, the others for headers."""
    # Two flows of OAuth give one token, and that is what is sent.
    apart = {"bearer" if _is_bearer(each) else name: each for name, each in way.items()}
    key = max(apart.values(), key=_is_key)
    others = [scheme for scheme in apart.values() if scheme is not key]
    headers = [str(each.get("name")) for each in others if _in_header(each)]
    if len(headers) < len(others):
        raise SpecError(
            f"each request needs {' and '.join(way)} at once, which can't both be sent: polyreel sends one "
            "key, and settings of the account in headers. Keep those that are needed under security in a "
            "copy of the document, or write polyreel_provider's auth by hand (docs/plugins.md)"
        )
    found = _of_scheme(env, key)
    names = {header: plain(header).removeprefix("x_") for header in headers}
    return evolve(
        found,
        headers={header: f"{{{name}}}" for header, name in names.items()},
        settings={name: (f"the header {header}", "") for header, name in names.items()},
    )


def _is_elsewhere(way: Mapping[str, Document]) -> bool:
    """Say whether the only key of a way goes into the query or a cookie, where secrets don't belong."""
    return len(way) == 1 and all(each.get("in") in {"query", "cookie"} for each in way.values())


def _is_bearer(scheme: Document) -> bool:
    by_http = scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer"
    return by_http or scheme.get("type") in {"oauth2", "openIdConnect"}


def _is_key(scheme: Document) -> tuple[bool, bool]:
    said = set(words(str(scheme.get("name", "authorization"))))
    return not _in_header(scheme) or "authorization" in said, bool(_SECRET & said)


def _in_header(scheme: Document) -> bool:
    return (
        scheme.get("type") == "apiKey"
        and scheme.get("in") == "header"
        and _HEADER.fullmatch(str(scheme.get("name"))) is not None
    )


def _of_scheme(env: str, scheme: Document) -> Access:
    kind, where = scheme.get("type"), scheme.get("in")
    said = str(scheme.get("description", ""))[:2000]
    named = str(scheme.get("name", "Authorization"))
    if _in_header(scheme):
        told = _DENIED.sub("", said) if named.lower() == "authorization" else ""
        word = _WORD_IN_HEADER.search(told) or _WORD_BEFORE_KEY.search(told)
        if word:
            guess = Guess("auth", f"{named}: {word[1]} <key>", "a sentence says so", Trust.LIKELY)
            if word[1] == "Bearer":
                return Access(f"Bearer(env={env!r})", guess)
            return Access(f"HeaderKey({named!r}, env={env!r}, prefix={f'{word[1]} '!r})", guess)
        trust = Trust.LIKELY if named.lower() == "authorization" else Trust.SURE
        guess = Guess("auth", f"{named}: <key>", "the scheme names the header", trust)
        return Access(f"HeaderKey({named!r}, env={env!r})", guess)
    if kind == "apiKey":
        return _bearer(env, f"{where!r} holds no key that can be sent", Trust.UNSURE)
    if kind == "http" and str(scheme.get("scheme")).lower() == "basic":
        guess = Guess("auth", "HTTP Basic, <user:secret>", "the scheme says so", Trust.SURE)
        return Access(f"Basic(env={env!r})", guess)
    known = kind == "http" and str(scheme.get("scheme")).lower() == "bearer"
    return _bearer(env, f"the scheme is {kind!r}", Trust.SURE if known else Trust.LIKELY)


def _bearer(env: str, reason: str, trust: Trust) -> Access:
    guess = Guess("auth", "Authorization: Bearer <key>", reason, trust)
    return Access(f"Bearer(env={env!r})", guess)


def _scheme(raw: Document, name: str) -> Document:
    scheme = _part(raw, "components", "securitySchemes").get(name)
    try:
        if isinstance(scheme, dict) and isinstance(scheme.get("$ref"), str):
            scheme = resolve(raw, scheme["$ref"])
    except SpecError:
        return {}
    return scheme if isinstance(scheme, dict) else {}


def _part(raw: Any, *keys: str) -> Document:
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}
