"""Make text from outside safe to show: without secrets, on one line, of limited length.

A secret is recognised by its value, however it is written: in either case, percent-encoded, as JSON
or HTML escapes (also several times over), in base64 or hexadecimal, and in part: every run of eight
characters of it is taken out, so that a text that was cut elsewhere shows no more than seven.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from attrs import frozen

from polyreel.errors import described

MARK = "[secret]"

_RUN = 8  # characters of a secret that may not be seen in a row
_SHORTEST = 6  # a shorter "key" is a placeholder, and would blot out ordinary letters
_ROUNDS = 4  # how often a text may be escaped over
_LONGEST_MESSAGE = 20_000

_NAMED = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "sol": "/", "plus": "+",
    "equals": "=", "lowbar": "_", "hyphen": "-", "dash": "-", "period": ".", "colon": ":",
    "bsol": "\\", "num": "#", "excl": "!", "dollar": "$", "percnt": "%", "ast": "*", "comma": ",",
    "semi": ";", "quest": "?", "commat": "@", "verbar": "|", "tilde": "~",
}  # fmt: skip
# Where each branch begins with a character of its own, the engine of regular expressions is fast.
_ESCAPE = re.compile(
    r"%([0-9a-f]{2})|\\\\*(?:u\{?0*([0-9a-f]{2,4})\}?|x([0-9a-f]{2})|([0-3][0-7]{2})|([/\"']))"
    r"|&(?:#x0*([0-9a-f]{1,5});?|#0*([0-9]{1,6});?|(" + "|".join(_NAMED) + r");)",
    re.IGNORECASE,
)
# Of these, the ones that a body seldom has: all but percent codes, \/ and letters beyond ASCII.
_SELDOM_HTML = re.compile(rb"&(?:#|(?:" + "|".join(_NAMED).encode() + rb");)", re.IGNORECASE)
_SELDOM_JSON = re.compile(rb"\\(?:\\+[ux0-3]|u00[2-7]|u\{|x|[0-3])")
# Signs of a key, those first that a JSON body is most likely not to have.
_RARE_FIRST = b"QZXJKVYWUGHFBNPLOMDRISCEAT+qjzxkwvyfgbh9876543210pmu"
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def redact(text: str, secrets: Iterable[str]) -> str:
    """Replace every secret in a text, and every larger part of one, by ``[secret]``.

    Args:
        text: What somebody will read, before it is cut.
        secrets: The secrets themselves; those of fewer than six characters are left where they are.
    """
    runs = _runs(frozenset(secrets))
    if not runs or not text:
        return text
    plain, places = _unescaped(text)
    hidden = bytearray(len(plain))
    for length, known in runs.items():
        for start in range(len(plain) - length + 1):
            if plain[start : start + length] in known:
                hidden[start : start + length] = b"\x01" * length
    if 1 not in hidden:
        return text
    parts, shown = [], 0
    for found in re.finditer(rb"\x01+", hidden):
        first, last = places[found.start()], places[found.end() - 1]
        parts += [text[shown : first[0]], MARK]
        shown = last[1]
    return "".join([*parts, text[shown:]])


def echoed(body: bytes, secrets: Iterable[str]) -> bool:
    """Tell whether a response's body holds one of the secrets, or half of one; quick, also if it is large."""
    sought = _sought(frozenset(secrets))
    if not sought.folded:
        return False
    plain = _quickly_unescaped(body, sought)
    return _holds(plain.lower(), sought.folded) or _holds(plain, sought.exact)


def redact_json(value: Any, secrets: Iterable[str]) -> Any:
    """Redact every text of a JSON value, names included."""
    if isinstance(value, str):
        return redact(value, secrets)
    if isinstance(value, list):
        return [redact_json(each, secrets) for each in value]
    if isinstance(value, dict):
        return {redact(name, secrets): redact_json(each, secrets) for name, each in value.items()}
    return value


def redact_error(error: BaseException, secrets: Iterable[str]) -> None:
    """Take the secrets out of an error and of what it was caused by, so that no traceback prints them.

    The HTTP libraries quote what a server sent (a status line, a chunk's header) in their messages.
    A cause whose message can't be changed is cut off.
    """
    _made_safe(error, frozenset(secrets), set())


def _redact_causes(error: BaseException, secrets: frozenset[str], seen: set[int]) -> None:
    for name in ("__cause__", "__context__"):
        cause: BaseException | None = getattr(error, name)
        if cause is not None and not _made_safe(cause, secrets, seen):
            setattr(error, name, None)


def _made_safe(error: BaseException, secrets: frozenset[str], seen: set[int]) -> bool:
    """Redact an error and its causes, and tell whether it can be shown now."""
    if id(error) in seen:
        return True
    seen.add(id(error))
    error.args = tuple(
        redact(each[:_LONGEST_MESSAGE], secrets) if isinstance(each, str) else each
        for each in error.args
    )
    if notes := getattr(error, "__notes__", None):
        error.__notes__ = [redact(str(note), secrets) for note in notes]
    _redact_causes(error, secrets, seen)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    said = described(error)[:_LONGEST_MESSAGE]
    return redact(said, secrets) == said and all(_made_safe(each, secrets, seen) for each in inner)


def printable(text: str, limit: int) -> str:
    r"""Return the start of a text on one line, without control characters.

    Characters that turn the direction of writing are shown as their code, such as ``\u202e``.
    """
    shown = "".join(c if c.isprintable() else _visible(c) for c in text[: limit * 4])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _visible(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if letter in _TURNS else " "


def _unescaped(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text in lower case with escapes decoded, and for each character its position in ``text``."""
    places = [(at, at + 1) for at in range(len(text))]
    for _ in range(_ROUNDS):
        parts: list[str] = []
        moved: list[tuple[int, int]] = []
        done = 0
        for found in _ESCAPE.finditer(text):
            parts += [text[done : found.start()], _meant(found)]
            moved += places[done : found.start()]
            moved.append((places[found.start()][0], places[found.end() - 1][1]))
            done = found.end()
        if not done:
            break
        text, places = "".join([*parts, text[done:]]), [*moved, *places[done:]]
    return text.translate(_LOWER), places


def _meant(escape: re.Match[str]) -> str:
    percent, json, hexed, octal, letter, html_hexed, html, named = escape.groups()
    if letter or named:
        return letter or _NAMED[named.lower()]
    if octal or html:
        return chr(int(octal, 8) if octal else int(html))
    return chr(int(percent or json or hexed or html_hexed, 16))


@lru_cache(maxsize=256)
def _runs(secrets: frozenset[str]) -> dict[int, frozenset[str]]:
    """Return the substrings of the secrets that are searched for, by their length."""
    found: dict[int, set[str]] = {}
    for secret in secrets:
        if len(secret) < _SHORTEST:
            continue
        for written in {secret, *_encoded(secret)}:
            plain = written.translate(_LOWER)
            length = min(_RUN, len(plain))
            runs = (plain[start : start + length] for start in range(len(plain) - length + 1))
            found.setdefault(length, set()).update(runs)
    return {length: frozenset(runs) for length, runs in found.items()}


@frozen
class _Piece:
    """A part of a secret's spelling that is looked for, and the rarest signs in it.

    One sign is looked for at thirty times the speed of a text, so a body without it costs nearly nothing.
    """

    text: bytes
    signs: bytes


@frozen
class _Sought:
    """What is looked for in bodies, to tell whether there is anything to redact.

    Attributes:
        folded: In lower case, the halves of the secrets, of which one is left wherever they are cut
            (short ones whole), and the middle of them in hexadecimal.
        exact: The middle of them in base64: half of it, which is there if three quarters are.
        percent: Percent codes in which a secret may be written: of what isn't a letter or digit in it,
            or many in a row.
        slash: A secret has a slash, before which JSON may have a backslash.
    """

    folded: tuple[_Piece, ...]
    exact: tuple[_Piece, ...]
    percent: re.Pattern[bytes]
    slash: bool


@lru_cache(maxsize=256)
def _sought(secrets: frozenset[str]) -> _Sought:
    long = [secret for secret in secrets if len(secret) >= _SHORTEST]
    halves: set[str] = set()
    for secret in long:
        plain = _unescaped(secret)[0]
        middle = len(plain) // 2
        halves |= {plain} if middle < _RUN else {plain[:middle], plain[middle:]}
    codes = {f"{ord(letter):02x}" for secret in long for letter in secret if not letter.isalnum()}
    either = [
        re.sub("[a-f]", lambda it: f"[{it[0]}{it[0].upper()}]", code) for code in sorted(codes)
    ]
    row = "[0-9a-fA-F]{2}(?:%(?:25)*[0-9a-fA-F]{2}){3}"
    return _Sought(
        _pieces(halves | {_middle(secret.encode().hex()) for secret in long}),
        _pieces(_middle(written) for secret in long for written in _in_base64(secret)),
        re.compile(f"%(?:25)*(?:{'|'.join([*either, row])})".encode()),
        any("/" in secret for secret in long),
    )


def _middle(written: str) -> str:
    quarter = len(written) // 4
    return written[quarter : len(written) - quarter] if quarter * 2 >= _RUN else written


def _pieces(texts: Iterable[str]) -> tuple[_Piece, ...]:
    pieces = []
    for text in sorted({text.encode() for text in texts}):
        signs = sorted({*text} & {*_RARE_FIRST}, key=_RARE_FIRST.index)
        pieces.append(_Piece(text, bytes(signs[:4])))
    return tuple(pieces)


def _holds(body: bytes, pieces: tuple[_Piece, ...]) -> bool:
    return any(piece.text in body for piece in pieces if all(sign in body for sign in piece.signs))


def _quickly_unescaped(body: bytes, sought: _Sought) -> bytes:
    """Return a body with escapes decoded, as :func:`_unescaped` does, but without the places."""
    if _has_seldom_escapes(body):
        text = body.decode(errors="replace")
        for _ in range(_ROUNDS):
            before, text = text, _ESCAPE.sub(_meant, text)
            if text == before:
                break
        return text.encode(errors="replace")
    if sought.slash and b"\\" in body:
        body = body.replace(rb"\/", b"/")
    for _ in range(_ROUNDS):
        if b"%" not in body or not sought.percent.search(body):
            break
        body = unquote_to_bytes(body)
    return body


def _has_seldom_escapes(body: bytes) -> bool:
    # Whether one sign is there is known in a thirtieth of the time that the pattern takes.
    html = b"&" in body and (b"#" in body or b";" in body)
    return bool(
        (html and _SELDOM_HTML.search(body)) or (b"\\" in body and _SELDOM_JSON.search(body))
    )


def _encoded(secret: str) -> set[str]:
    """Return a secret in hexadecimal, and as it stands within any base64 text that holds it."""
    return {secret.encode().hex(), *_in_base64(secret)}


def _in_base64(secret: str) -> set[str]:
    data = secret.encode()
    found = set()
    for before in range(3):  # the bytes before it shift it against the groups of three
        whole = b64encode(b"\0" * before + data).decode().rstrip("=")
        inner = whole[(0, 2, 3)[before] : None if (before + len(data)) % 3 == 0 else -1]
        found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return {each for each in found if len(each) >= _RUN}
