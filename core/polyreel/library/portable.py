"""JSON data as every reader takes it: without what JSON or UTF-8 can't hold. Pure."""

from __future__ import annotations

import math
from typing import Any


def portable(value: Any) -> Any:
    """Return JSON data without halves of surrogate pairs, and with null for what is no finite number."""
    if isinstance(value, str):
        return portable_text(value)
    if isinstance(value, dict):
        return {portable_text(str(key)): portable(each) for key, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return [portable(each) for each in value] if isinstance(value, list | tuple) else value


def portable_text(value: str) -> str:
    """Return a text whose halves of surrogate pairs, which UTF-8 lacks, are written as escapes."""
    return value if value.isascii() else value.encode(errors="backslashreplace").decode()
