"""Find, read and check ``polyreel.toml``, and name the entries that have no effect."""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import field, frozen

from polyreel.configuration.keys import SCHEMES
from polyreel.errors import ConfigurationError

_MAX_FILE = 1_000_000
_LIKE_A_KEY = re.compile(r"(\w+ )?[\w.+/=~-]{20,}")

_log = logging.getLogger("polyreel")

# What an account's table may say, and of which type.
_SETTINGS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "provider": (str, "a text"),
    "key": (str, "a text"),
    "base_url": (str, "a text"),
    "header": (str, "a text"),
    "headers": (dict, "a table of texts"),
    "settings": (dict, "a table of texts"),
    "params": (dict, "a table of texts"),
    "allow_http": (bool, "true or false"),
    "in_flight": (int, "a whole number"),
    "per_second": ((int, float), "a number"),
}


@frozen(kw_only=True)
class AccountFile:
    """The account file's contents.

    Attributes:
        path: Where it is looked for, whether or not it is there.
        tables: Each account's settings, by the account's name; each setting is of its type.
        vain: One sentence for each entry that has no effect, because nothing reads it.
    """

    path: Path
    tables: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    vain: tuple[str, ...] = ()

    def where(self, account: str) -> str:
        """Name an account's table, for messages."""
        return f"[accounts.{account}] in {self.path}"


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where ``polyreel.toml`` is looked for, whether or not it is there."""
    if named := environ.get("POLYREEL_CONFIG"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("polyreel") / "polyreel.toml"


def read(environ: Mapping[str, str] = os.environ) -> AccountFile:
    """Read the account file; one that isn't there is empty.

    Raises:
        ConfigurationError: It can't be read, or says something that it can't mean.
    """
    path = config_path(environ)
    document = _document(path, named=bool(environ.get("POLYREEL_CONFIG")))
    tables = document.pop("accounts", {})
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) for table in tables.values()
    ):
        raise ConfigurationError(f"{path}: accounts are tables, such as [accounts.work]")
    found = AccountFile(
        path=path,
        tables=tables,
        vain=tuple(_unread(path, name, value) for name, value in document.items()),
    )
    for name, table in tables.items():
        _check(found.where(name), table)
    _warn_of_readers(path, tables)
    return found


def _document(path: Path, *, named: bool) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
    except FileNotFoundError:
        if named:
            raise ConfigurationError(f"{path}, named by POLYREEL_CONFIG, doesn't exist") from None
        return {}
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read: {error.strerror}") from error
    if len(content) > _MAX_FILE:
        raise ConfigurationError(
            f"{path} is larger than {_MAX_FILE:,} bytes; is it the right file?"
        )
    try:
        return tomllib.loads(content.decode("utf-8-sig"))  # some editors put a BOM in front
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} isn't valid TOML, which is in UTF-8: {error}") from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # a number of thousands of digits is no TOML error
        raise ConfigurationError(f"{path} isn't valid TOML: {error}") from error


def _unread(path: Path, name: str, value: object) -> str:
    """Say that nothing reads this, and what was probably meant."""
    if not isinstance(value, dict):
        return f"{path}: {name!r} isn't read; accounts are tables, such as [accounts.work]"
    inner = [each for each, settings in value.items() if isinstance(settings, dict)]
    if inner and not value.keys() & _SETTINGS.keys():  # [account.work]: a table of accounts
        return f"{path}: [{name}.{inner[0]}] isn't read; write [accounts.{inner[0]}]"
    return f"{path}: [{name}] isn't read; write [accounts.{name}]"


def _check(where: str, table: Mapping[str, Any]) -> None:
    for setting, value in table.items():
        if setting not in _SETTINGS:
            near = get_close_matches(setting, _SETTINGS, n=1)
            meant = f" (did you mean {near[0]!r}?)" if near else ""
            raise ConfigurationError(
                f"{where} has no setting {setting!r}; it takes {', '.join(sorted(_SETTINGS))}{meant}"
            )
        kind, words = _SETTINGS[setting]
        texts = value.values() if isinstance(value, dict) else ()
        fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if not fits or not all(isinstance(text, str) for text in texts):
            raise ConfigurationError(f"{where}: {setting} must be {words}")
    if table.get("header") == "":
        raise ConfigurationError(f"{where}: header must name the header that carries the key")
    if (key := table.get("key")) and not key.startswith(SCHEMES):
        raise ConfigurationError(
            f"{where}: key must say where the key is, as env:NAME or keyring:SERVICE/USER; "
            "a key itself doesn't belong in a file"
        )


def _warn_of_readers(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Say so when others on this machine can read a file that seems to hold keys."""
    values = [
        value
        for table in tables.values()
        for setting in ("headers", "params")
        for value in table.get(setting, {}).values()
    ]
    if any(_LIKE_A_KEY.fullmatch(value) for value in values) and path.stat().st_mode & 0o077:
        _log.warning("%s seems to hold a key and can be read by others: chmod 600 it", path)
