"""Keeps an account's secrets out of cursors: some servers put the key into the next page's URL.

A cursor is shown to people and kept in files. Where a page's cursor holds a secret of the account, a
placeholder stands in its stead, and the secret of that time is put back when the page is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, quote_plus

from attrs import evolve

from polyreel.models import Page, T

_SHORTEST = 6  # a shorter "key" is a placeholder itself, and would stand in any text
_ENCODINGS: tuple[Callable[[str], str], ...] = (
    str,
    quote,
    quote_plus,
    lambda text: quote(text, safe=""),
)


def sealed(page: Page[T], secrets: Sequence[str]) -> Page[T]:
    """Take the secrets out of a page's cursors."""
    if page.next is None or not any(len(secret) >= _SHORTEST for secret in secrets):
        return page
    return evolve(
        page,
        next=_replaced(page.next, secrets),
        ahead=tuple(_replaced(cursor, secrets) for cursor in page.ahead),
    )


def unsealed(cursor: str, secrets: Sequence[str]) -> str:
    """Put the secrets back into a cursor."""
    for secret, placeholder in _pairs(secrets):
        cursor = cursor.replace(placeholder, secret)
    return cursor


def _replaced(text: str, secrets: Sequence[str]) -> str:
    # The longest first: one secret may hold another, as "Bearer KEY" holds the key.
    for secret, placeholder in sorted(_pairs(secrets), key=lambda pair: -len(pair[0])):
        text = text.replace(secret, placeholder)
    return text


def _pairs(secrets: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, secret in enumerate(secrets):
        if len(secret) >= _SHORTEST:
            for form, encode in enumerate(_ENCODINGS):
                yield encode(secret), f"\x1a{number}.{form}\x1a"
