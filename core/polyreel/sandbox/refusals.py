"""Error responses of the sandbox: a status that the spec documents, with a body that fits its schema."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from polyreel.openapi.shapes import Shape
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.field_words import words_of
from polyreel.sandbox.object_forms import Path
from polyreel.sandbox.served_spec import ServedOperation, Spec

UNAUTHORIZED = (401, 403)
INVALID = (400, 422)
MISSING = (404, 400, 422)
NOT_READY = (409, 404, 400, 422)

_MESSAGES = {
    "message", "msg", "error", "detail", "details", "description", "title", "reason", "context",
}  # fmt: skip
_WORDS = {"code", "type", "kind", "name"}


class Refusal(Exception):
    """A request that is answered with an error.

    Args:
        statuses: The statuses that would say it; the first that the operation documents is taken.
        message: What is wrong, for a person.
    """

    def __init__(self, statuses: tuple[int, ...], message: str) -> None:
        super().__init__(message)
        self.statuses = statuses
        self.message = message


def response(spec: Spec, operation: ServedOperation | None, refusal: Refusal) -> tuple[int, Any]:
    """Return the status and the JSON body of a refusal.

    Where an operation documents none that fits, the provider's other errors lend their form.
    """
    own = operation.responses if operation else {}
    status = next((one for one in refusal.statuses if str(one) in own), refusal.statuses[0])
    schema = _schema(spec, operation, status)
    if schema is None:
        return status, {"error": refusal.message}
    return status, fabricate(spec.view, schema, _Teller(status, refusal.message))


def _schema(spec: Spec, operation: ServedOperation | None, status: int) -> Any | None:
    own = [operation] if operation else []
    for one in [*own, *spec.operations]:
        for key in (str(status), f"{status // 100}XX", "default"):
            if schema := one.response(key):
                return schema
    for one in [*own, *spec.operations]:
        for key in sorted(one.responses):
            if key.startswith("4") and (schema := one.response(key)):
                return schema
    return None


class _Teller:
    """Fills an error body by the names of its fields."""

    def __init__(self, status: int, message: str) -> None:
        self._status = HTTPStatus(status)
        self._message = message

    def __call__(self, path: Path, shape: Shape) -> Any:
        if {"object", "array"} & shape.named_types:
            return Gap.BUILD
        if known := shape.values.known:
            return known[0]
        if {"integer", "number"} & shape.named_types:
            return int(self._status)
        words = words_of(path[-1] if path else "")
        if not words or words[-1] in _MESSAGES:  # without a name: the text of a list of messages
            return self._message
        if words[-1] in _WORDS and not shape.nullable:
            return self._status.name.lower()
        return Gap.OMIT
