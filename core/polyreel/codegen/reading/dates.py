"""Days as pages write them."""

from __future__ import annotations

import re
from datetime import datetime

_FORMS = ("%Y-%m-%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")


def read_date(text: str) -> str | None:
    """Read "September 24, 2026", "24 Sep 2026" or "2026-09-24" as ``YYYY-MM-DD``; None if it's neither."""
    plain = " ".join(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", " ", text).split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None
