"""What docs/notebooks.md shows runs, and the example notebook can be run from its first cell to its last."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from polyreel import sandbox

DOCS = Path(__file__).parents[2] / "docs"


def test_the_code_of_the_page_runs_in_its_order(tmp_path: Path) -> None:
    for name in ("polars", "duckdb", "arro3.core"):
        pytest.importorskip(name)
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "notebooks.md").read_text(), re.DOTALL)
    with sandbox.serve(items={"videos": 3, "replicas": 0}) as box:
        environ = {**os.environ, **box.environment(), "POLYREEL_LIBRARY": str(tmp_path / "none.db")}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", "".join(blocks)],
            env=environ,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert "provider" in done.stdout
    assert "seconds" in done.stdout


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_example_notebook_runs() -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(DOCS / "examples/explore.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit it without outputs"
    nbclient.NotebookClient(notebook, timeout=120).execute()

    shown = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    listing = shown[1][0]["data"]["text/html"]
    assert "Listing of videos" in listing
    assert "tavus" in listing
    assert "text/html" in shown[2][0]["data"]
    assert "created_at" in shown[4][0]["data"]["text/html"]
