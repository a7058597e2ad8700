"""Where a search that gave a part goes on: a short word for the agent, the whole place in a small file.

A listing's cursor of many accounts is a thousand characters, which a language model copies with mistakes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from polyreel.errors import InvalidRequest

_MOST = 200  # files; older ones are removed
_log = logging.getLogger("polyreel")


class CursorStore:
    """Keeps places under short words, also for a server that is started later.

    Args:
        folder: Where they are kept, readable by this user alone; None for the user's state folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or platformdirs.user_state_path("polyreel") / "mcp"
        self._known: dict[str, Mapping[str, Any]] = {}

    def keep(self, place: Mapping[str, Any]) -> str:
        """Keep a place, and return the word for it."""
        text = json.dumps(place, sort_keys=True)
        word = hashlib.sha256(text.encode()).hexdigest()[:12]
        self._known[word] = place
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new = self._folder / f"{word}.{os.getpid()}"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
            new.replace(self._folder / word)
            self._remove_old()
        except OSError as error:
            _log.debug("a place can't be kept in %s: %s", self._folder, error)
        return word

    def find(self, word: str) -> Mapping[str, Any]:
        """Return the place that a word stands for.

        Raises:
            InvalidRequest: It stands for none.
        """
        if word in self._known:
            return self._known[word]
        try:
            if word.isalnum():
                found: Mapping[str, Any] = json.loads((self._folder / word).read_text())
                return found
        except (OSError, ValueError):
            pass
        raise InvalidRequest(
            f"nothing is known of the cursor {word[:40]!r}; search again without one"
        )

    def _remove_old(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime)
        for file in files[:-_MOST]:
            file.unlink(missing_ok=True)
