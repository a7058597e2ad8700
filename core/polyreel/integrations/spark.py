"""Videos and replicas as a Spark table: a Python Data Source, one partition an account.

The cluster brings Spark (4 or newer) and needs polyreel installed, nothing else. Accounts are named; their
keys are fetched where an account is read, from that machine's environment or keyring, and so stand in no
option, plan, task or log.

Example::

    from polyreel.integrations.spark import PolyreelSource

    spark.dataSource.register(PolyreelSource)
    videos = spark.read.format("polyreel").option("kind", "videos").option("since", "7d").load()
    videos.where("_error is null").write.saveAsTable("videos")
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeAlias, cast

from attrs import evolve, frozen

from polyreel import Hub
from polyreel.accounts import Account, load
from polyreel.configuration.keys import SCHEMES, KeyReference
from polyreel.errors import ConfigurationError, PolyreelError
from polyreel.library.catalog.schema import FIELDS, NUMBERS
from polyreel.listing.options import check
from polyreel.models import Kind
from polyreel.registry import Registry

try:
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
except ImportError as error:
    raise ImportError(
        "polyreel.integrations.spark needs Spark 4 with its Python Data Source: pip install 'pyspark>=4' "
        "pyarrow"
    ) from error

_OPTIONS = ("kind", "accounts", "providers", "exclude", "status", "since", "until", "_errors")
_SECRET = re.compile(r"key|token|secret|passw|credential|authorization|bearer", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?=.*[0-9])[A-Za-z0-9_.-]{20,}"
)  # no account of this name, but a token perhaps
_NAMES = {"accounts": "account", "providers": "provider", "exclude": "exclude", "status": "status"}
_TIMES = ("created_at", "updated_at", "completed_at", "expires_at")
_TYPES = {"REAL": "double", "INTEGER": "bigint"}

Errors: TypeAlias = Literal["column", "only", "fail"]


class PolyreelSource(DataSource):
    """The format ``polyreel``.

    Its options, all of which may be left out:

    * ``kind``: ``videos`` (the default) or ``replicas``.
    * ``accounts``, ``providers``, ``exclude``, ``status``: names, with commas between them.
    * ``since``, ``until``: a day, a time, or an age such as ``7d``.
    * ``_errors``: what an account that fails gives, beside what came of it before. ``column`` (the
      default): one row whose ``_error`` says why. ``only``: nothing but these rows, from all accounts.
      ``fail``: the Spark job fails.

    The columns are the fields of a :class:`polyreel.Video` or :class:`polyreel.Replica`, ``raw`` (the
    provider's JSON, as text) and ``_error``.

    Raises:
        ConfigurationError: There is no such option, or its value can't be; or one looks like a key.
    """

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "polyreel"

    def schema(self) -> str:
        """Return the columns."""
        kind = _check_options(self.options).kind
        columns = ", ".join(f"{name} {_type(name)}" for name in FIELDS[kind])
        return f"{columns}, raw string, _error string"

    def reader(self, schema: Any) -> DataSourceReader:  # noqa: ARG002 - Spark's signature
        """Return what reads the accounts."""
        return SparkReader(_check_options(self.options))


@frozen(kw_only=True)
class ReadOptions:
    """What is read.

    Attributes:
        kind: ``videos`` or ``replicas``.
        options: A listing's options; see :class:`polyreel.ListOptions`.
        errors: What an account that fails gives.
    """

    kind: Kind
    options: Mapping[str, Any]
    errors: Errors


class OneAccount(InputPartition):
    """One account, or one of its collections, as it travels to the machine that reads it.

    Attributes:
        account: The account, with a reference in place of its key.
        collection: The collection, or None for the account's only list.
    """

    def __init__(self, account: Account, collection: str | None) -> None:
        super().__init__(account.name)
        self.account = account
        self.collection = collection


class SparkReader(DataSourceReader):
    """Reads accounts, each in a task of its own."""

    def __init__(self, query: ReadOptions) -> None:
        self._query = query

    def partitions(self) -> list[InputPartition]:
        """Return the accounts that are configured where the query is made.

        Raises:
            PolyreelError: No account can be asked for this.
        """
        registry = _registry()
        accounts = load(registry.mentioned(os.environ), os.environ)
        _check_values(self._query.options, accounts)
        with Hub(accounts.values(), registry=registry) as hub:
            options = {
                name: self._query.options.get(name) for name in ("account", "provider", "exclude")
            }
            chosen = getattr(hub, self._query.kind).list(**options).accounts
            found: list[InputPartition] = []
            for name in chosen:
                travelling = _by_reference(hub.accounts[name])
                try:
                    resource = hub.provider(name).resources[self._query.kind]
                except (PolyreelError, KeyError):
                    found.append(OneAccount(travelling, None))  # it is asked, and says why it fails
                else:
                    found += [
                        OneAccount(travelling, each) for each in resource.collections or (None,)
                    ]
        return found

    def read(self, partition: InputPartition) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of one account.

        Raises:
            PolyreelError: It failed, and errors are to fail.
        """
        one = cast(OneAccount, partition)
        kind, errors = self._query.kind, self._query.errors
        fields = FIELDS[kind]
        filters = {"collection": one.collection} if one.collection else None
        options = {
            name: value
            for name, value in self._query.options.items()
            if name in {"status", "since", "until"}
        }
        try:
            with Hub([one.account], registry=_registry()) as hub:
                listing = getattr(hub, kind).list(
                    account=one.account.name, filters=filters, **options
                )
                for item in listing:
                    if errors != "only":
                        values = item.as_dict()
                        raw = json.dumps(item.raw, ensure_ascii=False, default=str)
                        yield (*map(values.get, fields), raw, None)
        except PolyreelError as error:
            if errors == "fail":
                raise
            known = {"provider": one.account.provider, "account": one.account.name}
            yield (*map(known.get, fields), None, str(error))


@cache
def _registry() -> Registry:
    """Find the plugins, once for all tasks of a process."""
    return Registry()


def _check_options(options: Mapping[str, str]) -> ReadOptions:
    """Judge the options of a query.

    Raises:
        ConfigurationError: There is no such option, or its value can't be.
        UnsupportedOption: A value isn't one of a listing's.
    """
    given = {name.lower(): value for name, value in options.items()}
    for name in given:
        if name not in _OPTIONS and _SECRET.search(name):
            raise ConfigurationError(
                f"{name!r} looks like a key, and options are shown in plans and logs: name accounts, whose "
                "keys each machine reads from its own environment or keyring"
            )
        if name not in _OPTIONS:
            raise ConfigurationError(
                f"there is no option {name!r}; the options are {', '.join(_OPTIONS)}"
            )
    kind, errors = given.pop("kind", "videos"), given.pop("_errors", "column")
    if kind not in FIELDS:
        raise ConfigurationError(f"kind is videos or replicas, not {kind!r}")
    if errors not in {"column", "only", "fail"}:
        raise ConfigurationError(f"_errors is column, only or fail, not {errors!r}")
    asked: dict[str, Any] = {
        _NAMES.get(name, name): [each.strip() for each in value.split(",")]
        if name in _NAMES
        else value
        for name, value in given.items()
    }
    check(asked)
    return ReadOptions(kind=cast(Kind, kind), options=asked, errors=cast(Errors, errors))


def _check_values(options: Mapping[str, Any], accounts: Mapping[str, Account]) -> None:
    """Refuse an option that holds an account's key, or what may be one, whatever the option is called.

    Raises:
        ConfigurationError: One does; the message doesn't repeat it.
    """
    told = json.dumps(options)
    for account in accounts.values():
        key = account.key
        if isinstance(key, KeyReference) and key.reference.startswith("env:"):
            key = os.environ.get(key.reference.removeprefix("env:"))
        if isinstance(key, str) and key and key in told:
            raise ConfigurationError(
                f"an option holds the key of account {account.name!r}: name the account instead"
            )
    for name in options.get("account") or ():
        if name not in accounts and _TOKEN.fullmatch(name):
            raise ConfigurationError(
                "accounts holds what looks like a key and is no account's name: name accounts"
            )


def _by_reference(account: Account) -> Account:
    """Return an account that holds no key, but knows where the machine that reads it finds it.

    Raises:
        ConfigurationError: Its key stands in no variable and no keyring.
    """
    if account.key is None or isinstance(account.key, KeyReference):
        return account
    if isinstance(account.key, str) and account.key_from:
        place = account.key_from
        if not place.startswith(SCHEMES):
            place = f"env:{place}"
        return evolve(account, key=KeyReference(f"account {account.name!r}", place))
    raise ConfigurationError(
        f"the key of account {account.name!r} can't be found from another machine: put it into a variable "
        "or a keyring there, and name that in polyreel.toml (key = 'env:NAME')"
    )


def _type(name: str) -> str:
    if name in NUMBERS:
        return _TYPES[NUMBERS[name]]
    return "timestamp" if name in _TIMES else "string"
