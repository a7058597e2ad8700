"""The operations of a document: how each is called, what it takes and what it returns.

Path items, parameters, bodies, responses and security schemes are looked up where they are references,
and what an operation shares with its path or with the whole document is found where it applies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.parts import listing, mapping
from polyreel.openapi.references import References


@frozen(eq=False)
class Parameter:
    """One parameter of an operation.

    Attributes:
        name: Its name.
        location: Where it is sent: ``query``, ``path``, ``header`` or ``cookie``.
        required: Whether it must be sent; a part of a path always must.
        schema: What it may be, as written; True where nothing is said.
        media: Media types that its text is written in, of which there is seldom one.
        written: The whole parameter as written.
    """

    name: str
    location: str
    required: bool
    schema: Any
    media: tuple[str, ...]
    written: dict[str, Any]

    @property
    def place(self) -> str:
        """Its place in a report, such as ``query page``."""
        return f"{self.location} {self.name}"


@frozen(eq=False)
class Body:
    """What a request or a response carries.

    Attributes:
        written: The body as written.
        content: Schemas by media type, in lower case and without parameters; True where there is none.
    """

    written: dict[str, Any]
    content: Mapping[str, Any]

    @property
    def required(self) -> bool:
        """Whether a request must carry it."""
        return self.written.get("required") is True

    @property
    def json(self) -> Any:
        """The schema of its JSON form, as written; None where it has no such form."""
        for media, schema in self.content.items():
            if media.endswith(("/json", "+json")):
                return schema
        return None


@frozen(eq=False)
class KeyScheme:
    """A security scheme that a request may have to satisfy.

    Attributes:
        name: Its name in the document.
        written: The scheme as written; empty where the document doesn't describe it.
        scopes: The scopes that the key must have.
    """

    name: str
    written: dict[str, Any]
    scopes: frozenset[str]


@frozen(eq=False)
class Operation:
    """One operation of a document; its methods raise `SpecError` for what isn't as OpenAPI says.

    Attributes:
        method: In lower case.
        path: The template, as written.
        item: The path item, whose parameters and servers the operation shares.
        written: The operation as written.
        document: The whole document.
        references: The document's references.
    """

    method: str
    path: str
    item: dict[str, Any]
    written: dict[str, Any]
    document: Document
    references: References

    @property
    def name(self) -> str:
        """Its name in a report, such as ``GET /v2/videos``."""
        return f"{self.method.upper()} {self.path}"

    @property
    def deprecated(self) -> bool:
        """Whether it is on its way out."""
        return self.written.get("deprecated") is True

    def parameters(self) -> list[Parameter]:
        """Return its parameters; its own take the place of the path's that share name and location."""
        shared = listing(self.item, "parameters", where=self.path)
        own = listing(self.written, "parameters", where=self.name)
        found: dict[tuple[str, str], Parameter] = {}
        for part in [*shared, *own]:
            parameter = self._parameter(self._part(part, f"{self.name}: a parameter"))
            found[parameter.location, parameter.name] = parameter
        return list(found.values())

    def request_body(self) -> Body | None:
        """Return what it takes besides its parameters, if anything."""
        part = self.written.get("requestBody")
        return None if part is None else _body(self._part(part, f"{self.name}: the request body"))

    def responses(self) -> dict[str, Body]:
        """Return its responses by status: ``200``, ``4XX`` or ``default``."""
        return {
            str(status).upper().replace("DEFAULT", "default"): _body(
                self._part(part, f"{self.name}: response {status}")
            )
            for status, part in mapping(self.written, "responses", where=self.name).items()
            if not str(status).startswith("x-")
        }

    def result(self) -> Body | None:
        """Return the response of a successful call: the first success, else the one for any status."""
        responses = self.responses()
        successes = sorted(status for status in responses if is_success(status))
        return next(
            (responses[status] for status in (*successes, "default") if status in responses), None
        )

    def headers(self, response: Body) -> dict[str, dict[str, Any]]:
        """Return a response's headers by their name in lower case."""
        return {
            name.lower(): self._part(part, f"{self.name}: header {name}")
            for name, part in mapping(response.written, "headers", where=self.name).items()
        }

    def security(self) -> list[tuple[KeyScheme, ...]]:
        """Return the alternatives of which a request must satisfy one, all schemes of it together.

        An empty list, or an empty alternative, means that anybody may call.
        """
        part = self.written if self.written.get("security") is not None else self.document
        components = mapping(self.document, "components")
        schemes = mapping(components, "securitySchemes")
        return [
            tuple(self._scheme(schemes, name, scopes) for name, scopes in alternative.items())
            for alternative in listing(part, "security")
            if isinstance(alternative, dict)
        ]

    def servers(self) -> list[str]:
        """Return its base URLs: its own, its path's, or the document's."""
        for part in (self.written, self.item):
            if found := listing(part, "servers", where=self.name):
                return _urls(found)
        return servers(self.document)

    def _scheme(self, schemes: dict[str, Any], name: str, scopes: Any) -> KeyScheme:
        scheme = schemes.get(name)
        written = {} if scheme is None else self._part(scheme, f"security scheme {name}")
        return KeyScheme(name, written, frozenset(map(str, scopes or ())))

    def _parameter(self, part: dict[str, Any]) -> Parameter:
        name, location = str(part.get("name")), str(part.get("in"))
        media = mapping(part, "content", where=f"{self.name}: parameter {name}")
        holder = next((each for each in media.values() if isinstance(each, dict)), part)
        schema = holder.get("schema")
        return Parameter(
            name=name,
            location=location,
            required=part.get("required") is True or location == "path",
            schema=True if schema is None else schema,
            media=tuple(media),
            written=part,
        )

    def _part(self, part: Any, where: str) -> dict[str, Any]:
        return part_of(self.references, part, where=where)


def operations(document: Document, references: References | None = None) -> list[Operation]:
    """List a document's operations, in the order of the document and of `METHODS`.

    Args:
        document: An OpenAPI 3 document. It must not change while its operations are looked at.
        references: Its references, where they are known already.

    Raises:
        SpecError: Paths, a path or an operation isn't a mapping, or refers to nothing.
    """
    references = references or References(document)
    found = []
    for path, written in mapping(document, "paths").items():
        if path.startswith("x-"):
            continue
        item = part_of(references, written, where=path)
        found += [
            Operation(method, path, item, mapping(item, method, where=path), document, references)
            for method in METHODS
            if method in item
        ]
    return found


def part_of(references: References, part: Any, *, where: str) -> dict[str, Any]:
    """Return a part of a document, looked up where it is only a reference.

    Raises:
        SpecError: It is no mapping, or the reference can't be followed.
    """
    found = references.followed(part)
    if not isinstance(found, dict):
        raise SpecError(f"{where} is {type(found).__name__}, not a mapping")
    return found


def path_parameters(path: str) -> list[str]:
    """Return the names of a path template's parameters, in order."""
    return re.findall(r"\{([^{}]*)\}", path)


def is_success(status: str) -> bool:
    """Say whether a status, or a range such as ``2XX``, is a success."""
    return status.startswith("2")


def servers(document: Document) -> list[str]:
    """Return a document's base URLs, variables replaced by their defaults, without a slash at the end."""
    return _urls(listing(document, "servers"))


def _urls(found: list[Any]) -> list[str]:
    return [_url(server) for server in found if isinstance(server, dict)]


def _url(server: dict[str, Any]) -> str:
    url = str(server.get("url"))
    for name, variable in mapping(server, "variables").items():
        if isinstance(variable, dict):
            url = url.replace(f"{{{name}}}", str(variable.get("default")))
    return url.rstrip("/")


def _body(part: dict[str, Any]) -> Body:
    content = {
        str(media).split(";")[0].strip().lower(): each.get("schema", True)
        for media, each in mapping(part, "content").items()
        if isinstance(each, dict)
    }
    return Body(part, content)
