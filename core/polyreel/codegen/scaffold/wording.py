"""Names of fields, paths and types as their words."""

from __future__ import annotations

from polyreel.openapi.names import words as split_words


def words(name: str) -> tuple[str, ...]:
    """Split ``createdAt`` or ``created_at`` into lower-case words."""
    return tuple(word.lower() for word in split_words(name))


def plain(name: str) -> str:
    """Spell a name one way: ``createdAt`` is ``created_at``."""
    return "_".join(words(name))


def names(text: str) -> tuple[str, ...]:
    """Write a list of names as one text, the best first."""
    return tuple(text.split())
