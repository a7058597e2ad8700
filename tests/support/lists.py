"""Lists that change while they are read, served as providers serve them; written from the protocols.

Each server keeps its rows, changes them by a script before it answers, and knows which of them existed
throughout. It answers JSON; what a plugin makes of it is a reader of ``polyreel.paging``.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polyreel import (
    FieldMap,
    InvalidRequest,
    ListQuery,
    NotFound,
    Page,
    PolyreelError,
    Response,
    Video,
    paging,
)
from polyreel.listing.cursors import Binding, Cursor, Position, encode
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.list_source import ListSource, Wanted

ACCOUNT = "acme"


class Anything:
    """Stands for a generated model; nobody looks at its fields."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Anything:
        return cls()


FIELDS: FieldMap[Video, Any] = FieldMap(Video, Anything, id="id", fields={})
_SEALED = str.maketrans("0123456789", "qwertyuiop")  # a number that nobody can read
_UNSEALED = str.maketrans("qwertyuiop", "0123456789")
Change = Callable[["Server"], None]
Read = Callable[[Response], Page[Video]]


@dataclass
class Server:
    """A provider's list.

    Attributes:
        size: How many rows there are when the listing begins, newest first.
        style: How it pages; one of ``STYLES``.
        cap: The most rows that a page has, whatever is asked for.
        fixed: The page size, if the server doesn't heed the one that it is asked for.
        says_more: Whether it says if there is more.
        says_total: Whether it says how many rows there are.
        dead: What an id that isn't there any more gets: ``empty``, ``refuse`` or ``place`` (of a
            server that compares keys, for which a deleted row still has its place).
        base: The number of the first page.
        change: What happens before each request but the first.
    """

    size: int
    style: str = "number"
    cap: int = 1000
    fixed: int | None = None
    says_more: bool = False
    says_total: bool = False
    dead: str = "empty"
    base: int = 0
    beyond: str = "empty"
    change: Change | None = None
    requests: int = 0
    asked: list[tuple[str | None, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = list(range(self.size, 0, -1))
        self.constant = set(self.rows)
        self.next_row = self.size + 1
        self.last_row = 0

    # What happens to it

    def insert(self, count: int, place: int = 0) -> None:
        for _ in range(count):
            self.rows.insert(place, self.next_row)
            self.next_row += 1

    def append(self, count: int) -> None:
        for _ in range(count):
            self.last_row -= 1
            self.rows.append(self.last_row)

    def delete(self, place: int, count: int = 1) -> None:
        for row in self.rows[place : place + count]:
            self.rows.remove(row)
            self.constant.discard(row)

    # How it answers

    def serve(self, query: ListQuery) -> Page[Video] | PolyreelError:
        if self.requests and self.change:
            self.change(self)
        self.requests += 1
        self.asked.append((query.cursor, query.page_size))
        limit = self.fixed or min(query.page_size, self.cap)
        try:
            body = getattr(self, f"_by_{self.style}")(query.cursor, limit)
        except PolyreelError as error:
            return error
        try:
            return READERS[self.style](self)(
                Response(data=body, provider=ACCOUNT, account=ACCOUNT, query=query)
            )
        except PolyreelError as error:
            return error

    def _body(self, start: int, limit: int, **more: Any) -> dict[str, Any]:
        shown = self.rows[start : start + limit]
        body = {"data": [{"id": f"v{row}"} for row in shown], **more}
        if self.says_total:
            body["total"] = len(self.rows)
        if self.says_more:
            body["has_more"] = start + limit < len(self.rows)
        return body

    def _by_number(self, cursor: str | None, limit: int) -> dict[str, Any]:
        index = 0 if cursor is None else max(0, int(cursor) - self.base)
        pages = max(1, -(-len(self.rows) // limit))
        if index >= pages and self.beyond == "refuse":
            raise InvalidRequest("no such page")
        if index >= pages and self.beyond == "last":
            index = pages - 1
        return self._body(index * limit, limit)

    def _by_offset(self, cursor: str | None, limit: int) -> dict[str, Any]:
        return self._body(int(cursor or 0), limit)

    def _by_id(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = 0
        if cursor is not None:
            row = int(cursor[1:])
            if row in self.rows:
                start = self.rows.index(row) + 1
            elif self.dead == "place":
                start = sum(one > row for one in self.rows)
            elif self.dead == "refuse":
                raise NotFound("no such video")
            else:
                return {"data": [], **({"has_more": False} if self.says_more else {})}
        return self._body(start, limit)

    def _by_token(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = 0
        if cursor is not None:
            row = int(cursor.removeprefix("token-"))
            start = sum(one >= row for one in self.rows)
        body = self._body(start, limit)
        more = start + limit < len(self.rows)
        body["next"] = f"token-{self.rows[start + limit - 1]}" if more else None
        return body

    _by_next_url = _by_token

    def _by_offset_token(self, cursor: str | None, limit: int) -> dict[str, Any]:
        return self._by_place(int(cursor or 0), limit, str)

    def _by_hidden_offset(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = json.loads(base64.b64decode(cursor))["offset"] if cursor else 0
        return self._by_place(
            start, limit, lambda place: base64.b64encode(b'{"offset":%d}' % place).decode()
        )

    def _by_sealed_offset(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = int(cursor.translate(_UNSEALED)) if cursor else 0
        return self._by_place(start, limit, lambda place: str(place).translate(_SEALED))

    def _by_offset_url(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = int(cursor.rpartition("=")[2]) if cursor else 0
        return self._by_place(start, limit, lambda place: f"/list?limit={limit}&offset={place}")

    def _by_page_url(self, cursor: str | None, limit: int) -> dict[str, Any]:
        start = int(cursor.rpartition("=")[2]) * limit - limit if cursor else 0
        return self._by_place(start, limit, lambda place: f"/list?page={place // limit + 1}")

    def _by_place(self, start: int, limit: int, token: Callable[[int], str]) -> dict[str, Any]:
        body = self._body(start, limit)
        body["next"] = token(start + limit) if start + limit < len(self.rows) else None
        return body


READERS: dict[str, Callable[[Server], Read]] = {
    "number": lambda server: paging.by_number(FIELDS, "data", total="total", more="has_more"),
    "offset": lambda server: paging.by_offset(FIELDS, "data", total="total", more="has_more"),
    "id": lambda server: paging.by_last_id(FIELDS, "data", total="total", more="has_more"),
    "token": lambda server: paging.by_token(
        FIELDS, "data", next="next", total="total", more="has_more"
    ),
    "next_url": lambda server: paging.by_next_url(FIELDS, "data", next="next", total="total"),
    **dict.fromkeys(
        ("offset_token", "hidden_offset", "sealed_offset", "offset_url", "page_url"),
        lambda server: paging.by_token(FIELDS, "data", next="next", total="total"),
    ),
}


def bookmark(positions: Mapping[str, Position]) -> str:
    return encode(
        Cursor(binding=Binding(kind="videos", accounts=tuple(positions)), positions=positions)
    )


class Listing:
    """A listing of one such server, read to its end with pages that are served in any order.

    Args:
        limit: How many items the listing is asked for.
        leave: After how many items the caller stops, though the listing would go on.
    """

    def __init__(
        self,
        server: Any,
        *,
        page_size: int = 50,
        window: int = 4,
        limit: int | None = None,
        leave: int | None = None,
        start: Position | None = None,
        shuffle: random.Random | None = None,
        most_requests: int = 2000,
    ) -> None:
        shuffle = shuffle or random.Random(0)
        start = start or Position(page_size=page_size)
        query = ListQuery(page_size=page_size)
        source = ListSource(name=ACCOUNT, account=ACCOUNT, query=query, start=start, window=window)
        engine: ListingEngine[Video] = ListingEngine(
            [source], bookmark, wanted=Wanted(), limit=limit
        )
        self.ids: list[str] = []
        self.position: Position | None = None
        self.most_waiting = 0
        waiting: list[Job] = []
        while not engine.finished:
            waiting += engine.wanted()
            assert waiting, "the listing isn't finished, but asks for nothing"
            assert server.requests < most_requests, "the listing doesn't end"
            self.most_waiting = max(self.most_waiting, len(waiting))
            job = waiting.pop(shuffle.randrange(len(waiting)))
            asked = ListQuery(page_size=job.ask.size, cursor=job.ask.cursor)
            engine.arrived(job, server.serve(asked))
            while batch := engine.take():
                room = None if leave is None else leave - len(self.ids)
                taken = [item.id for item in batch.page.items[:room]]
                self.ids += taken
                self.position = engine.positions[ACCOUNT]
                if len(self.ids) == leave:
                    self.position = batch.position(len(taken)) if taken else batch.before
                    break
            else:
                self.position = engine.positions[ACCOUNT]
                continue
            break
        self.error = engine.errors[0] if engine.errors else None
        self.requests = server.requests

    def missed(self, server: Server) -> set[str]:
        return {f"v{row}" for row in server.constant} - set(self.ids)
