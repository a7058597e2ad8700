"""Lists that give only so much time at once, such as a day: they are read span after span."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from polyreel import convert
from polyreel.fields import I
from polyreel.models import ListQuery, Page
from polyreel.request import Response

_SECOND = timedelta(seconds=1)


@frozen
class Span:
    """The span of time that a page is of.

    Attributes:
        since: Its begin, aware UTC.
        until: Its end, aware UTC.
        oldest: How far back the listing goes; a span that reaches it is the last.
        cursor: The cursor of the page among those of the span, None for the first.
    """

    since: datetime
    until: datetime
    oldest: datetime
    cursor: str | None = None

    @classmethod
    def of(cls, query: ListQuery, length: timedelta) -> Span:
        """Return the span of the page that is asked for; the first one ends at ``query.until``.

        Args:
            query: The query; of a resource with ``span`` it always has since and until.
            length: How long a span is at most.
        """
        end, _, cursor = (query.cursor or "").partition("|")
        until = datetime.fromisoformat(end) if end else query.until or datetime.now(UTC)
        oldest = query.since or until - length
        return cls(max(oldest, until - length), until, oldest, cursor or None)


def by_span(span: Span, read: Callable[[Response], Page[I]]) -> Callable[[Response], Page[I]]:
    """Read the pages of one span after another, the newest first, each with the reader of its own pages.

    A span begins a second before the one that was read ends, so that what was made at that moment is not
    missed; the listing drops what it has. A listing therefore ends at ``query.since``, and a span without
    items is no end.

    Example::

        span = paging.Span.of(query, timedelta(hours=24))
        return Request.of(
            list_tasks,
            start_time=span.since,
            end_time=span.until,
            page=span.cursor,
            read=paging.by_span(span, paging.by_number(fields(), "data", first=1)),
        )
    """

    def read_span(response: Response) -> Page[I]:
        query = response.query and evolve(response.query, cursor=span.cursor)
        page = read(evolve(response, query=query))
        following, more = page.next, page.more
        if following is not None:
            following = f"{span.until.isoformat()}|{following}"
        elif not more and span.since > span.oldest:
            following, more = f"{(span.since + _SECOND).isoformat()}|", None
        rows = page.rows or tuple(item.id for item in page.items)
        return Page(items=page.items, rows=rows, next=following, more=more, by="span")

    return read_span


def second_after(moment: datetime, said: Any) -> str:
    """Write the time a second later in the way in which the provider writes it."""
    if (stamp := convert.number(said)) is not None:
        return str(int(stamp) + (1000 if stamp > 10**11 else 1))  # milliseconds since about 1973
    return (moment + _SECOND).isoformat().replace("+00:00", "Z")
