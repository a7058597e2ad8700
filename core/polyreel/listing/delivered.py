"""Which items a listing has delivered, for the one that goes on with it: six bytes an item."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain, islice

from attrs import field, frozen

_BYTES = 6


def hashed(id: str) -> int:
    """Return a hash of an id that is the same in every process."""
    return int.from_bytes(blake2b(id.encode(errors="surrogatepass"), digest_size=_BYTES).digest())


@frozen(eq=False)
class Delivered:
    """The hashes of the first items of a listing, in the order in which they were delivered.

    That one of 10,000 further items is taken for one of 10,000 known ones happens once in some three
    million listings.

    Args:
        log: The listing's hashes, to which others may be added meanwhile.
        count: How many of them belong here.
        more: The ids of further items.
    """

    _log: array[int] = field(factory=lambda: array("Q"))
    _count: int = 0
    _more: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[int]:
        return chain(islice(self._log, self._count), map(hashed, self._more))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Delivered) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def past(self, ids: Iterable[str]) -> Delivered:
        """Return these items and further ones."""
        return Delivered(self._log, self._count, (*self._more, *ids))

    def text(self) -> str:
        """Write the hashes as text, eight characters an item."""
        return b64encode(b"".join(one.to_bytes(_BYTES) for one in self)).decode()

    @classmethod
    def of(cls, text: str) -> Delivered:
        """Read what :meth:`text` wrote.

        Raises:
            ValueError: It is something else.
        """
        packed = b64decode(text, validate=True)
        if len(packed) % _BYTES:
            raise ValueError("not a whole number of hashes")
        starts = range(0, len(packed), _BYTES)
        log = array("Q", (int.from_bytes(packed[at : at + _BYTES]) for at in starts))
        return cls(log, len(log))
