"""What docs/agents.md shows can be copied: configurations that can be read, an example that runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/agents.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_each_configuration_starts_the_server() -> None:
    servers = []
    for block in blocks("json"):
        found = json.loads(block)
        servers.append((found.get("mcpServers") or found["servers"])["polyreel"])
    servers += [tomllib.loads(block)["mcp_servers"]["polyreel"] for block in blocks("toml")]
    assert len(servers) == 3
    for server in servers:
        assert Path(server["command"]).name == "polyreel"
        assert server["args"] == ["mcp"]


@pytest.mark.parametrize("code", blocks("python"))
def test_the_example_of_a_client_runs(code: str, tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    environ = {
        **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "XDG_STATE_HOME": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "'status': 'failed'" in done.stdout
