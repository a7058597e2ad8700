"""A provider whose documentation is ours to change: its pages, and the folder of its spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from polyreel.codegen.refreshing.refresh import SpecOutcome, refresh

LIST = """\
# List reels

> ## Documentation Index
> Everything that is documented stands in https://docs.reelhouse.example/llms.txt

## OpenAPI

````yaml reelhouse.yaml get /v1/reels
openapi: 3.0.3
info:
  title: The Reelhouse
  version: 2.1.0
servers:
  - url: https://api.reelhouse.example
paths:
  /v1/reels:
    get:
      operationId: listReels
      tags:
        - Reels
      parameters:
        - in: query
          name: limit
          schema:
            type: integer
          description: How many reels come back at once. Default is 20.
        - in: query
          name: page
          schema:
            type: integer
          description: Which page of the shelf to show. Default is 1.
      responses:
        '200':
          description: ''
          content:
            application/json:
              schema:
                type: object
                required:
                  - data
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      required:
                        - reel_id
                      properties:
                        reel_id:
                          type: string
                          description: What the reel is called by machines.
                        state:
                          type: string
                          enum:
                            - spooling
                            - ready
                          description: How far the projectionist has come.
                        poster_url:
                          type: string
                          description: Where a poster hangs.
                  total_count:
                    type: integer
                    description: How many reels stand on the shelf.
      security:
        - key: []
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: x-reel-key
````
"""

GET = """\
# Get a reel

````yaml reelhouse.yaml get /v1/reels/{reel_id}
openapi: 3.0.3
info:
  title: The Reelhouse
  version: 2.1.0
servers:
  - url: https://api.reelhouse.example
paths:
  /v1/reels/{reel_id}:
    get:
      operationId: getReel
      tags:
        - Reels
      parameters:
        - in: path
          name: reel_id
          required: true
          schema:
            type: string
          description: Which reel to take off the shelf.
      responses:
        '200':
          description: ''
          content:
            application/json:
              schema:
                type: object
                properties:
                  reel_id:
                    type: string
                  length_seconds:
                    type: number
                    description: How long it runs.
      security:
        - key: []
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: x-reel-key
````
"""

PAGES: Mapping[str, str] = {"list-reels.md": LIST, "get-reel.md": GET}
OPERATIONS = {"list-reels.md": "GET /v1/reels", "get-reel.md": "GET /v1/reels/{reel_id}"}
TODAY = date(2026, 3, 14)


class Shelf:
    """A source tree with one provider, ``reelhouse``, and a folder with copies of its pages.

    Args:
        root: An empty folder.
        base: Where the pages are published.
    """

    def __init__(self, root: Path, base: str = "https://docs.reelhouse.example") -> None:
        self.root = root
        self.specs = root / "specs"
        self.folder = self.specs / "reelhouse"
        self.pages = root / "pages"
        self.base = base
        self.folder.mkdir(parents=True)
        self.pages.mkdir()
        self.name_sources()
        for file, text in PAGES.items():
            self.write(file, text)

    def name_sources(self, files: Iterable[str] = PAGES, *, more: str = "") -> None:
        """Write sources.toml."""
        tables = [
            f'[[sources]]\nurl = "{self.base}/{file}"\nfile = "{file}"\noperations = ["{OPERATIONS[file]}"]\n'
            for file in files
        ]
        (self.folder / "sources.toml").write_text(
            "\n".join(['title = "Reelhouse"\n', *tables, more])
        )

    def write(self, file: str, content: str | bytes) -> Path:
        """Put a copy of a page into the folder."""
        path = self.pages / file
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, old: str, new: str, file: str = "list-reels.md") -> Path:
        """Change a copy as an editor of the documentation would."""
        text = (self.pages / file).read_text()
        assert old in text
        return self.write(file, text.replace(old, new))

    def refresh(self, start: Path | None = None, **options: Any) -> SpecOutcome:
        """Refresh from the folder of copies, or from somewhere else."""
        [outcome] = refresh(
            specs=self.specs, start=start or self.pages, **{"today": TODAY, **options}
        )
        return outcome

    def fetch(self, **options: Any) -> SpecOutcome:
        """Refresh from where the pages are published."""
        [outcome] = refresh(specs=self.specs, **{"today": TODAY, **options})
        return outcome

    def stored(self) -> dict[str, tuple[bytes, int]]:
        """Return every file of the provider, with its bytes and when it was written."""
        return {
            path.name: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.folder.iterdir())
        }


def rules(outcome: SpecOutcome) -> list[tuple[str, str, str]]:
    """Return the level, rule and place of every change."""
    assert outcome.report is not None
    return [(str(each.level), each.rule, each.place) for each in outcome.report.changes]
