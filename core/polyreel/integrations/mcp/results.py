"""The tools' results, from a source: rows, cut and counted, with what is needed to go on."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from typing import Any, TypeVar, cast
from urllib.parse import quote

from polyreel.errors import InvalidRequest, PolyreelError
from polyreel.files.links import cut_links, expires_at
from polyreel.http.redaction import redact_json
from polyreel.integrations.mcp import result_limits, tools
from polyreel.integrations.mcp.cursor_store import CursorStore
from polyreel.integrations.mcp.result_limits import BoundedRows, cut_texts
from polyreel.integrations.mcp.tool_source import SearchOptions, ToolSource, names
from polyreel.models import Item, Kind, Video, render

RESOURCE = "polyreel://videos/"
"""What the address of a video's resource begins with; its uid follows, percent-encoded."""

_LONGEST_IN_LISTS = 160  # characters of a title or a prompt
_LINKS = tuple(name for name in Video.fields() if name.endswith("_url"))
_ASKED = ("query", "status", "account", "since", "until")


V = TypeVar("V")


class ToolResults:
    """Runs the tools, each method one of them; see :mod:`polyreel.integrations.mcp.tools`.

    Args:
        source: Where the data comes from.
        places: Keeps the cursors of searches.
    """

    def __init__(self, source: ToolSource, places: CursorStore) -> None:
        self._source = source
        self._places = places

    async def search_videos(self, asked: tools.SearchVideos) -> dict[str, Any]:
        """Find videos, the newest first."""
        return await self._search("videos", asked, asked.limit, asked.cursor)

    async def list_replicas(self, asked: tools.ListReplicas) -> dict[str, Any]:
        """Find replicas, the newest first."""
        return await self._search("replicas", asked, asked.limit, asked.cursor)

    async def get_video(self, asked: tools.GetVideo) -> dict[str, Any]:
        """Return the fields of one video that are known, and its links if they are asked for.

        Raises:
            PolyreelError: It can't be had, or there is no such field.
        """
        wanted = names(asked.fields)
        if unknown := [name for name in wanted if name not in Video.fields()]:
            raise InvalidRequest(
                f"videos have no field {unknown[0][:60]!r}; they have {', '.join(Video.fields())}"
            )
        video = await self._source.get(asked.uid)
        known = {
            name: value
            for name, value in video.to_dict().items()
            if value is not None and (not wanted or name in wanted)
        }
        urls = {name: known.pop(name) for name in _LINKS if name in known}
        result: dict[str, Any] = {
            "video": result_limits.shortened(known, result_limits.ROWS_TOKENS // 2)
        }
        if asked.links:
            links = BoundedRows(result_limits.ROWS_TOKENS // 2)
            fitting = {name: _link(url) for name, url in urls.items() if links.add(_link(url))}
            result["links"] = fitting
            result["left_out"] = [name for name in urls if name not in fitting] or None
        else:
            result["links_withheld"] = [*urls] or None
        address = f"{RESOURCE}{quote(video.uid, safe='', errors='replace')}"
        result["raw"] = address if len(address) < 500 else None
        return self._safe(
            {name: each for name, each in result.items() if each is not None}, [video.account]
        )

    async def list_accounts(self, asked: tools.ListAccounts) -> dict[str, Any]:
        """Describe the accounts."""
        rows = BoundedRows()
        for row in self._source.accounts():
            if row["account"] > asked.after:
                rows.add(cut_texts(row, 400))
        last = rows.rows[-1]["account"] if rows.full else None
        result = rows.result("accounts", next=last)
        return self._safe(result, [row["account"] for row in rows.rows])

    async def video_changes(self, asked: tools.VideoChanges) -> dict[str, Any]:
        """Return what changed, in the order in which it was noticed."""
        rows = BoundedRows()
        last = None
        accounts = names(asked.account)
        for change in await self._source.changes(asked.after, asked.since):
            if accounts and change.account not in accounts:
                continue
            if rows.full or len(rows.rows) == asked.limit:
                rows.full = True
                break
            row = {name: getattr(change, name) for name in tools.ChangeRow.__annotations__}
            if rows.add(cut_texts(row, _LONGEST_IN_LISTS)):
                last = change.rev
        result = rows.result(
            "changes", next=last if rows.full else None, synced_at=self._source.changed_at()
        )
        return self._safe(result, {row["uid"].partition(":")[0] for row in rows.rows})

    async def raw(self, uid: str) -> str:
        """Return the provider's own JSON of a video, without the credentials of its links.

        Raises:
            PolyreelError: It can't be had.
        """
        video = await self._source.get(uid)
        plain = self._safe(cut_links(video.raw), [video.account])
        return render.to_json(result_limits.shortened(plain, result_limits.MOST_TOKENS // 2))

    async def _search(
        self,
        kind: Kind,
        asked: tools.SearchVideos | tools.ListReplicas,
        limit: int,
        cursor: str,
    ) -> dict[str, Any]:
        options = {name: getattr(asked, name) for name in _ASKED if hasattr(asked, name)}
        place = None
        if cursor:
            kept = self._places.find(cursor)
            given = {name: value for name, value in options.items() if value}
            if kept["kind"] != kind or any(kept["asked"][name] != given[name] for name in given):
                raise InvalidRequest(
                    "this cursor belongs to a search for something else; give it alone, or search anew"
                )
            options, place = kept["asked"], kept["place"]
        wanted = {"words" if name == "query" else name: value for name, value in options.items()}
        found = self._source.search(SearchOptions(kind=kind, limit=limit, **wanted), place)
        rows = BoundedRows()
        last = None
        async with aclosing(found.items()) as items:
            async for item in items:
                if len(rows.rows) >= limit:
                    break
                rows.add(_row(item, kind))
                last = last if rows.full else found.place
            else:
                last = last if rows.full else found.place
        kept = {"kind": kind, "asked": options, "place": last}
        result = rows.result(
            kind,
            next=None if last is None else self._places.keep(kept),
            searched=found.searched,
            synced_at=self._source.synced_at(),
            failed=result_limits.noted([_failure(error) for error in found.failed]),
        )
        every = {str(error.account) for error in found.failed}
        return self._safe(result, every | {row["uid"].partition(":")[0] for row in rows.rows})

    def _safe(self, result: V, accounts: Iterable[str]) -> V:
        """Return a result that can be sent, without the secrets that a provider may have echoed."""
        return cast(V, redact_json(result_limits.encodable(result), self._source.secrets(accounts)))


def _row(item: Item, kind: Kind) -> dict[str, Any]:
    every = item.to_dict()
    return cut_texts(
        {name: every[name] for name in tools.ROWS[kind].__annotations__}, _LONGEST_IN_LISTS
    ) | {"uid": item.uid}


def _link(url: str) -> dict[str, Any]:
    ends = expires_at(url)
    return {"url": url, "expires_at": render.iso(ends)} if ends else {"url": url}


def _failure(error: PolyreelError) -> dict[str, Any]:
    return {"account": error.account, "message": str(error)}
