"""A link says when it ends, in every form that providers hand out; and what it lets in can be cut off."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from polyreel.files.links import cut_links, expires_at, unchanging, without_credentials

END = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
EPOCH = int(END.timestamp())


def jwt(**claims: object) -> str:
    parts = [{"alg": "HS256"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts]
    return ".".join([*encoded, "c2ln"])


def policy(end: int) -> str:
    text = json.dumps(
        {"Statement": [{"Resource": "*", "Condition": {"DateLessThan": {"AWS:EpochTime": end}}}]}
    )
    return base64.b64encode(text.encode()).decode().translate(str.maketrans("+=/", "-_~"))


SIGNED = {
    "S3, version 4": "X-Amz-Date=20261125T120000Z&X-Amz-Expires=3600&X-Amz-Signature=a",
    "S3, version 2": f"AWSAccessKeyId=a&Expires={EPOCH}&Signature=b",
    "CloudFront, canned": f"Expires={EPOCH}&Signature=a&Key-Pair-Id=b",
    "CloudFront, custom": f"Policy={policy(EPOCH)}&Signature=a&Key-Pair-Id=b",
    "Google, V4": "X-Goog-Date=20261125T120000Z&X-Goog-Expires=3600&X-Goog-Signature=a",
    "Google, V2": f"GoogleAccessId=a&Expires={EPOCH}&Signature=b",
    "Azure": "sv=2024-11-04&se=2026-11-25T13%3A00%3A00Z&sr=b&sig=a",
    "Volcengine": "X-Tos-Date=20261125T120000Z&X-Tos-Expires=3600&X-Tos-Signature=a",
    "Alibaba, V4": "x-oss-date=20261125T120000Z&x-oss-expires=3600&x-oss-signature=a",
    "Alibaba, V1": f"OSSAccessKeyId=a&Expires={EPOCH}&Signature=b",
    "Tencent": f"q-sign-algorithm=sha1&q-sign-time=1790000000%3B{EPOCH}&q-signature=a",
    "Akamai": f"hdnts=st=1790000000~exp={EPOCH}~acl=/*~hmac=a",
    "a web token": f"token={jwt(exp=EPOCH)}",
    "plain": f"x-expires={EPOCH}&x-signature=a",
    "milliseconds": f"expires={EPOCH}000",
}


@pytest.mark.parametrize("query", SIGNED.values(), ids=SIGNED.keys())
def test_the_end_of_a_signed_link_is_known(query: str) -> None:
    assert expires_at(f"https://cdn.example/a/b.mp4?{query}") == END


def test_a_token_may_stand_in_the_path() -> None:
    assert expires_at(f"https://cdn.example/{jwt(exp=EPOCH)}/b.mp4") == END


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example/a.mp4",
        "https://cdn.example/a.mp4?expires=never",
        "https://cdn.example/a.mp4?Expires=12",
        "https://cdn.example/a.mp4?Expires=99999999999999999999",
        "https://cdn.example/a.mp4?X-Amz-Date=yesterday&X-Amz-Expires=3600",
        "https://cdn.example/a.mp4?X-Amz-Date=20261125T120000Z&X-Amz-Expires=" + "9" * 30,
        "https://cdn.example/a.mp4?Policy=%%%",
        "https://cdn.example/a.mp4?se=2026-11-25",
        f"https://cdn.example/a.mp4?token={jwt(sub='a')}",
        "https://[::1/a.mp4?Expires=1790000000",
        "",
    ],
)
def test_a_link_that_does_not_say_has_no_end(url: str) -> None:
    assert expires_at(url) is None


@given(st.text() | st.from_regex(r"https://a\.example/[a-z?&=%X~.-]{0,40}"))
def test_no_text_is_too_odd(url: str) -> None:
    end = expires_at(url)
    assert end is None or end.tzinfo is UTC
    assert "?" not in without_credentials(url)


@pytest.mark.parametrize("query", SIGNED.values(), ids=SIGNED.keys())
def test_nothing_that_lets_in_is_left(query: str) -> None:
    url = f"https://user:word@cdn.example:8443/a/b.mp4?{query}#t=1"
    assert without_credentials(url) == "https://cdn.example:8443/a/b.mp4"


SECRET = "s3cr3t"
PARTS = st.text("abc0-._~/'(),;%", max_size=12)
QUERY = st.sampled_from(
    ["?sig={}", "?a=1&Signature={}", "#token={}", "?x='1'&sig={}", "%3Fsig%3D{}"]
)
AROUND = st.sampled_from(
    ["{}", "see {} and more", '<a href="{}">film</a>', "[film]({})", "{} {}", "a\n{}\n", "<{}>"]
)
SCHEMES = st.sampled_from(["https://", "HTTP://", "wss://", "https://user:s3cr3t@"])


@given(SCHEMES, PARTS, QUERY, AROUND, st.integers(0, 3))
def test_no_credential_of_a_link_is_left_wherever_it_stands(scheme, path, query, around, depth):
    link = f"{scheme}cdn.example/{path}{query.format(SECRET)}"
    text = around.replace("{}", link)
    for _ in range(depth):  # JSON in a text in JSON, with slashes as PHP writes them
        text = json.dumps({"url": text, "n": 1}).replace("/", "\\/").replace("&", "\\u0026")
    for value in (text, {"a": [text]}, {text: text}, [[text]]):
        cut = cut_links(value)
        assert SECRET not in str(cut)
        assert cut_links(cut) == cut


@given(st.recursive(st.text("ab:/?#\\ é\"'", max_size=9) | st.none() | st.integers(), st.lists))
def test_data_without_links_is_as_it_was(value):
    assert cut_links(value) == value


def test_what_stands_around_a_link_is_kept():
    said = 'see "https://x.example/a?sig=s3cr3t" or <https://y.example/b#s3cr3t>, then go on'
    assert cut_links(said) == 'see "https://x.example/a" or <https://y.example/b>, then go on'
    nested = json.dumps({"a": "https://x.example/a?b=1&sig=s3cr3t", "c": "kept"})
    assert json.loads(cut_links(nested.replace("/", "\\/"))) == {
        "a": "https://x.example/a", "c": "kept",
    }  # fmt: skip


def test_another_host_of_the_same_file_is_no_change():
    one, other = (f'{{"url": "https://{host}.example/a.mp4"}}' for host in ("cdn1", "cdn2"))
    assert unchanging(one) == unchanging(other)
