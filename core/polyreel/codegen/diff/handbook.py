"""The documentation of the diff's rules, docs/diff-rules.md: ``python -m polyreel.codegen.diff.handbook``."""

from __future__ import annotations

import sys

from polyreel.codegen.diff.changes import Level
from polyreel.codegen.diff.rules import RULES

_INTRODUCTION = """\
# What a spec diff reports

<!-- Generated: python -m polyreel.codegen.diff.handbook > docs/diff-rules.md -->

`polyreel spec diff OLD NEW` compares two OpenAPI 3 documents. Its levels follow one principle:
**what a request sends may only widen, and what a response returns may only narrow.** Anything else
can break a program that was correct before.

| level | meaning |
| --- | --- |
| breaking | a correct caller of the old API, or an importer of its client, fails with the new one |
| warning | nobody fails by rule, yet somebody should look: behaviour shifts, or is about to |
| info | safe for every caller |

`--fail-on LEVEL` makes the command exit with 1 when there is a change of that level or a worse one.
`--format json` prints
`{"changes": [{"level", "rule", "operation", "place", "text"}], "summary": {level: count}}`.

A change names its operation in the new document's spelling, or `*` for the whole document, and its
place: `query limit`, `path video_id`, `header x-team`, `request body .scenes[].text`,
`200 data[].status`, `200 header x-cost`; `[]` is the items of a list, `.*` the properties without
a name of their own. Rules that begin with `request-` hold for parameters and for bodies.

A component that an operation uses at several places is reported once for it, at the place nearest
to the root. Order doesn't matter, nor do sentences, titles and examples, nor spelling:
`nullable: true`, `type: [T, "null"]` and a union with null are one thing, and so are a union of
plain types and a list of types, a constant and a list of one value, `allOf` and its parts put
together, a security scheme under another name, and a path whose parameters are only renamed.
A `$ref` with keywords beside it is all of them at once, and unions inside unions are the members that
they have. Members of two unions correspond when they are written alike, are the same component, have
the same fixed values (`model: {const: gen4}`), or else are most alike without such values that differ.

What a plugin uses is ours: the operations that an overlay annotates with `x-polyreel`, and the
parameters and fields that it names there; and, where the plugin of the overlay's folder's name is
installed, each field that it makes something of, which is found by trying it on items with and without
the field. A change that takes one of them away is breaking, whatever its rule says below, and its text
says "the plugin reads this". So is each action of the overlay that no longer fits. The overlay is
`overlay.yaml` beside the new spec or the old one, or `--overlay FILE`; `spec refresh`, and with it the
daily watch, uses the provider's own. New words of an item's status are tried on the plugin, too, and named
where it doesn't know them.

An `x-extensible-enum` lists known values of an open set. Callbacks and webhooks are not compared.
"""

DIFFERENCES = {
    "operation-removed-after-deprecation": "The removal was announced; redocly doesn't look at "
    "that.",
    "symbol-renamed": "The wire is the same, but the generated client's names are not.",
    "index-base-changed": "Only `x-index-base` says where counting starts.",
    "parameter-removed": "Most servers ignore what they don't know.",
    "request-pattern-changed": "No machine can say whether the new pattern refuses old values.",
    "request-bound-loosened": "A step that divides the old one allows all that was allowed.",
    "request-constraint-changed": "No rule can judge it, so somebody should look.",
    "request-body-added-required": "Calls without a body are refused; redocly looks only at bodies "
    "that were there before.",
    "error-status-removed": "There is less to handle, and any error may come undocumented anyway.",
    "response-header-removed": "The header was optional.",
    "response-header-became-optional": "As for a property that may be missing; redocly has no rule.",
    "security-added": "Where an operation loses its own `security: []`, the document's holds; "
    "redocly looks only at what an operation says itself.",
    "response-optional-property-removed": "Callers had to expect that it is missing.",
    "response-enum-value-added": "Generated clients read lists of values as open ones.",
    "response-enum-opened": "As for a value that is added.",
    "response-became-not-nullable": "A union that loses only its null narrows.",
    "response-extra-properties-allowed": "Readers ignore properties that they don't know.",
}
"""Rules whose level is not what ``redocly diff`` says of the same change, and why."""

_DIFFERENCES = """\
## Where `redocly diff` says something else

The verdicts were compared with those of `@redocly/cli` 2.77.0 (`extends: [diff-recommended]`, its
*major* being our *breaking*) on every change of the test catalogue. They differ here, knowingly.
In histories of published specs it also takes a server, or a member of a union, for removed when
nothing but its sentence changed; here that is no change.

| rule | ours | why |
| --- | --- | --- |
"""


def page() -> str:
    """Return the whole page."""
    parts = [_INTRODUCTION]
    for level in Level:
        parts.append(f"\n## {level.value.capitalize()}\n\n| rule | what it says | why |\n")
        parts.append("| --- | --- | --- |\n")
        parts += (
            f"| `{rule.id}` | {rule.sentence.replace('{', '*').replace('}', '*')} | {rule.why} |\n"
            for rule in RULES.values()
            if rule.level is level
        )
    parts += ["\n", _DIFFERENCES]
    parts += (f"| `{id}` | {RULES[id].level} | {why} |\n" for id, why in DIFFERENCES.items())
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
