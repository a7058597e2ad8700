"""``python -m polyreel.cli.tour``: the main commands, run against the sandbox over real sockets."""

from __future__ import annotations

import os
import shlex
import sys

import httpx

from polyreel import Hub
from polyreel.cli import main
from polyreel.cli.gallery_command import gallery_of
from polyreel.sandbox import serve


def tour() -> int:
    """Run the commands that a newcomer would try, each shown before it runs.

    Returns:
        The worst exit code of all.
    """
    with serve(items={"videos": 5, "replicas": 3}) as box:
        os.environ.update(box.environment())
        with Hub(box.accounts()) as hub:
            uids = {item.account: item.uid for item in hub.videos.list(status="ready")}
        names = ", ".join(sorted(box.providers))
        print(f"A sandbox of {names} listens on {box.origin}; no key is needed.")
        commands = [
            "providers",
            "videos list",
            "replicas list",
            *(f"videos get {uid}" for uid in sorted(uids.values())),
            "videos list --status ready --limit 1 --format jsonl",
        ]
        codes = [_show(command) for command in commands]
        print("\nFor your own accounts set TAVUS_API_KEY, OPENAI_BASE_URL, …; see: polyreel doctor")
        with Hub(box.accounts()) as hub, gallery_of(hub) as address:
            shown = httpx.get(f"{address}api/facets", trust_env=False).raise_for_status().json()
            print(
                f"A gallery shows these {shown['total']} videos: {address} (make gallery keeps it open)"
            )
    return max(codes)


def _show(command: str) -> int:
    print(f"\n$ polyreel {command}", flush=True)
    return main(shlex.split(command))


if __name__ == "__main__":
    sys.exit(tour())
