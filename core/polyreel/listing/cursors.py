"""Where listings can be resumed: one text that holds the position of every account."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from attrs import evolve, frozen

from polyreel.errors import ConfigurationError

_PREFIX = "polyreel-"


@frozen(kw_only=True)
class Position:
    """Where one account's listing stands.

    Attributes:
        cursor: The plugin's cursor of the next page, None for the first.
        after: The id of the last item that was delivered; the page may begin with items up to it.
        count: How many items came before.
        page_size: The page size that the cursor belongs to: page 3 is another page at another size.
    """

    cursor: str | None = None
    after: str | None = None
    count: int = 0
    page_size: int | None = None

    def past(self, id: str, items: int) -> Position:
        """Give the position within the page, behind one item and so many in all."""
        return evolve(self, after=id, count=self.count + items)


def encode(positions: Mapping[str, Position]) -> str:
    """Write positions by account as one text, safe in shells and URLs."""
    plain = {name: [at.cursor, at.after, at.count, at.page_size] for name, at in positions.items()}
    packed = json.dumps(plain, separators=(",", ":")).encode()
    return _PREFIX + urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> dict[str, Position] | None:
    """Read positions by account; None when the text is a provider's own cursor.

    Raises:
        ConfigurationError: It begins like one of ours, but can't be read.
    """
    if not text.startswith(_PREFIX):
        return None
    packed = text.removeprefix(_PREFIX)
    try:
        plain = json.loads(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        found = {}
        for name, (cursor, after, count, page_size) in plain.items():
            if not all(isinstance(text, str | None) for text in (cursor, after)):
                raise TypeError
            found[name] = Position(
                cursor=cursor, after=after, count=int(count), page_size=int(page_size)
            )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ConfigurationError(f"{text[:60]!r} isn't a whole cursor; was it cut?") from None
    return found
