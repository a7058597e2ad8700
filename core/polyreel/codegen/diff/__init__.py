"""What changed between two OpenAPI documents, and whom it breaks.

What a request sends may only widen, and what a response returns may only narrow; anything else can
break a program that was correct before. The rules are in `polyreel.codegen.diff.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from polyreel.codegen.diff import endpoints, plugin_uses, prose, security
from polyreel.codegen.diff.changes import EVERYWHERE, Change, Level, Report
from polyreel.codegen.diff.plugin_reads import Reads
from polyreel.codegen.diff.plugin_statuses import Statuses
from polyreel.codegen.diff.rules import RULES
from polyreel.codegen.diff.schema_changes import SchemaDiff
from polyreel.codegen.diff.symbols import Symbols
from polyreel.codegen.generating.overlay import Overlay
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import operations, servers
from polyreel.openapi.view import SchemaView

__all__ = ["Change", "Level", "Report", "diff"]


def diff(
    old: Document,
    new: Document,
    *,
    prose_old: Mapping[str, str] | None = None,
    prose_new: Mapping[str, str] | None = None,
    today: date | None = None,
    overlay: Overlay | None = None,
    reads: Reads | None = None,
    statuses: Statuses | None = None,
) -> Report:
    """Compare two OpenAPI 3 documents.

    Neither document is changed. Order in lists and mappings doesn't matter, and neither do
    sentences, titles and examples, nor which of OpenAPI's spellings was chosen.

    Args:
        old: The document that callers know.
        new: The one that takes its place.
        prose_old: Digests of the old descriptions by place, ``"GET /v2/videos query page"``.
        prose_new: Digests of the new ones. Descriptions are compared when both are given.
        today: The day that announced ends of service are judged by; this day (UTC) by default.
        overlay: What people add to both documents. What its annotations (``x-polyreel``) name is used
            by a plugin, so that its loss is breaking, and so is an action that no longer fits. Without
            an overlay, the old document's own annotations count.
        reads: Which fields of its items the plugin reads, as :func:`reads` finds them.
        statuses: What the plugin makes of status words, as :func:`statuses` finds it.

    Raises:
        SpecError: A document is no OpenAPI 3, or is broken where it must be looked at.
    """
    for name, document in (("old", old), ("new", new)):
        if not str(document.get("openapi", "")).startswith("3."):
            raise SpecError(f"the {name} document is no OpenAPI 3: it has no 'openapi: 3.…'")
    views = SchemaView(old), SchemaView(new)
    schemas = SchemaDiff(*views, Symbols(*views))
    matching = endpoints.match(
        operations(old, views[0].references), operations(new, views[1].references)
    )
    today = today or datetime.now(UTC).date()
    changes = list(endpoints.compare(old, new, matching, schemas, today))
    changes += (
        RULES[finding.rule].at(EVERYWHERE, place, **finding.facts)
        for place, finding in security.compare_servers(servers(old), servers(new))
    )
    if prose_old is not None and prose_new is not None:
        changes += prose.compare(prose_old, prose_new, matching, changes)
    renamed = {pair.old.name: pair.new.name for pair in matching.both}
    return Report(
        tuple(
            plugin_uses.concern_plugin(changes, old, new, overlay, renamed, reads or {}, statuses)
        )
    )
