"""Field names as words, whatever way a provider spells them."""

from __future__ import annotations

import re


def words_of(name: str) -> tuple[str, ...]:
    """Split ``created_at``, ``createdAt`` or ``created-at`` into lower-case words."""
    found = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return tuple(word.lower() for word in found)
