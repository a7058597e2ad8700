"""The table of rules: what is looked for, how much it matters, what is said, and why.

The principle behind the levels: what a request sends may only widen, and what a response returns
may only narrow. Anything else can break a program that was correct before.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.changes import Change, Level

SHOWN = 60
"""A value from a spec is cut to so many characters in a report."""


@frozen
class Rule:
    """One kind of change.

    Attributes:
        id: Its stable name, in reports and in JSON.
        level: How much such a change matters.
        sentence: What a report says, with ``{names}`` for the facts.
        why: What the change means for a caller.
    """

    id: str
    level: Level
    sentence: str
    why: str

    def at(self, operation: str, place: str, **facts: str) -> Change:
        """Make a change of this kind; ``facts`` fill the sentence."""
        text = self.sentence.format(**facts)
        return Change(level=self.level, rule=self.id, operation=operation, place=place, text=text)


def visible(text: str) -> str:
    """Write a text of a spec on one line, with nothing that a terminal or Markdown would obey."""
    plain = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return "".join(plain).replace("`", "'")


def shown(value: Any) -> str:
    """Write a value of a spec for a report: in backticks, harmless and short."""
    text = visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"`{text}`" if len(text) <= SHOWN else f"`{text[: SHOWN - 1]}…`"


def literal(value: Any) -> str:
    """Write a JSON value as `shown` does, and in quotes a text that would read as another value."""
    return shown(json.dumps(value) if isinstance(value, str) and _reads_as_json(value) else value)


def _reads_as_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def listed(values: Any) -> str:
    """Write several JSON values, parted by commas, in a fixed order."""
    return ", ".join(sorted(literal(value) for value in values))


_B, _W, _I = Level.BREAKING, Level.WARNING, Level.INFO

# fmt: off
_TABLE: tuple[tuple[str, Level, str, str], ...] = (
    # operations
    ("operation-added", _I, "The operation is new.",
     "Nobody used it yet."),
    ("operation-removed", _B, "The operation is gone{how}.",
     "Every call of it fails. It was not deprecated, or its announced end lies ahead."),
    ("operation-removed-after-deprecation", _I, "The operation is gone, as announced{how}.",
     "It was deprecated, and no announced end lies ahead."),
    ("operation-deprecated", _W, "The operation is deprecated now.",
     "It works today and will be removed: move off it."),
    ("operation-undeprecated", _I, "The operation is no longer deprecated.",
     "It stays."),
    ("sunset-announced", _W, "Its end is announced for {new}{before}.",
     "It works until that day: move off it."),
    ("sunset-withdrawn", _I, "Its announced end, {old}, is withdrawn.",
     "It stays."),
    # parameters
    ("parameter-added-required", _B, "A required parameter is new.",
     "Calls without it are refused."),
    ("parameter-added-optional", _I, "An optional parameter is new.",
     "Calls without it work."),
    ("parameter-removed", _W, "The parameter is gone.",
     "Most servers ignore what they don't know, but what it asked for no longer happens."),
    ("parameter-moved", _B, "The parameter moved here from {old}.",
     "Where callers send it, it is no longer read."),
    ("parameter-became-required", _B, "The parameter became required.",
     "Calls without it are refused."),
    ("parameter-became-optional", _I, "The parameter became optional.",
     "Whoever sends it may go on."),
    ("parameter-deprecated", _W, "The parameter is deprecated now.",
     "It works today and will be removed."),
    ("parameter-serialization-changed", _B,
     "The way it is written into the request changed from {old} to {new}.",
     "The same value is sent in a form that the server no longer reads."),
    ("index-base-changed", _B, "Counting starts at {new}, no longer at {old}.",
     "The same number asks for another page: one is read twice or never."),
    ("index-base-stated", _I, "Where counting starts is {what}.",
     "The facts are known better or worse; the service need not have changed."),
    # request bodies
    ("request-body-added-required", _B, "A required request body is new.",
     "Calls without it are refused."),
    ("request-body-added-optional", _I, "An optional request body is new.",
     "Old calls work."),
    ("request-body-removed", _B, "The request body is gone.",
     "What callers send is not read."),
    ("request-body-became-required", _B, "The request body became required.",
     "Calls without it are refused."),
    ("request-body-became-optional", _I, "The request body became optional.",
     "Old calls work."),
    ("request-media-type-removed", _B, "The media type {old} is no longer accepted.",
     "Bodies of that type are refused."),
    ("request-media-type-added", _I, "The media type {new} is accepted too.",
     "Old calls work."),
    ("request-property-added-required", _B, "A required property is new.",
     "Requests without it are refused."),
    ("request-property-added-optional", _I, "An optional property is new.",
     "Old calls work."),
    ("request-property-removed", _W, "The property is gone.",
     "Most servers ignore what they don't know, but what it asked for no longer happens."),
    ("request-property-refused", _B,
     "The property is gone, and no others than the named ones are allowed.",
     "Requests that send it are refused."),
    ("request-property-became-required", _B, "The property became required.",
     "Requests without it are refused."),
    ("request-property-became-optional", _I, "The property became optional.",
     "Old calls work."),
    ("request-property-deprecated", _W, "The property is deprecated now.",
     "It works today and will be removed."),
    # what a request may hold: parameters and bodies alike
    ("request-type-changed", _B, "The type changed from {old} to {new}.",
     "Values that were fine are refused."),
    ("request-type-widened", _I, "The type widened from {old} to {new}.",
     "Old values are fine."),
    ("request-became-nullable", _I, "It may be null now.",
     "Old values are fine."),
    ("request-became-not-nullable", _B, "It may no longer be null.",
     "A null is refused."),
    ("request-enum-value-removed", _B, "No longer allowed: {old}.",
     "Requests with such a value are refused."),
    ("request-enum-value-added", _I, "Allowed too: {new}.",
     "Old values are fine."),
    ("request-enum-closed", _B, "Only these values are allowed now: {new}.",
     "Other values, fine before, are refused."),
    ("request-enum-opened", _I, "Values other than {old} are allowed now.",
     "Old values are fine."),
    ("request-const-changed", _B, "The only allowed value changed from {old} to {new}.",
     "The old value is refused."),
    ("request-known-value-removed", _W, "No longer among the known values: {old}.",
     "The list is open, so they may still work."),
    ("request-known-value-added", _I, "Known values too: {new}.",
     "Old values are fine."),
    ("request-bound-set", _B, "There is a {bound} now: {new}.",
     "Values beyond it, fine before, are refused."),
    ("request-bound-tightened", _B, "The {bound} tightened from {old} to {new}.",
     "Values between the two are refused."),
    ("request-bound-loosened", _I, "The {bound} loosened from {old} to {new}.",
     "Old values are fine."),
    ("request-format-changed", _B, "The format changed from {old} to {new}.",
     "Values of another form are refused."),
    ("request-format-widened", _I, "The format widened from {old} to {new}.",
     "Old values are fine."),
    ("request-pattern-set", _B, "There is a pattern now: {new}.",
     "Other values are refused."),
    ("request-pattern-changed", _W, "The pattern changed from {old} to {new}.",
     "No machine can say which values it loses: compare the two."),
    ("request-pattern-removed", _I, "The pattern {old} is gone.",
     "Old values are fine."),
    ("request-default-changed", _W, "The default changed from {old} to {new}.",
     "Who leaves it out gets something else, and a generated client sends its default."),
    ("request-variant-removed", _B, "No longer accepted: {old}.",
     "Such values are refused."),
    ("request-variant-added", _I, "Accepted too: {new}.",
     "Old values are fine."),
    ("request-extra-properties-refused", _B,
     "Properties other than the named ones are refused now.",
     "Requests that send any fail."),
    ("request-extra-properties-allowed", _I,
     "Properties other than the named ones are allowed now.",
     "Old requests are fine."),
    ("request-constraint-changed", _W,
     "A condition that no rule here can judge changed: {keyword}.",
     "Compare the two: it may refuse what was fine."),
    # responses
    ("success-status-removed", _B, "The success status is gone.",
     "A caller that waits for it never sees it."),
    ("success-status-added", _I, "A success status is new.",
     "Callers that know the others go on as before."),
    ("error-status-removed", _I, "The error status is gone.",
     "There is less to handle."),
    ("error-status-added", _I, "An error status is new.",
     "Callers must expect undocumented errors anyway; this one is documented now."),
    ("response-media-type-removed", _B, "The media type {old} is no longer returned.",
     "Who reads it gets another one."),
    ("response-media-type-added", _I, "The media type {new} may be returned too.",
     "Who asks for the old one gets it."),
    ("response-header-removed", _W, "The header is gone.",
     "Who reads it finds nothing."),
    ("response-required-header-removed", _B, "The header, which always came, is gone.",
     "Who relies on it fails."),
    ("response-header-added", _I, "A header is new.",
     "Who doesn't know it ignores it."),
    ("response-header-became-optional", _B, "The header may be missing now.",
     "Who relies on it fails."),
    ("response-header-became-required", _I, "The header always comes now.",
     "A promise more."),
    ("response-property-added", _I, "A property is new.",
     "Who doesn't know it ignores it."),
    ("response-required-property-removed", _B, "The property, which always came, is gone.",
     "Who relies on it fails."),
    ("response-optional-property-removed", _W, "The property, which was optional, is gone.",
     "Callers had to expect that it is missing, yet those that want it never get it again."),
    ("response-property-became-optional", _B, "The property may be missing now.",
     "Who relies on it fails."),
    ("response-property-became-required", _I, "The property always comes now.",
     "A promise more."),
    ("response-property-deprecated", _W, "The property is deprecated now.",
     "It comes today and will be removed."),
    # what a response may hold
    ("response-type-changed", _B, "The type changed from {old} to {new}.",
     "Values come that callers don't expect."),
    ("response-type-narrowed", _I, "The type narrowed from {old} to {new}.",
     "Every value was possible before."),
    ("response-became-nullable", _B, "It may be null now.",
     "Who reads the value fails on null."),
    ("response-became-not-nullable", _I, "It is never null now.",
     "A promise more."),
    ("response-enum-value-added", _W, "May come too: {new}.",
     "Programs that tell all values apart meet one that they don't know."),
    ("response-enum-value-removed", _I, "No longer comes: {old}.",
     "There is less to handle."),
    ("response-enum-opened", _W, "Values other than {old} may come now.",
     "Programs that tell all values apart meet one that they don't know."),
    ("response-enum-closed", _I, "Only these values come now: {new}.",
     "A promise more."),
    ("response-const-changed", _B, "What was always {old} is {new} now.",
     "Who checks for the one value fails."),
    ("response-known-value-added", _I, "Known values too: {new}.",
     "The list is open: callers must expect values that are not on it."),
    ("response-known-value-removed", _I, "No longer among the known values: {old}.",
     "There is less to handle."),
    ("response-bound-loosened", _B, "The {bound} loosened from {old} to {new}.",
     "Values beyond the old one come."),
    ("response-bound-tightened", _I, "The {bound} tightened from {old} to {new}.",
     "Every value was possible before."),
    ("response-format-changed", _B, "The format changed from {old} to {new}.",
     "Who parses the old form fails."),
    ("response-format-narrowed", _I, "The format narrowed from {old} to {new}.",
     "Every value was possible before."),
    ("response-pattern-changed", _I, "The pattern changed from {old} to {new}.",
     "Hardly a program parses by it."),
    ("response-default-changed", _I, "The default changed from {old} to {new}.",
     "It says what a missing value means; what comes is the same."),
    ("response-variant-added", _B, "May come too: {new}.",
     "Callers don't expect such values."),
    ("response-variant-removed", _I, "No longer comes: {old}.",
     "There is less to handle."),
    ("response-extra-properties-allowed", _I, "Properties other than the named ones may come now.",
     "Readers ignore what they don't know."),
    ("response-extra-properties-refused", _I, "No properties other than the named ones come now.",
     "A promise more."),
    ("response-constraint-changed", _I,
     "A condition that no rule here can judge changed: {keyword}.",
     "Hardly a program depends on it."),
    # access
    ("security-added", _B, "It needs {new} now; it was open.",
     "Calls without a key are refused."),
    ("security-changed", _B, "It needs {new}, no longer {old}.",
     "Calls with the old key are refused."),
    ("security-alternative-removed", _B, "No longer enough: {old}.",
     "Who called it so is refused."),
    ("security-alternative-added", _I, "Enough too: {new}.",
     "The old way still works."),
    ("security-removed", _I, "It no longer needs {old}.",
     "Calls with a key still work."),
    ("server-changed", _B, "The server moved from {old} to {new}.",
     "Clients with the old base URL call the wrong place."),
    ("server-removed", _B, "The server {old} is gone.",
     "Clients that use it fail."),
    ("server-added", _I, "The server {new} is new.",
     "The old ones still answer."),
    # what can't be judged
    ("new-unreadable", _B, "What the new document says here can't be read: {problem}.",
     "Nobody can say what changed; the old document was right."),
    ("old-unreadable", _W, "What stands here isn't compared: {problem}.",
     "The old document can't be read here either, so look yourself; the rest is compared."),
    # what no other tool looks for
    ("symbol-renamed", _B, "The generated {what} {old} is {new} now.",
     "The wire is the same, but code that imports or names the old symbol fails."),
    ("pagination-touched", _W, "This belongs to the paging of a list: see its other changes.",
     "A listing can lose items, repeat them or never end, without any error."),
    ("overlay-action-unfit", _B, "What the overlay says of {target} no longer fits: {problem}.",
     "The client can't be generated until the overlay is put right."),
    ("plugin-use-lost", _B, "It is gone; the plugin reads this: {what}.",
     "The provider's listings and gets fail, whatever other callers do."),
    ("plugin-status-renamed", _B, "The status {new} comes where {old} did, and the plugin doesn't know it.",
     "Who waits for such an item, or lists by that status, waits for ever or misses it."),
    ("plugin-status-unknown", _W, "The plugin doesn't know the status {new}.",
     "Items with it have the status `unknown` until the plugin says what it means."),
    ("description-changed", _I, "The description {what}: read it.",
     "Facts may hide in a sentence that no rule understands."),
)
# fmt: on

RULES: dict[str, Rule] = {row[0]: Rule(*row) for row in _TABLE}
"""Every rule by its id, in the order of the documentation."""
