"""Ask for the size of a file without downloading it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from attrs import evolve

from polyreel.errors import PolyreelError
from polyreel.http.download import OpenResponse, Transfer, Work


class Sizing(Transfer):
    """A transfer of a file's head alone, by a HEAD request.

    Many signed links allow GET alone, so that a refused HEAD is no failure.

    Attributes:
        size: The file's bytes, or None if its server doesn't say.
    """

    size: int | None = None

    def steps(self) -> Generator[Work, Any, None]:
        """Ask once; :meth:`Transfer.steps` says how it is driven."""
        try:
            head = yield from self._opened()
        except PolyreelError:
            return
        told = head.headers.get("content-length", "")
        self.size = int(told) if head.status == 200 and told.isdecimal() else None

    def _ask(self, url: str, scheme: str) -> OpenResponse:
        return evolve(super()._ask(url, scheme), method="HEAD")
