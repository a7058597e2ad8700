"""Security schemes as OpenAPI has them; one that it doesn't have is no scheme, whatever uses it."""

from __future__ import annotations

from typing import Any

from polyreel.openapi.documents import Document

# What each type says, without bearerFormat, which is a hint in words, of any length.
_TYPES = {
    "apiKey": ("in", "name"), "http": ("scheme",), "mutualTLS": (), "oauth2": ("flows",),
    "openIdConnect": ("openIdConnectUrl",),
}  # fmt: skip
_PLACES = ("query", "header", "cookie")
_URLS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
}


def legal_scheme(raw: Document) -> tuple[Document, str]:
    """Return what a security scheme says that OpenAPI has a word for, and what is wrong with it.

    Args:
        raw: The scheme as it was published, references followed.

    Returns:
        The scheme, and "" or why it is none, such as "its key stands in 'body'".
    """
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in _TYPES:
        return {}, f"its type is {kind!r}, not one of {', '.join(_TYPES)}"
    scheme = {key: raw[key] for key in ("type", *_TYPES[kind]) if key in raw}
    if kind == "apiKey" and scheme.get("in") not in _PLACES:
        return scheme, f"its key stands in {scheme.get('in')!r}, not in {', '.join(_PLACES)}"
    if kind == "oauth2":
        return scheme | {"flows": _flows(scheme.get("flows"))}, ""
    absent = [key for key in _TYPES[kind] if not isinstance(scheme.get(key), str)]
    return scheme, f"its {absent[0]!r} is missing" if absent else ""


def _flows(raw: Any) -> Document:
    """Return the flows that say where their tokens come from."""
    flows = raw if isinstance(raw, dict) else {}
    return {
        name: flow if isinstance(flow.get("scopes"), dict) else flow | {"scopes": {}}
        for name, flow in flows.items()
        if isinstance(flow, dict)
        if all(isinstance(flow.get(url), str) for url in _URLS.get(name, ("",)))
    }
