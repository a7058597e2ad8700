"""The ways in which providers' lists come in pages, each as a function that makes a ``read``.

A plugin names its way and where the response says what; the listing does the rest: which page is next,
what is new in it, and whether the end is one. Each function gives what ``Request.of(…, read=…)`` takes::

    @hookimpl
    def polyreel_list(query):
        from acme_client.api.videos import list_videos

        return Request.of(
            list_videos,
            limit=query.page_size,
            token=query.cursor,
            read=paging.by_token(video_fields(), "data", next="next_token", more="has_more"),
        )

====================  =============================================  ==============================
function              ``query.cursor`` is                            send it as
====================  =============================================  ==============================
:func:`by_number`     the number of a page                           ``page=query.cursor``
:func:`by_offset`     how many rows come before the page             ``offset=query.cursor``
:func:`by_token`      the token that the page before gave            ``token=query.cursor``
:func:`by_last_id`    the id of the row that the page comes after    ``after=query.cursor``
:func:`by_next_url`   the URL that the page before gave              ``path=query.cursor``
:func:`by_time_window`  the time before which the page's rows are    ``before=query.cursor``
:func:`by_span`       a span of time and a cursor in it      ``page=Span.of(query, …).cursor``
:func:`whole`         always None: there is one page
====================  =============================================  ==============================

The cursor is None for the first page, and ``limit=query.page_size`` is always sent as it is: lists that
are counted are asked for in sizes that overlap.

They share these arguments; where one names a field of the response, it is one as ``"has_more"``, a nested
one as ``"page.next"``, or several of which one is there, as ``("next_cursor", "nextCursor")``:

* ``fields`` and ``path``: what a row is and where the list stands, as for :meth:`Response.items`.
* ``more``: the field that says whether there is another page, a boolean.
* ``total``: the field that says how many rows there are in all.
* ``keep``: which items belong to the listing, where a list holds other things too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import evolve

from polyreel import convert, spans
from polyreel.fields import FieldMap, I
from polyreel.models import Page
from polyreel.request import Response, nested

Span, by_span = spans.Span, spans.by_span

Name: TypeAlias = str | tuple[str, ...]
Keep: TypeAlias = Callable[[I], bool]
Read: TypeAlias = Callable[[Response], Page[I]]


def by_number(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    total: Name = (),
    more: Name = (),
    first: int | None = None,
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages that have numbers.

    Args:
        first: The number of the first page, 0 or 1; None where documentation and servers disagree:
            then the first page is asked for without a number, and what page 1 is shows when it comes.

    Example::

        read = paging.by_number(fields(), "data", total="total_count", first=1)
    """

    def read(response: Response) -> Page[I]:
        number = convert.whole(_cursor(response)) or first or 0
        items, rows = _kept(response.rows(fields, path), keep)
        promised = convert.flag(response.get(*_names(more)))
        return Page(
            items=items,
            rows=rows,
            next=str(number + 1) if rows and promised is not False else None,
            more=promised,
            total=convert.whole(response.get(*_names(total))),
            by="number",
            first=first,
        )

    return read


def by_offset(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    next: Name = (),
    total: Name = (),
    more: Name = (),
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages that begin behind a number of rows.

    Args:
        next: Where the response says at which offset the next page begins. That it is missing is no
            end, since providers don't document that; a larger one is followed behind a full page.

    Example::

        read = paging.by_offset(fields(), "generations", more="has_more")
    """

    def read(response: Response) -> Page[I]:
        items, rows = _kept(response.rows(fields, path), keep)
        counted = (convert.whole(_cursor(response)) or 0) + len(rows)
        promised = convert.flag(response.get(*_names(more)))
        # The offset behind a page that isn't full is where it would have ended: no rows were passed over.
        full = promised or response.query is None or len(rows) >= response.query.page_size
        given = (full and convert.whole(response.get(*_names(next)))) or 0
        # Some servers give a next offset for ever, so behind an empty page only a promise counts.
        ends = promised is False or not (rows or (promised and given > counted))
        return Page(
            items=items,
            rows=rows,
            next=None if ends else str(max(counted, given)),
            more=promised,
            total=convert.whole(response.get(*_names(total))),
            by="offset",
        )

    return read


def by_token(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    next: Name,
    more: Name = (),
    total: Name = (),
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages that name the next one by a token; the token itself promises another page.

    Args:
        next: Where the response has the token; none, null or an empty text is the end.
        more: As above; False is the end, token or not.

    Example::

        read = paging.by_token(fields(), "data", next="next_token", more="has_more")
    """

    def read(response: Response) -> Page[I]:
        items, rows = _kept(response.rows(fields, path), keep)
        following, promised = _following(
            response.get(*_names(next)), convert.flag(response.get(*_names(more)))
        )
        said = convert.whole(response.get(*_names(total)))
        return Page(items=items, rows=rows, next=following, more=promised, total=said)

    return read


def by_next_url(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    next: Name,
    more: Name = (),
    total: Name = (),
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages that give the next one's URL, absolute or relative to that of the page.

    The key only ever goes to the account's own origin, which is checked before the URL is asked for.

    Args:
        next: Where the response has the URL, absolute or relative; none, null or empty is the end.
        more: As above; False is the end, URL or not.

    Example::

        first = Request.of(list_videos, read=paging.by_next_url(fields(), "results", next="next"))
        return evolve(first, path=query.cursor or first.path)
    """
    read = by_token(fields, path, next=next, more=more, total=total, keep=keep)
    return lambda it: evolve(page := read(it), next=page.next and it.resolve(page.next))


def by_last_id(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    last: Name = "last_id",
    more: Name = (),
    total: Name = (),
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages that come after a row, which is named by its id.

    Args:
        last: Where the response says the last row's id. The row's own id is asked with first, this
            one where it differs and the row's own leads nowhere.

    Example::

        read = paging.by_last_id(fields(), "data", more="has_more")
    """

    def read(response: Response) -> Page[I]:
        items, rows = _kept(response.rows(fields, path), keep)
        promised = convert.flag(response.get(*_names(more)))
        named = [id for id in rows if id]
        given = convert.text(response.get(*_names(last)))
        following = named[-1] if named else given if promised else None
        return Page(
            items=items,
            rows=rows,
            next=None if promised is False else following,
            more=promised,
            total=convert.whole(response.get(*_names(total))),
            by="id",
            also=(given,) if given and given != following else (),
        )

    return read


def by_time_window(
    fields: FieldMap[I, Any],
    path: str = "",
    *,
    time: str = "created_at",
    next: Name = (),
    more: Name = (),
    total: Name = (),
    keep: Keep[I] | None = None,
) -> Read[I]:
    """Read pages, newest first, of what was made before a time.

    The next page is asked for from a second after the oldest row on, so that rows that were made at the
    same moment as that one are not missed; the listing drops those that it has. The time is sent as the
    rows have it: seconds or milliseconds since 1970, or ISO 8601 in UTC.

    Args:
        time: The field of a row that has its time.
        next: Where the response says the time of the next page, if it does; null there is the end.

    Example::

        read = paging.by_time_window(fields(), "items", next=("next_cursor", "nextCursor"))
    """

    def read(response: Response) -> Page[I]:
        found = response.rows(fields, path)
        items, rows = _kept(found, keep)
        promised = convert.flag(response.get(*_names(more)))
        if next and promised is None:
            promised = response.get(*_names(next)) is not None
        said = [nested(one.raw, time) for one in found if one is not None]
        times = [(made, each) for each in said if (made := convert.time(each)) is not None]
        following = spans.second_after(*min(times, key=lambda one: one[0])) if times else None
        if following is None or following == _cursor(response):  # a page of one moment alone
            following = convert.text(response.get(*_names(next)))
        return Page(
            items=items,
            rows=rows,
            next=None if promised is False else following,
            more=promised,
            total=convert.whole(response.get(*_names(total))),
        )

    return read


def whole(
    fields: FieldMap[I, Any], path: str = "", *, total: Name = (), keep: Keep[I] | None = None
) -> Read[I]:
    """Read a list that comes in one response; fewer rows than the total end the listing in an error.

    Example::

        read = paging.whole(fields(), "avatars", total="total_count")
    """

    def read(response: Response) -> Page[I]:
        items, rows = _kept(response.rows(fields, path), keep)
        said = convert.whole(response.get(*_names(total)))
        return Page(items=items, rows=rows, more=(said or 0) > len(rows), total=said)

    return read


def _kept(
    found: tuple[I | None, ...], keep: Keep[I] | None
) -> tuple[tuple[I, ...], tuple[str, ...]]:
    """Return the items that belong to the listing, and the ids of all rows."""
    rows = [one.id if one is not None else "" for one in found]
    return tuple(filter(keep, filter(None, found))), tuple(rows)


def _following(said: Any, promised: bool | None) -> tuple[str | None, bool | None]:
    """Return the next cursor and whether there is more; something that is no text is a broken promise."""
    if promised is False or said in (None, "", False):
        return None, promised
    return convert.text(said), True


def _cursor(response: Response) -> str | None:
    return response.query.cursor if response.query else None


def _names(name: Name) -> tuple[str, ...]:
    return (name,) if isinstance(name, str) else name
