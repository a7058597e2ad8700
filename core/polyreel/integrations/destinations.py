"""Where a load goes: a URL or a name turned into dlt's destination, and its errors into one sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

from polyreel.errors import ConfigurationError, LibraryError, PolyreelError

_FILE = re.compile(r"duckdb:///(?P<path>.+)")
_SERVERS = {"postgres": "postgres", "postgresql": "postgres", "redshift": "redshift"}
_PASSWORD = re.compile(r"(//[^/@\s:]*:)\S*@")
_REASON = re.compile(r".*The actual reason given is: ")
_REFUSED = re.compile(
    r"authentication|password|denied|refused|could not translate|does not exist|timeout expired"
    r"|could not connect|connection",
    re.IGNORECASE,
)


@frozen
class Destination:
    """A warehouse.

    Attributes:
        shown: It, for people, without a password.
        factory: dlt's destination.
        secret: The password, to be kept out of messages; or None.
    """

    shown: str
    factory: Any = field(repr=False)
    secret: str | None = field(repr=False)


def destination(dlt: Any, named: str, dataset: str) -> Destination:
    """Find a warehouse.

    Args:
        dlt: The module.
        named: A URL, a DuckDB file, or the name of a dlt destination.
        dataset: The dataset that is loaded into it.

    Raises:
        ConfigurationError: There is no such destination, or it can't hold this dataset.
    """
    file = _FILE.fullmatch(named)
    if file or named.endswith((".duckdb", ".ddb")):
        path = file["path"] if file else named
        if Path(path).stem == dataset:
            raise ConfigurationError(
                f"DuckDB can't tell a dataset from a file of the same name: call either {path} or the "
                f"dataset {dataset!r} otherwise"
            )
        return Destination(f"duckdb:///{path}", dlt.destinations.duckdb(path), None)
    scheme, separator, _ = named.partition("://")
    shown = _PASSWORD.sub(r"\1***@", named)
    if separator:
        if scheme not in _SERVERS:
            raise ConfigurationError(
                f"{scheme}:// is no warehouse's address: give duckdb:///FILE, postgresql://…, or the name "
                "of a dlt destination, such as snowflake, whose credentials dlt reads from "
                "DESTINATION__SNOWFLAKE__CREDENTIALS"
            )
        if named.count("@") > 1 or "#" in named:
            raise ConfigurationError(
                f"{shown} is no address: write @ as %40 and # as %23 in a password"
            )
        password = unquote(urlsplit(named).password or "")
        factory = getattr(dlt.destinations, _SERVERS[scheme])
        return Destination(shown, factory(f"postgresql://{named.partition('://')[2]}"), password)
    factory = getattr(dlt.destinations, named, None) if re.fullmatch(r"[a-z_]+", named) else None
    if factory is None or not isinstance(factory, type):
        raise ConfigurationError(
            f"there is no destination {shown!r}: give duckdb:///FILE, postgresql://USER@HOST/DATABASE, or "
            "the name of a dlt destination (postgres, bigquery, snowflake, databricks, …)"
        )
    return Destination(named, factory(), None)


def failure(to: Destination, error: BaseException) -> PolyreelError:
    """Say in one sentence why a load failed, without a password."""
    cause = error
    while (inner := cause.__cause__ or getattr(cause, "exception", None)) is not None:
        if not isinstance(inner, BaseException):
            break
        cause = inner
    kind = type(cause).__name__
    told = " ".join(str(cause).split())
    if kind == "ConfigFieldMissingException":
        names = re.findall(r"`?([A-Z][A-Z0-9]*(?:__[A-Z0-9]+)+)`?", told)
        wanted = [name for name in names if name.startswith("DESTINATION__")]
        hint = f": set {_group(wanted[0])}" if wanted else ""
        return ConfigurationError(f"{to.shown} needs credentials{hint}, or give a URL")
    if kind in {"MissingDependencyException", "ModuleNotFoundError", "ImportError"}:
        named = to.shown.partition(":")[0]
        return ConfigurationError(
            f"{to.shown} needs its driver: pip install 'dlt[{_SERVERS.get(named, named)}]'"
        )
    told = _PASSWORD.sub(r"\1***@", _REASON.sub("", told))
    if to.secret:
        told = told.replace(to.secret, "***")
    sentence = f"{to.shown} can't be loaded: {told[:400]}"
    refused = kind == "OperationalError" and _REFUSED.search(told)
    return ConfigurationError(sentence) if refused else LibraryError(sentence)


def _group(variable: str) -> str:
    """Return the variable that takes all credentials at once, such as a URL, for one of a part of them."""
    before, credentials, _ = variable.partition("__CREDENTIALS")
    return before + credentials
