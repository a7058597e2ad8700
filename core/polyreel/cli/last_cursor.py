"""Where the last listing that stopped can go on, for ``--cursor @last``: one small file for each kind."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import platformdirs

from polyreel.errors import ConfigurationError
from polyreel.listing.cursors import decode
from polyreel.models import Kind

NAME = "@last"

_log = logging.getLogger("polyreel")


def keep(kind: Kind, cursor: str | None, *, sandbox: bool) -> bool:
    """Keep a cursor, readable by this user alone, or forget the one that is kept.

    Args:
        kind: ``videos`` or ``replicas``.
        cursor: Where the listing stopped; None when it came to its end.
        sandbox: It is one of a sandbox, whose accounts bear the names of real ones.

    Returns:
        Whether it is kept.
    """
    path = _path(kind, sandbox=sandbox)
    try:
        if cursor is None:
            path.unlink(missing_ok=True)
            return False
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{cursor}\n")
        new.replace(path)
    except OSError as error:
        _log.debug("the cursor can't be kept in %s: %s", path, error)
        return False
    return True


def options(kind: Kind, given: dict[str, Any], *, sandbox: bool) -> dict[str, Any]:
    """Complete the options of a listing that goes on with the last one: what isn't given is as there.

    Raises:
        ConfigurationError: None is kept, or it can't be read.
    """
    path = _path(kind, sandbox=sandbox)
    try:
        text = path.read_text().strip()
    except FileNotFoundError:
        raise ConfigurationError(
            f"there is no listing of {kind} to go on with: none has stopped before its end, or the "
            "last one was read to its end"
        ) from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the cursor in {path} can't be read: {error}") from error
    cursor = decode(text)
    if cursor is None:
        raise ConfigurationError(f"{path} holds no cursor of polyreel")
    there = cursor.binding.options()
    if given["provider"]:
        del there["account"]
    return {name: there.get(name) if value is None else value for name, value in given.items()} | {
        "cursor": text
    }


def _path(kind: Kind, *, sandbox: bool) -> Path:
    folder = platformdirs.user_state_path("polyreel") / "last"
    return folder / (f"sandbox-{kind}" if sandbox else kind)
