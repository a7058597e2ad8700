"""What a caller may ask of a listing, judged before any account or provider is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias, TypedDict, get_args

from attrs import frozen

from polyreel import convert
from polyreel.errors import ConfigurationError, UnsupportedOption
from polyreel.listing.cursors import decode
from polyreel.listing.time_bounds import Moment, TimeBound, since_bound, until_bound
from polyreel.models import Order, Status
from polyreel.models.render import iso

Names: TypeAlias = str | Iterable[str]
StatusFilter: TypeAlias = str | Iterable[str] | None
OnError: TypeAlias = Literal["raise", "skip"]
"""What to do with failures: ``raise`` them at the end, or ``skip`` them to ``Listing.errors``."""


class ListOptions(TypedDict, total=False):
    """What ``list`` takes; each may be left out."""

    provider: Names | None
    """Only accounts of this provider, or of one of several. None (the default) for all accounts that
    can list this kind."""
    account: Names | None
    """Only this account, or one of several, by name. None for all."""
    exclude: Names | None
    """Accounts or providers that are left out, one name or several."""
    status: StatusFilter
    """Only items of this common status, or of one of several: ``queued``, ``running``, ``ready``,
    ``failed``, ``deleted``, ``unknown``, in upper or lower case. None for all."""
    since: Moment | None
    """Only items made at this time or later: a ``datetime`` (without a zone, UTC), a ``date`` (from
    midnight UTC), a ``timedelta`` (so long ago), or their text: ``2026-11-20``, ``2026-11-20T08:00Z``,
    ``7d``, ``24h``. Items without a time are left out. None for no bound."""
    until: Moment | None
    """Only items made before this time; of a day, the whole day is included."""
    limit: int | None
    """At most so many items. Of several accounts they are the newest, as far as the providers are known
    to list the newest first; the others' items follow in their own order. None for all."""
    page_size: int | None
    """Items per request, within the provider's limits. None for its usual size."""
    order: Order | None
    """``asc`` (the oldest first) or ``desc`` (the newest first) by ``created_at``; several accounts are
    merged. An account that can't be listed in this order comes last, with a warning; it is refused when
    it is named, or alone. None for the providers' own order."""
    filters: Mapping[str, Any] | None
    """The provider's own filters, name → value, by its own names."""
    cursor: str | None
    """Where an earlier listing with the same options stopped: its ``cursor``, a page's ``next``, or an
    error's ``resume``. None for the beginning."""
    on_error: OnError
    """``raise`` (the default) failures at the end, or ``skip`` them to ``Listing.errors``."""


@frozen(kw_only=True)
class CheckedOptions:
    """A listing's options after :func:`check`: each of one type, None or empty where nothing was asked."""

    providers: tuple[str, ...]
    accounts: tuple[str, ...]
    excluded: tuple[str, ...]
    statuses: frozenset[Status] | None
    since: TimeBound | None
    until: TimeBound | None
    limit: int | None
    page_size: int | None
    order: Order | None
    filters: Mapping[str, Any]
    cursor: str | None
    on_error: OnError


def check(options: Mapping[str, Any], *, now: datetime | None = None) -> CheckedOptions:
    """Judge a caller's options by themselves.

    Args:
        options: What the caller gave; see :class:`ListOptions`.
        now: The time to which ages such as ``7d`` are relative; None for the clock's.

    Raises:
        UnsupportedOption: One is of a wrong type or value; the message says what was expected.
        ConfigurationError: The cursor is damaged.
        TypeError: There is no such option.
    """
    known = ListOptions.__annotations__
    for name in options:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it takes {', '.join(known)}"
            raise TypeError(f"list() has no option {name!r}{hint}")
    given = {name: options.get(name) for name in known}
    moment = now or datetime.now(UTC)
    since = None if given["since"] is None else since_bound(given["since"], moment)
    until = None if given["until"] is None else until_bound(given["until"], moment)
    if since and until and since.at >= until.at:
        raise UnsupportedOption(f"since ({since}) must be before until ({until})")
    return CheckedOptions(
        providers=_names("provider", given["provider"]),
        accounts=_names("account", given["account"]),
        excluded=_names("exclude", given["exclude"]),
        statuses=_statuses(given["status"]),
        since=since,
        until=until,
        limit=_whole("limit", given["limit"], least=0),
        page_size=_whole("page_size", given["page_size"], least=1),
        order=_word("order", given["order"], get_args(Order)),
        filters=_filters(given["filters"]),
        cursor=_cursor(given["cursor"]),
        on_error=_word("on_error", given["on_error"], get_args(OnError)) or "raise",
    )


def _wrong(option: str, expected: str, value: object) -> UnsupportedOption:
    return UnsupportedOption(f"{option} must be {expected}, not {_shown(value)}")


def _shown(value: object) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return shown if isinstance(value, str | int | float) else f"{shown} ({type(value).__name__})"


def _names(option: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    whose = {"exclude": "accounts or providers"}.get(option, f"{option}s")
    names = _texts(option, f"a name or several names of {whose}", value)
    if not all(names):
        raise _wrong(option, "a name that isn't empty", value)
    return names


def _texts(option: str, expected: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (str(value),)
    if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
        raise _wrong(option, expected, value)
    texts = tuple(dict.fromkeys(value))
    if not texts:
        raise UnsupportedOption(f"{option} is empty; leave it out, or give None, for all")
    for text in texts:
        if not isinstance(text, str):
            raise _wrong(option, expected, text)
    return texts


def waiting_for(
    uids: Iterable[object], until: object, timeout: object
) -> tuple[frozenset[Status], float | None]:
    """Judge the options of a wait.

    Args:
        uids: What is waited for.
        until: Status words; None for ready.
        timeout: Seconds, or None.

    Raises:
        ConfigurationError: A uid isn't a text.
        UnsupportedOption: An option is of a wrong type or value.
    """
    for uid in uids:
        if not isinstance(uid, str):
            raise ConfigurationError(f"a uid is a text such as 'tavus:783537ef5', not {uid!r}")
    if timeout is not None and (
        isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout >= 0
    ):
        raise _wrong("timeout", "a number of seconds, 0 or more, or None", timeout)
    statuses = _statuses(until) if until is not None else None
    return statuses or frozenset({Status.READY}), None if timeout is None else float(timeout)


def _statuses(value: object) -> frozenset[Status] | None:
    if value is None:
        return None
    found = set()
    for word in _texts("status", "a status or several", value):
        try:
            found.add(Status(word.strip().lower()))
        except ValueError:
            near = get_close_matches(word.strip().lower(), list(Status), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UnsupportedOption(
                f"there is no status {word!r}; statuses are {', '.join(Status)}{hint}"
            ) from None
    return frozenset(found)


def _whole(option: str, value: object, *, least: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(option, "a whole number", value)
    if value < least:
        raise _wrong(option, f"{least} or more", value)
    return int(value)


def _word(option: str, value: object, words: tuple[str, ...]) -> Any:
    if value is None:
        return None
    if not isinstance(value, str) or value not in words:
        raise _wrong(option, f"one of {' and '.join(words)}", value)
    return str(value)


def _filters(value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise _wrong("filters", "a mapping from the provider's filter names to values", value)
    return {name: _sendable(each) for name, each in value.items()}


def _sendable(value: object) -> object:
    """Return a filter's value as providers take it: times in ISO 8601, in UTC."""
    if isinstance(value, datetime):
        return iso(convert.time(value) or value)
    if isinstance(value, date):
        return value.isoformat()
    return list(map(_sendable, value)) if isinstance(value, list | tuple | set) else value


def _cursor(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise _wrong("cursor", "a text that an earlier listing gave", value)
    decode(value)  # a damaged one is refused before anybody's accounts are looked at
    return value
