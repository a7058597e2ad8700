"""Which bodies a generated client can send."""

from __future__ import annotations

_SENT = frozenset(
    {
        "application/json",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }
)


def can_be_sent(media_type: str) -> bool:
    """Say whether the generator has an encoding for a body of this media type."""
    plain = media_type.partition(";")[0].strip().lower()
    return plain in _SENT or plain.endswith("+json")
