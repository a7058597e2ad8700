"""How a key travels: in a header as it is, as HTTP Basic, in a signed token, or as a signature."""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from collections.abc import Mapping

from attrs import field, frozen

from polyreel.errors import ConfigurationError


@frozen(kw_only=True)
class Call:
    """The request that a key is put into; only signatures look at it.

    Attributes:
        method: The HTTP method.
        url: The whole address, query included.
        body: What is sent.
        time: Unix seconds.
        settings: The account's settings, by name.
    """

    method: str = "GET"
    url: str = ""
    body: bytes = b""
    time: float = 0
    settings: Mapping[str, str] = field(factory=dict)


_ANY = Call()


class Auth(ABC):
    """How a key travels.

    Attributes:
        header: The header that carries it, or what is made of it.
        env: The environment variable that holds the key; None for ``<PROVIDER>_API_KEY``.
    """

    header: str
    env: str | None

    @abstractmethod
    def headers(self, key: str, call: Call = _ANY) -> dict[str, str]:
        """Return the headers that carry the key with a request.

        Raises:
            ConfigurationError: The key isn't of the form that this needs, or a library is missing.
        """


@frozen
class HeaderKey(Auth):
    """The key goes into a header as it is.

    Attributes:
        header: The header's name, such as ``x-api-key``, or ``Authorization`` for a bare key.
        env: The environment variable that holds the key; None for ``<PROVIDER>_API_KEY``.
        prefix: What stands before the key, such as ``"Token "``.
    """

    header: str
    env: str | None = field(default=None, kw_only=True)
    prefix: str = field(default="", kw_only=True)

    def headers(self, key: str, call: Call = _ANY) -> dict[str, str]:  # noqa: ARG002
        """Return the headers that carry the key."""
        return {self.header: f"{self.prefix}{key}"}


def Bearer(*, env: str | None = None) -> HeaderKey:  # noqa: N802 - reads as the scheme that it is
    """Return the usual ``Authorization: Bearer <key>``."""
    return HeaderKey("Authorization", env=env, prefix="Bearer ")


@frozen(kw_only=True)
class Basic(Auth):
    """HTTP Basic (RFC 7617): the key is ``user:secret``, or a user alone, and is sent in Base64."""

    header = "Authorization"
    env: str | None = None

    def headers(self, key: str, call: Call = _ANY) -> dict[str, str]:  # noqa: ARG002
        """Return the header with user and secret."""
        pair = key if ":" in key else f"{key}:"
        return {self.header: f"Basic {base64.b64encode(pair.encode()).decode()}"}


@frozen(kw_only=True)
class KeyPairToken(Auth):
    """The key is ``id:secret``; each request bears a JSON Web Token (HS256) that the secret signs.

    The token names the id as issuer and holds for half an hour, as Kling's older keys want it.
    Needs the extra ``jwt``.
    """

    header = "Authorization"
    env: str | None = None

    def headers(self, key: str, call: Call = _ANY) -> dict[str, str]:
        """Return a header with a new token."""
        issuer, secret, *_ = _parts(key)
        try:
            import jwt
        except ImportError:
            raise _missing("a key pair that signs tokens", "jwt") from None
        now = int(call.time)
        token = jwt.encode({"iss": issuer, "nbf": now - 5, "exp": now + 1800}, secret, "HS256")
        return {self.header: f"Bearer {token}"}


@frozen(kw_only=True)
class AwsSignature(Auth):
    """AWS Signature Version 4: the key is ``id:secret`` or ``id:secret:session``.

    The region is the account's setting ``region``, which the provider declares. Needs the extra ``aws``.

    Attributes:
        service: The name of the service in signatures, such as ``bedrock``.
        env: The environment variable that holds the key; None for ``<PROVIDER>_API_KEY``.
    """

    header = "Authorization"
    service: str
    env: str | None = None

    def headers(self, key: str, call: Call = _ANY) -> dict[str, str]:
        """Return the headers that sign a request."""
        parts = _parts(key)
        try:
            from botocore.auth import SigV4Auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
        except ImportError:
            raise _missing("a key that signs requests for AWS", "aws") from None
        request = AWSRequest(method=call.method, url=call.url, data=call.body)
        region = call.settings.get("region", "us-east-1")
        SigV4Auth(Credentials(*parts[:3]), self.service, region).add_auth(request)
        return dict(request.headers.items())


def _parts(key: str) -> list[str]:
    parts = key.split(":")
    if len(parts) < 2 or not all(parts):
        raise ConfigurationError("the key must be ID:SECRET, both with a colon between them")
    return parts


def _missing(what: str, extra: str) -> ConfigurationError:
    return ConfigurationError(f"{what} needs more: pip install 'polyreel[{extra}]'")
