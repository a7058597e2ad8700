"""Write the documents that are made from the code, or check them: ``python tools/docs.py [--check]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from documentation import api, cli, hooks, overlays, providers, reliability
from polyreel.codegen.diff import handbook

ROOT = Path(__file__).resolve().parent.parent

DOCUMENTS: Mapping[str, Callable[[str], str]] = {
    "README.md": providers.with_table,
    "docs/api.md": lambda _: api.page(),
    "docs/cli.md": lambda _: cli.page(),
    "docs/hooks.md": lambda _: hooks.page(),
    "docs/plugins.md": overlays.with_reference,
    "docs/reliability.md": lambda _: reliability.page(),
    "docs/diff-rules.md": lambda _: handbook.page(),
}
"""Each document's path, and what makes it of what stands there now."""


def main() -> int:
    """Write what is stale, or with --check name it and fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is stale"
    )
    check = parser.parse_args().check
    stale = 0
    for name, make in DOCUMENTS.items():
        path = ROOT / name
        now = path.read_text("utf-8") if path.exists() else ""
        if (wanted := make(now)) == now:
            continue
        stale += 1
        if check:
            print(f"{name} is stale; run: make docs", file=sys.stderr)
        else:
            path.write_text(wanted, "utf-8")
            print(f"{name}: written")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
