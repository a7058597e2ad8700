"""Texts that match a schema's ``pattern``."""

from __future__ import annotations

import random
import re


def matching(pattern: str, text: str, seed: str) -> str:
    """Return a text if it matches a pattern, else one that does.

    Args:
        pattern: A regular expression as JSON Schema has them; one that Python doesn't understand is
            taken for matched.
        text: What would be taken without the pattern.
        seed: The same seed gives the same text.
    """
    import rstr

    try:
        if re.search(pattern, text):
            return text
        made: str = rstr.Rstr(random.Random(seed)).xeger(pattern)  # noqa: S311 - nobody guards it
    except (re.error, ValueError, KeyError, NotImplementedError, RecursionError):
        return text
    return made if re.search(pattern, made) else text
