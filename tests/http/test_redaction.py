"""A secret is found by its value, however somebody writes it, and before a text is cut."""

from __future__ import annotations

import json
import string
from base64 import b64encode, urlsafe_b64encode
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, strategies as st
from polyreel.http.redaction import echoed, printable, redact, redact_error, redact_json
from polyreel.http.secrets import secrets_of

KEY = "sk-Very/secret+0123456789=="

keys = st.text(string.ascii_letters + string.digits + "-_./+=~:", min_size=8, max_size=60)


def percent(text: str, form: str = "%%%02X") -> str:
    return "".join(form % ord(letter) for letter in text)


WRITTEN: dict[str, Any] = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "quoted": lambda k: quote(k, safe=""),
    "quoted low": lambda k: quote(k, safe="").replace("%2F", "%2f").replace("%2B", "%2b"),
    "all percent": percent,
    "all percent low": lambda k: percent(k, "%%%02x"),
    "percent twice": lambda k: quote(quote(k, safe=""), safe=""),
    "json": lambda k: json.dumps(k)[1:-1],
    "json slash": lambda k: k.replace("/", r"\/"),
    "json codes": lambda k: percent(k, "\\u%04x"),
    "json twice": lambda k: json.dumps(percent(k, "\\u%04x"))[1:-1],
    "html": escape,
    "html codes": lambda k: percent(k, "&#%d;"),
    "html hex": lambda k: percent(k, "&#x%02X;"),
    "html zeros": lambda k: percent(k, "&#0%d;"),
    "html names": lambda k: k.replace("/", "&sol;").replace("+", "&plus;").replace("=", "&equals;"),
    "python": lambda k: percent(k, "\\x%02x"),
    "octal": lambda k: percent(k, "\\%03o"),
    "javascript": lambda k: percent(k, "\\u{%x}"),
    "base64": lambda k: b64encode(k.encode()).decode(),
    "base64 url": lambda k: urlsafe_b64encode(k.encode()).decode(),
    "base64 behind 1": lambda k: b64encode(b"x" + k.encode() + b"yz").decode(),
    "base64 behind 2": lambda k: b64encode(b"xy" + k.encode() + b"z").decode(),
    "basic": lambda k: b64encode(f"user:{k}".encode()).decode(),
    "hex": lambda k: k.encode().hex(),
    "HEX": lambda k: k.encode().hex().upper(),
}


@pytest.mark.parametrize("how", WRITTEN)
@given(key=keys)
def test_no_way_to_write_a_key_shows_it(how: str, key: str) -> None:
    written = WRITTEN[how](key)
    shown = redact(f"before <{written}> after", [key])
    assert shown.startswith("before <")
    assert shown.endswith("> after")
    assert "[secret]" in shown
    assert longest_run(written, shown) < 8


def longest_run(secret: str, text: str) -> int:
    length = 0
    while any(secret[at : at + length + 1] in text for at in range(len(secret) - length)):
        length += 1
    return length


@given(key=keys, cut=st.integers(0, 100), before=st.text(max_size=20))
def test_of_a_key_that_was_cut_no_more_than_seven_characters_are_left(
    key: str, cut: int, before: str
) -> None:
    for part in (key[cut:], key[:-cut] if cut else key):
        shown = redact(f"{before} {part}", [key]).replace("[secret]", "\n")
        assert longest_run(part, shown.removeprefix(before)) < 8


@given(text=st.text(), key=keys)
def test_other_texts_stay_as_they_are(text: str, key: str) -> None:
    if not any(key.lower()[at : at + 8] in text.lower() for at in range(len(key))):
        assert redact(text, []) == text
        assert redact(text, ["short"]) == text


def test_a_text_keeps_what_stands_around_the_secret() -> None:
    text = f"GET https://h/%7Ba%7D?key={quote(KEY, safe='')}&x=1 &amp; so on"
    assert redact(text, [KEY]) == "GET https://h/%7Ba%7D?key=[secret]&x=1 &amp; so on"


def test_a_large_body_that_echoes_a_secret_is_noticed() -> None:
    for write in WRITTEN.values():
        assert echoed(b"x" * 9_000_000 + write(KEY).encode(), [KEY])
    assert not echoed(b"x" * 9_000_000, [KEY])


@pytest.mark.parametrize("how", WRITTEN)
@given(key=keys)
def test_whatever_is_taken_out_of_a_text_is_noticed_in_a_body(how: str, key: str) -> None:
    body = f"before <{WRITTEN[how](key)}> after é\u00e9"
    assert echoed(body.encode(), [key])


@given(key=st.text(string.ascii_letters + string.digits, min_size=16), cut=st.integers(1, 8))
def test_a_key_of_which_the_end_or_the_beginning_is_cut_off_is_noticed(key: str, cut: int) -> None:
    assert echoed(key[cut:].encode(), [key])
    assert echoed(key[:-cut].encode(), [key])


@given(
    key=st.text(string.ascii_letters + string.digits, min_size=16),
    before=st.binary(max_size=2),
    cut=st.integers(1, 3),
)
def test_a_key_in_base64_or_hexadecimal_of_which_an_end_is_cut_off_is_noticed(
    key: str, before: bytes, cut: int
) -> None:
    for written in (key.encode().hex(), b64encode(before + key.encode() + b"!!").decode()):
        assert echoed(written[cut:].encode(), [key])
        assert echoed(written[:-cut].encode(), [key])


@given(body=st.text(), key=keys)
def test_a_body_without_any_part_of_a_key_holds_none(body: str, key: str) -> None:
    if redact(body, [key]) == body:
        assert not echoed(json.dumps(body).encode(), [key])


def test_json_is_redacted_in_names_and_values() -> None:
    data = {KEY: [KEY, {"a": f"x{KEY}", "n": 5}], "b": None}
    assert redact_json(data, [KEY]) == {
        "[secret]": ["[secret]", {"a": "x[secret]", "n": 5}],
        "b": None,
    }


def test_causes_of_an_error_are_redacted_or_cut_off() -> None:
    import traceback

    class Stubborn(Exception):
        def __str__(self) -> str:
            return f"always {KEY}"

    def fail() -> None:
        try:
            try:
                try:
                    raise Stubborn
                except Stubborn as first:
                    raise KeyError(KEY) from first
            except KeyError as second:
                second.add_note(f"note {KEY}")
                raise ExceptionGroup("several", [ValueError(f"in {KEY}")]) from second
        except ExceptionGroup as third:
            raise RuntimeError("the outermost") from third

    with pytest.raises(RuntimeError) as caught:
        fail()
    assert KEY in "".join(traceback.format_exception(caught.value))
    redact_error(caught.value, [KEY])
    told = "".join(traceback.format_exception(caught.value))
    assert KEY not in told.replace("raise KeyError(KEY)", "")
    assert "in [secret]" in told
    assert "note [secret]" in told


# What is secret


@pytest.mark.parametrize(
    ("key", "headers", "params", "secret"),
    [
        ("k-123456", {}, {}, {"k-123456"}),
        ("", {"Authorization": "Bearer k-123456"}, {}, {"k-123456"}),
        ("", {"Authorization": "Key k-123456"}, {}, {"k-123456"}),
        (
            "",
            {"Authorization": "Basic " + b64encode(b"user:password1").decode()},
            {},
            {b64encode(b"user:password1").decode(), "user:password1", "password1"},
        ),
        ("id:secret-part", {}, {}, {"id:secret-part", "secret-part"}),
        ("", {"X-Team-Token": "blue-team"}, {}, {"blue-team"}),
        ("", {"X-Runway-Version": "2024-11-06", "Accept": "application/json"}, {}, set()),
        ("", {}, {"api-version": "2024-10-21-preview", "custom_llm_provider": "openai"}, set()),
        ("", {}, {"key": "k-123456", "subscription-key": "s-1", "sig": "x-1"}, {"k-123456", "s-1", "x-1"}),
        ("", {}, {"workspace": "9f8e7d6c5b4a39281706f5e4d3c2b1a0"}, {"9f8e7d6c5b4a39281706f5e4d3c2b1a0"}),
    ],
)  # fmt: skip
def test_keys_credentials_and_keys_in_queries_are_secret_and_nothing_else(
    key: str, headers: dict[str, str], params: dict[str, str], secret: set[str]
) -> None:
    assert set(secrets_of(key, headers, params)) == secret


# What a terminal would obey


@given(st.text())
def test_what_is_printed_is_one_line_that_no_terminal_obeys(text: str) -> None:
    shown = printable(text, 50)
    assert len(shown) <= 50
    assert shown.isprintable()


@pytest.mark.parametrize("turn", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_characters_that_turn_the_direction_are_shown(turn: str) -> None:
    assert printable(f"a{turn}b", 50) == f"a\\u{ord(turn):04x}b"
