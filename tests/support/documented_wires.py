"""Lists as the providers document them, each as a function that answers requests on loopback.

Written from the providers' pages and documents as they were on 2026-11-25, not from the plugins.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from support.servers import Reply, Request

Respond = Callable[[Request], Any]


def numbered(
    rows: list[dict[str, Any]],
    page: str,
    size: str,
    *,
    first: int,
    default: int,
    total: bool = True,
) -> Respond:
    """Answer Ark's, MiniMax's (``items``, from 1) or Vidu's (``tasks``, from 0) list."""

    def respond(request: Request) -> Any:
        number = int(request.query.get(page, first)) - first
        count = int(request.query.get(size, default))
        shown = rows[number * count : (number + 1) * count]
        return {"items": shown, "total": len(rows)} if total else {"tasks": shown}

    return respond


def fal_assets(rows: list[dict[str, Any]]) -> Respond:
    """Answer fal's media library: the cursor is the next page's number in Base64."""

    def respond(request: Request) -> Any:
        if request.path != "/assets":
            found = [row for row in rows if request.path == f"/assets/{row['asset_id']}"]
            missing = {"type": "not_found", "message": "No such asset"}
            return {"asset": found[0]} if found else Reply({"error": missing}, 404)
        wanted = request.query.get("media_type")
        kept = [row for row in rows if wanted in (None, row["type"])]
        count = int(request.query.get("limit", 20))
        cursor = request.query.get("cursor")
        page = int(base64.b64decode(cursor)) if cursor else 1
        more = page * count < len(kept)
        return {
            "assets": kept[(page - 1) * count : page * count],
            "next_cursor": base64.b64encode(str(page + 1).encode()).decode() if more else None,
            "has_more": more,
            "total_count": None,
            "scope_truncated": False,
        }

    return respond


def synthesia_videos(rows: list[dict[str, Any]], *, always: bool) -> Respond:
    """Answer Synthesia's list; whether the last page lacks its nextOffset is not documented."""

    def respond(request: Request) -> Any:
        if request.headers.get("authorization") != "a-test-key":
            return Reply({"error": "forbidden"}, 403)
        start = int(request.query.get("offset", 0))
        stop = start + int(request.query.get("limit", 20))
        body: dict[str, Any] = {"videos": rows[start:stop]}
        if always or stop < len(rows):
            body["nextOffset"] = stop
        return body

    return respond


def did_lists(lists: dict[str, list[dict[str, Any]]], default: int = 100) -> Respond:
    """Answer D-ID's lists by path; each names its items after itself, and no token is the end."""

    def respond(request: Request) -> Any:
        if request.path not in lists:
            path, _, id = request.path.rpartition("/")
            found = [row for row in lists.get(path, ()) if row["id"] == id]
            missing = {"kind": "NotFoundError", "description": "not found"}
            return found[0] if found else Reply(missing, 404)
        rows = lists[request.path]
        name = request.path.rpartition("/")[2]
        start = int(request.query.get("token", "t0")[1:])
        stop = start + int(request.query.get("limit", default))
        body: dict[str, Any] = {name: rows[start:stop]}
        if stop < len(rows):
            body["token"] = f"t{stop}"
        return body

    return respond


def krea_jobs(rows: list[dict[str, Any]], key: str = "next_cursor") -> Respond:
    """Answer Krea's jobs, newest first: the cursor is the time before which they were created."""

    def respond(request: Request) -> Any:
        before = request.query.get("cursor")
        older = [row for row in rows if before is None or row["created_at"] < before]
        shown = older[: int(request.query.get("limit", 100))]
        more = len(shown) < len(older)
        return {"items": shown, key: shown[-1]["created_at"] if more else None}

    return respond


def elevenlabs_generations(rows: list[dict[str, Any]]) -> Respond:
    """Answer ElevenLabs' generations: an opaque cursor beside has_more."""

    def respond(request: Request) -> Any:
        start = int(request.query.get("cursor", "c-0")[2:])
        stop = start + int(request.query.get("page_size", 30))
        more = stop < len(rows)
        return {
            "generations": rows[start:stop],
            "next_cursor": f"c-{stop}" if more else None,
            "has_more": more,
        }

    return respond
