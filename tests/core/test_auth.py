"""A key travels the way its provider wants it: in a header, as Basic, in a signed token, as a signature."""

from __future__ import annotations

import base64
import builtins
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import AwsSignature, Basic, Bearer, ConfigurationError, HeaderKey, KeyPairToken
from polyreel.auth import Auth, Call

_PARTS = st.text(st.characters(codec="ascii", exclude_characters=":"), min_size=1, max_size=20)


def test_a_bare_key_stands_alone_in_its_header() -> None:
    assert HeaderKey("Authorization").headers("k", Call()) == {"Authorization": "k"}
    assert Bearer().headers("k", Call()) == {"Authorization": "Bearer k"}
    assert HeaderKey("Authorization", prefix="Token ").headers("k", Call()) == {
        "Authorization": "Token k"
    }


@given(user=_PARTS, secret=_PARTS)
def test_basic_can_be_read_back_as_user_and_secret(user: str, secret: str) -> None:
    scheme, _, sent = Basic().headers(f"{user}:{secret}", Call())["Authorization"].partition(" ")
    assert scheme == "Basic"
    assert base64.b64decode(sent).decode() == f"{user}:{secret}"


def test_a_user_without_a_secret_has_an_empty_one() -> None:
    sent = Basic().headers("key", Call())["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"key:"


def test_a_key_pair_signs_a_token_that_names_the_id_and_ends_in_half_an_hour() -> None:
    import jwt

    secret = "a secret that is long enough for HS256"
    sent = KeyPairToken().headers(f"id:{secret}", Call(time=1_800_000_000))["Authorization"]
    token = sent.removeprefix("Bearer ")
    claims = jwt.decode(
        token, secret, ["HS256"], options={"verify_exp": False, "verify_nbf": False}
    )
    assert claims == {"iss": "id", "nbf": 1_799_999_995, "exp": 1_800_001_800}
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


def test_a_signature_covers_the_query_and_names_service_and_region(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The key pair and the request of AWS's own documentation of Signature Version 4.
    monkeypatch.setattr(
        "botocore.auth.get_current_datetime",
        lambda **_: datetime(2015, 8, 30, 12, 36, tzinfo=UTC).replace(tzinfo=None),
    )
    key = "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    call = Call(
        url="https://example.amazonaws.com/?Param2=value2&Param1=value1",
        settings={"region": "us-east-1"},
    )
    headers = AwsSignature(service="service").headers(key, call)
    assert headers["X-Amz-Date"] == "20150830T123600Z"
    assert headers["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, "
        "Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    )


@pytest.mark.parametrize("auth", [KeyPairToken(), AwsSignature(service="bedrock")])
@pytest.mark.parametrize("key", ["", "one", ":two", "one:"])
def test_a_key_that_is_no_pair_is_refused_without_being_shown(auth: Auth, key: str) -> None:
    with pytest.raises(ConfigurationError, match="ID:SECRET") as caught:
        auth.headers(key, Call())
    assert not key.strip(":") or key.strip(":") not in str(caught.value)


@pytest.mark.parametrize(
    ("auth", "extra"),
    [(KeyPairToken(), "jwt"), (AwsSignature(service="bedrock"), "aws")],
)
def test_without_its_library_a_sentence_says_what_to_install(
    auth: Auth, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in {"jwt", "botocore"}:
            raise ImportError(name)
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigurationError, match=rf"polyreel\[{extra}\]"):
        auth.headers("id:secret", Call())
