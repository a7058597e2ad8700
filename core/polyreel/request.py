"""One request to make and how to read its response: what plugins build and the core performs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from attrs import evolve, field, frozen

from polyreel.errors import MalformedResponse, NotFound
from polyreel.fields import FieldMap, I, ItemReader
from polyreel.models import ListQuery

R = TypeVar("R")

_TOLD = 20  # rows of a page that are named when they can't be read
_FAILURES = ("error", "errors", "detail", "err_msg", "message", "msg")  # where responses tell one
_DONE = (0, "0", 200, "200")  # codes beside which a message tells of success
_log = logging.getLogger("polyreel")


@frozen(kw_only=True)
class Response:
    """What the provider answered, with success.

    Attributes:
        data: The decoded JSON body, of any shape.
        provider: The provider's name, for the items that are read.
        account: The account's name, for the items that are read.
        collection: Which of the provider's several lists it comes from, or "".
        base_url: The account's base URL.
        params: The query that the account is configured to send, but for what is secret in it.
        query: Which page was asked for; None where an item was.
        url: The address that answered.
        poll_after: After how many seconds the provider asks to be asked again for something that is
            not finished; None where it doesn't say.
    """

    data: Any
    provider: str = ""
    account: str = ""
    collection: str = ""
    base_url: str = ""
    params: Mapping[str, str] = field(factory=dict)
    query: ListQuery | None = None
    url: str = ""
    poll_after: float | None = None

    def resolve(self, reference: str) -> str:
        """Return the absolute URL that a link in the body means, as RFC 3986 resolves it.

        Args:
            reference: Absolute, or relative to the address that answered (``?page=2``, ``//host/x``).
        """
        try:
            return urljoin(self.url or self.base_url, reference)
        except ValueError:  # no URL at all; it is refused where it is asked for
            return reference

    def locate(self, path: str) -> str:
        """Return the absolute URL of a path below the account's base URL, with the account's query."""
        url = join(self.base_url, path)
        return f"{url}?{urlencode(self.params)}" if self.params else url

    def get(self, *names: str) -> Any:
        """Return the first of several fields of the body that is there and not null, else None.

        Args:
            names: Each the name of a field, or a path such as ``page.next``.
        """
        for name in names:
            if (found := nested(self.data, name)) is not None:
                return found
        return None

    def item(
        self,
        fields: FieldMap[I, Any],
        path: str = "",
        *,
        id: str | None = None,
        keep: Callable[[I], bool] | None = None,
    ) -> I:
        """Read the item at a path, or the body itself without one.

        Args:
            fields: What the item is.
            path: Where it stands, such as ``data`` or ``data.video``.
            id: The id that was asked for, where the provider doesn't repeat it.
            keep: Which items are of this kind, where the provider keeps other things among them.

        Raises:
            MalformedResponse: There is no object, or it has no id.
            NotFound: What was got is something else than an item of this kind.
        """
        kind, row = fields.item.__name__, self._at(path)
        if row == {}:  # with the id that was asked for, nothing else would show that it is none
            raise MalformedResponse(f"no {kind}{_under(path)}: an empty object")
        try:
            item = self._reader(fields)(row, id)
        except ValueError as error:
            raise MalformedResponse(f"no {kind}{_under(path)}: {error}") from None
        if keep is not None and not keep(item):
            said = [
                f"{name}: {it}"
                for name, it in item.raw.items()
                if name.endswith("type") and isinstance(it, str)
            ]
            about = f" ({', '.join(said)})" if said else ""
            raise NotFound(f"{item.id} is not a {kind.lower()} of {self.provider}{about}")
        return item

    def items(self, fields: FieldMap[I, Any], path: str = "") -> tuple[I, ...]:
        """Read each item of the list at a path; a body that is a list is taken as it is.

        A row that can't be read (no object, no id) costs that row alone, and is logged. ``null`` is
        an empty list on the first page. Nothing is one where something beside it speaks of an error.

        Raises:
            MalformedResponse: There is no list, or none of its rows can be read.
        """
        return tuple(filter(None, self.rows(fields, path)))

    def rows(self, fields: FieldMap[I, Any], path: str = "") -> tuple[I | None, ...]:
        """Read each row as :meth:`items` does, with None in the place of one that can't be read.

        Raises:
            MalformedResponse: There is no list, or none of its rows can be read.
        """
        rows = self.data if isinstance(self.data, list) else self._at(path)
        if not isinstance(rows, list | None):
            raise MalformedResponse(f"expected a list{_under(path)}, got {_kind(rows)}")
        if not rows and (why := self._unexpected(rows)):
            raise MalformedResponse(f"the list{_under(path)} has no rows {why}")
        read = self._reader(fields)
        try:
            return tuple([read(row) for row in rows or ()])
        except ValueError:
            return self._readable(read, rows or [], _under(path))

    def _readable(self, read: Callable[..., I], rows: list[Any], at: str) -> tuple[I | None, ...]:
        """Read rows of which some can't be read."""
        items: list[I | None] = []
        lost = 0
        for number, row in enumerate(rows):
            try:
                items.append(read(row))
            except ValueError as error:
                items.append(None)
                lost += 1
                if lost <= _TOLD:
                    _log.warning("%s: left out row %d%s: %s", self.account, number, at, error)
        if lost > _TOLD:
            _log.warning("%s: left out %d more rows%s", self.account, lost - _TOLD, at)
        if not any(items):  # taken for an empty page, this would end a listing in silence
            raise MalformedResponse(f"none of the {len(rows)} rows{at} can be read")
        return tuple(items)

    def _reader(self, fields: FieldMap[I, Any]) -> Callable[..., I]:
        return ItemReader(
            fields,
            provider=self.provider,
            account=self.account,
            collection=self.collection,
            locate=self.locate,
        ).read

    def _unexpected(self, rows: list[Any] | None) -> str | None:
        """Say why null, or a list without rows, can't be an empty list here, or None when it can."""
        for name in _FAILURES if rows is None else _FAILURES[:2]:
            said = self.get(name)
            code = said.get("code") if isinstance(said, dict) else self.get("code")
            if said and not (code in _DONE and (isinstance(said, dict) or "m" in name)):
                return f"beside {name!r}: {str(said)[:200]}"
        if self.get("success") is False:
            return "beside 'success': false"
        later = rows is None and self.query and self.query.cursor
        return "on a page after the first" if later else None

    def _at(self, path: str) -> Any:
        found, before = self.data, ""
        for key in path.split(".") if path else ():
            if not isinstance(found, dict):
                raise MalformedResponse(f"expected an object{_under(before)}, got {_kind(found)}")
            before = f"{before}.{key}" if before else key
            if key not in found:
                raise MalformedResponse(f"the response has no {before!r}")
            found = found[key]
        return found


@frozen(kw_only=True)
class Request(Generic[R]):
    """One request, and the function that reads its response. Holds no key and does no I/O.

    Attributes:
        method: The HTTP method.
        path: Below the account's base URL; or an absolute URL of the same origin, as providers that
            hand out next-page URLs send it.
        params: The query; None values are left out.
        headers: Headers of this request alone.
        json: The body, to be sent as JSON; None for none.
        collection: Which of the provider's several lists is asked, or ""; the core fills it in.
        read: Turns the response into a page or an item.
        missing: The statuses that mean "there is no such item" here.
        item_in_error: An error response whose body can be read is taken for the item: some servers
            send a failed video together with the status of its failure.
    """

    method: str
    path: str
    read: Callable[[Response], R]
    params: Mapping[str, Any] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict)
    json: Any = None
    collection: str = ""
    missing: frozenset[int] = frozenset({404})
    item_in_error: bool = False

    @classmethod
    def of(
        cls,
        endpoint: Endpoint,
        *,
        read: Callable[[Response], R],
        missing: frozenset[int] = frozenset({404}),
        item_in_error: bool = False,
        body: Mapping[str, Any] | None = None,
        **arguments: Any,
    ) -> Request[R]:
        """Make a request from a generated endpoint module, such as ``list_videos``.

        Args:
            endpoint: A module of ``polyreel_clients.<provider>.api``.
            read: Turns the response into a page or an item.
            missing: The statuses that mean "there is no such item" here.
            item_in_error: An error response whose body can be read is taken for the item.
            body: The fields of a JSON body by their own names; None values are left out.
            arguments: The operation's parameters by their generated names; None means "not given".
        """
        # The one place that knows what openapi-python-client's endpoint modules look like inside.
        given = {name: value for name, value in arguments.items() if value is not None}
        if body is not None:
            given["body"] = _Body(body)
        request = endpoint._get_kwargs(**given)
        return cls(
            method=request["method"].upper(),
            path=request["url"],
            params=request.get("params", {}),
            headers=request.get("headers", {}),
            json=request.get("json"),
            read=read,
            missing=missing,
            item_in_error=item_in_error,
        )

    def with_params(self, *params: Mapping[str, Any]) -> Request[R]:
        """Return the same request with further query parameters, by the names that the provider has.

        Args:
            params: Each by name, such as ``query.filters``; a list is sent as the name repeated.
        """
        together = dict(self.params)
        for more in params:
            together.update(more)
        return evolve(self, params=together)


@frozen
class _Body:
    """A body without its generated model, which an endpoint only turns into JSON."""

    fields: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return {name: value for name, value in self.fields.items() if value is not None}


class Endpoint(Protocol):
    """A generated endpoint module."""

    def _get_kwargs(self, *args: Any, **kwargs: Any) -> dict[str, Any]: ...


def join(base_url: str, path: str) -> str:
    """Put a path below a base URL; what the one ends and the other begins with stands there once.

    ``https://tavusapi.com/v2`` and ``/v2/videos`` give ``https://tavusapi.com/v2/videos``: some of a
    provider's tools count the version to the base, its documentation to the path.
    """
    # A slash before all else: "@evil.example" right behind the host would name another one.
    path = f"/{path.lstrip('/')}"
    return _without_end(base_url, path.split("/", 2)[1]) + path


@lru_cache
def _without_end(base_url: str, segment: str) -> str:
    parts = urlsplit(base_url)
    return parts._replace(path=parts.path.removesuffix(f"/{segment}")).geturl()


def nested(data: Any, path: str) -> Any:
    """Return what stands in an object at a path such as ``page.next``, or None."""
    for key in path.split("."):
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _under(path: str) -> str:
    return f" under {path!r}" if path else ""


_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a number")
