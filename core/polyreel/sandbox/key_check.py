"""Whether a request carries the sandbox's key the way a spec's security schemes ask for it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from polyreel.provider import Provider
from polyreel.sandbox.refusals import UNAUTHORIZED, Refusal
from polyreel.sandbox.served_spec import ServedOperation

if TYPE_CHECKING:
    from starlette.requests import Request

KEY = "sandbox-key"  # no secret: it exists so that sending a key is exercised


def settings(provider: Provider) -> dict[str, str]:
    """Return a value for each setting that an account of the sandbox needs."""
    return {name: KEY for name, one in provider.settings.items() if one.default is None}


def check(operation: ServedOperation, request: Request) -> None:
    """Check that a request satisfies one of the operation's security alternatives.

    Raises:
        Refusal: The key is missing or wrong.
    """
    alternatives = operation.security
    if alternatives and not any(
        all(_satisfied(scheme, request) for scheme in schemes) for schemes in alternatives
    ):
        raise Refusal(
            UNAUTHORIZED, f"This sandbox's key is {KEY!r}; the request bears another or none"
        )


def _satisfied(scheme: Mapping[str, Any], request: Request) -> bool:
    if scheme["type"] == "apiKey":
        holders = {"header": request.headers, "query": request.query_params}
        given = holders.get(scheme["in"], request.cookies).get(scheme["name"], "")
        # Some providers document "Key <key>" in a header, which a spec can't express.
        return given.rpartition(" ")[2] == KEY
    name, _, credentials = request.headers.get("authorization", "").partition(" ")
    expected = scheme.get("scheme", "bearer")  # OAuth and OpenID Connect end in a bearer token, too
    # A user alone is sent with a colon behind it; some document the encoded pair as the key itself.
    encoded = base64.b64encode(f"{KEY}:".encode()).decode()
    accepted = {KEY, encoded} if expected.lower() == "basic" else {KEY}
    return name.lower() == expected.lower() and credentials.strip() in accepted
