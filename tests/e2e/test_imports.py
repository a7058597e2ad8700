"""A plugin costs its name until its provider is used."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

COUNT = """
import sys
from polyreel import Hub
with Hub() as hub:
    print(sorted(hub.accounts))
print(sorted(name for name in sys.modules if name.startswith("polyreel_plugins.")))
"""


@pytest.mark.parametrize(
    ("environ", "accounts", "plugins"),
    [
        ({}, [], []),
        ({"FAL_KEY": "k"}, ["fal"], ["polyreel_plugins.fal"]),
        ({"TAVUS_BASE_URL": "http://127.0.0.1:1"}, ["tavus"], ["polyreel_plugins.tavus"]),
    ],
)
def test_a_hub_imports_the_plugins_of_its_accounts_alone(
    environ: dict[str, str], accounts: list[str], plugins: list[str]
) -> None:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    run = subprocess.run(
        [sys.executable, "-c", COUNT],
        capture_output=True,
        text=True,
        env={**bare, "POLYREEL_CONFIG": os.devnull, **environ},
    )
    assert run.stdout.splitlines() == [str(accounts), str(plugins)], run.stderr
