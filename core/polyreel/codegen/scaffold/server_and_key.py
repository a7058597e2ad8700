"""Where a provider is and how its key travels, guessed from ``servers`` and ``securitySchemes``."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from attrs import frozen

from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.references import resolve

_WORD_BEFORE_KEY = re.compile(
    r"""\b(Key|Token|Bearer|Basic|ApiKey|Api-Key)\b["'`]?\s*(?:[<{\[$]|["'`])"""
)
_BASE_URL = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(/[A-Za-z0-9_.~/-]*)?")


@frozen
class Auth:
    """How the key travels.

    Attributes:
        header: The header's name.
        prefix: What stands before the key, such as ``"Bearer "``.
        guess: Why.
    """

    header: str
    prefix: str
    guess: Guess


def guess_auth(
    document: Document, raw: Document, operation: Document, parameter: str | None
) -> Auth:
    """Guess how the key travels.

    Args:
        document: The spec.
        raw: The document as it was published; its sentences may say what a spec can't.
        operation: One of the operations that are used.
        parameter: The header that the operations have as a parameter for the key, if they do.
    """
    alternatives = operation.get("security", document.get("security")) or []
    names = [name for each in alternatives if isinstance(each, dict) for name in each]
    for name in names or list(_part(raw, "components", "securitySchemes")):
        if scheme := _scheme(raw, name):
            return _of_scheme(scheme, str(scheme.get("description", ""))[:2000])
    if parameter is not None:
        scheme = {"type": "apiKey", "in": "header", "name": parameter}
        return _of_scheme(scheme, "")
    return _bearer("no security scheme is named", Trust.UNSURE)


def _of_scheme(scheme: Document, said: str) -> Auth:
    kind, where = scheme.get("type"), scheme.get("in")
    named = str(scheme.get("name", "Authorization"))
    if kind == "apiKey" and where == "header" and re.fullmatch(r"[A-Za-z0-9-]{1,60}", named):
        word = _WORD_BEFORE_KEY.search(said) if named.lower() == "authorization" else None
        if word:
            guess = Guess("auth", f"{named}: {word[1]} <key>", "a sentence says so", Trust.LIKELY)
            return Auth(named, f"{word[1]} ", guess)
        trust = Trust.LIKELY if named.lower() == "authorization" else Trust.SURE
        return Auth(
            named, "", Guess("auth", f"{named}: <key>", "the scheme names the header", trust)
        )
    if kind == "apiKey":
        return _bearer(f"the key goes into {where!r}, which isn't supported", Trust.UNSURE)
    if kind == "http" and str(scheme.get("scheme")).lower() == "basic":
        guess = Guess("auth", "Authorization: Basic <key>", "the scheme says so", Trust.LIKELY)
        return Auth("Authorization", "Basic ", guess)
    known = kind == "http" and str(scheme.get("scheme")).lower() == "bearer"
    return _bearer(f"the scheme is {kind!r}", Trust.SURE if known else Trust.LIKELY)


def _bearer(reason: str, trust: Trust) -> Auth:
    guess = Guess("auth", "Authorization: Bearer <key>", reason, trust)
    return Auth("Authorization", "Bearer ", guess)


def _scheme(raw: Document, name: str) -> Document:
    scheme = _part(raw, "components", "securitySchemes").get(name)
    try:
        if isinstance(scheme, dict) and isinstance(scheme.get("$ref"), str):
            scheme = resolve(raw, scheme["$ref"])
    except SpecError:
        return {}
    return scheme if isinstance(scheme, dict) else {}


def base_url(raw: Document, url: str | None, stated: str | None) -> str:
    """Find the API's base URL.

    Args:
        raw: The document as it was published.
        url: Where it was published, if that is known.
        stated: What somebody said that it is.

    Raises:
        SpecError: It isn't known, or no https address.
    """
    servers = raw.get("servers")
    first = servers[0] if isinstance(servers, list) and servers else {}
    named = str(first.get("url", "")) if isinstance(first, dict) else ""
    for name, variable in _part(first, "variables").items():
        if isinstance(variable, dict):
            named = named.replace(f"{{{name}}}", str(variable.get("default", "")))
    found = stated or (urljoin(url, named) if url and named.startswith("/") else named)
    found = found.rstrip("/")
    if not found or found.startswith("/"):
        raise SpecError("the document doesn't say where the API is; name it with --base-url")
    if not _BASE_URL.fullmatch(found):
        raise SpecError(
            f"the base URL {found[:200]!r} isn't an https address; give one with --base-url"
        )
    return found


def title_of(raw: Document, name: str) -> str:
    """Write a provider's name for people: as the document's title has it, if it is the same name."""
    info = _part(raw, "info")
    words = str(info.get("title", "")).split()
    for count in range(1, min(len(words), 4) + 1):
        said = " ".join(words[:count])
        letters = re.sub(r"[^a-z0-9]", "", said.lower())
        if letters == name.replace("_", "") and re.fullmatch(r"[A-Za-z0-9 .&+-]{1,40}", said):
            return said
    return name.replace("_", " ").title()


def docs_of(raw: Document, url: str | None, base: str) -> tuple[str, Guess]:
    """Find the address of the API's reference."""
    external = str(_part(raw, "externalDocs").get("url", ""))
    for found, reason, trust in (
        (external, "the document names it", Trust.LIKELY),
        (url or "", "the spec is there", Trust.LIKELY),
        (f"https://{urlsplit(base).hostname}", "only the host is known", Trust.UNSURE),
    ):
        if re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9_.~/%#-]*)?", found):
            return found, Guess("docs", found, reason, trust)
    raise SpecError(f"{base!r} names no host")


def _part(raw: Any, *keys: str) -> Document:
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}
