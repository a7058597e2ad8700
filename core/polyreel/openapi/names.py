"""Names for what a page leaves unnamed: words, singulars, PascalCase and camelCase."""

from __future__ import annotations

import re

_SINGULAR_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"))
_NO_PLURAL = ("ss", "us", "is", "news", "series")


def words(text: str) -> list[str]:
    """Split ``videoCreate_error-2`` into ``["video", "Create", "error", "2"]``; ASCII only."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)


def pascal(text: str) -> str:
    """``list videos`` is ``ListVideos``."""
    return "".join(word[0].upper() + word[1:] for word in words(text))


def camel(text: str) -> str:
    """``List videos`` is ``listVideos``."""
    name = pascal(text)
    start = words(text)[0].lower() if words(text) else ""
    return start + name[len(start) :]


def singular(text: str) -> str:
    """``videos`` is ``video``; a word that is no plain English plural stays as it is."""
    if text.lower().endswith(_NO_PLURAL):
        return text
    for ending, one in _SINGULAR_ENDINGS:
        if text.lower().endswith(ending):
            return text[: -len(ending)] + one
    return text[:-1] if text.lower().endswith("s") else text
