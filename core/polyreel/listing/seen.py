"""The ids that came, remembered to the last, in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_EXACT = 16_384  # ids kept as they are; the latest ones, which are asked for most
_EMPTY = 0


class SeenIds:
    """A set of ids that only grows.

    The latest ids are kept as they are, earlier ones as 64-bit hashes in one array: 16 to 32 bytes an id.
    That two of a million ids have the same hash happens once in some 30 million listings.
    """

    def __init__(self) -> None:
        self._latest: set[str] = set()
        self._hashes = array("Q", [_EMPTY]) * (4 * _EXACT)
        self._count = 0

    def __contains__(self, id: str) -> bool:
        return id in self._latest or (self._count > 0 and self._hashes[self._place(_hash(id))] != 0)

    def add(self, id: str) -> bool:
        """Remember an id, and tell whether it is new."""
        if id in self._latest or (self._count and id in self):
            return False
        self._latest.add(id)
        if len(self._latest) > _EXACT:
            self._settle()
        return True

    def add_all(self, ids: Sequence[str]) -> bool:
        """Remember ids that are all new, and tell that they are; remember none of them otherwise."""
        new = set(ids)
        if len(new) < len(ids) or not new.isdisjoint(self._latest):
            return False
        if self._count and any(id in self for id in ids):
            return False
        self._latest |= new
        if len(self._latest) > _EXACT:
            self._settle()
        return True

    def _settle(self) -> None:
        needed = self._count + len(self._latest)
        if needed * 2 > len(self._hashes):
            earlier = self._hashes
            self._hashes = array("Q", [_EMPTY]) * (2 * len(earlier))
            for hashed in earlier:
                if hashed:
                    self._hashes[self._place(hashed)] = hashed
        for hashed in map(_hash, self._latest):
            self._hashes[self._place(hashed)] = hashed
        self._count = needed
        self._latest.clear()

    def _place(self, hashed: int) -> int:
        """Find where a hash stands, or the free place where it would."""
        hashes, mask = self._hashes, len(self._hashes) - 1
        place = hashed & mask
        while hashes[place] not in (_EMPTY, hashed):
            place = (place + 1) & mask
        return place


def _hash(id: str) -> int:
    return (hash(id) & 0xFFFF_FFFF_FFFF_FFFF) or 1
