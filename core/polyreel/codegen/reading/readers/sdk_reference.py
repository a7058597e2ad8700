"""OpenAI's rendered SDK reference as text: a signature, and the type tree of parameters and result.

Only the TypeScript flavour says of every type how many members it has, and which values may be null; so
it is the only one that can be read without guessing, and the others are refused. What a page says of
a list is its item: the envelope around it is a class of the SDK, known by its name alone.
"""

from __future__ import annotations

import re

from attrs import frozen

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment
from polyreel.codegen.reading.readers.sdk_call import (
    enveloped,
    operation_id,
    place_of,
    returned,
    spelled,
    written_parameter,
)
from polyreel.codegen.reading.readers.sdk_tree import TypeTree
from polyreel.codegen.reading.readers.sdk_types import Named, SdkType
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import pascal

_OPERATION = re.compile(rf"({'|'.join(METHODS).upper()}) ?(/\S*)")
_SECTION = re.compile(
    r"(?P<title>(?:\w+ )?Parameters|Returns)(?:JSON)?(?P<folds> ?Expand Collapse)?"
)
_OWN = {"Parameters", "Returns"}
_EXAMPLE = re.compile(
    r"(?:import|const|from|curl|require)\b.*|```.*|[{\[]|Returns Examples|\d{3} example|HTTP(?:HTTP)?"
    r"|TypeScript(?:TypeScript)?|Python(?:Python)?"
)


@frozen
class _ReferenceOperation:
    signature: str
    method: str
    path: str
    description: str
    parameters: list[str]
    returns: list[str]
    example: str


def looks_like(page: DocPage) -> bool:
    """Say whether the page has an operation line, and below it sections as this reference names them.

    Others have a section of query parameters, too, but none for what a function returns.
    """
    if "Returns" not in page.text and "Parameters" not in page.text:
        return False
    lines = _lines(page.text)
    at = next((at for at, line in enumerate(lines) if _OPERATION.fullmatch(line)), None)
    if at is None:
        return False
    sections = [found for line in lines[at + 1 :] if (found := _SECTION.fullmatch(line))]
    return any(each["title"] in _OWN or each["folds"] for each in sections)


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: Another language than TypeScript, a count that isn't met, a request body (a
            signature doesn't say how one is encoded), or a line that isn't understood.
    """
    parts = _parts(_lines(page.text), page.name)
    call, result = returned(parts.signature, page.name)
    schemas: Document = {}
    parameters = TypeTree(parts.parameters, page.name, schemas)
    returns = TypeTree(parts.returns, page.name, schemas)
    segments = [segment for segment in parts.path.split("/") if segment and segment[0] != "{"]
    operation: Document = {
        "operationId": operation_id(call),
        "tags": [pascal(segments[0])] if segments else [],
        "description": parts.description,
        "parameters": _parameters(parameters, parts, page.name),
        "responses": {"200": {"description": "OK"}},
    }
    if (schema := _result(returns, result, parts, page.name)) is not None:
        operation["responses"]["200"]["content"] = {"application/json": {"schema": schema}}
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": call, "version": "0"},
        "paths": {parts.path: {parts.method.lower(): operation}},
        "components": {"schemas": schemas},
    }
    return Fragment(page.name, document, rank=0, notes=(*parameters.notes, *returns.notes))


def _lines(text: str) -> list[str]:
    """Take the lines that say something, without what is left of Markdown in them."""
    plain = [re.sub(r"^#+ ", "", _without_links(line)).strip() for line in text.splitlines()]
    return [re.sub(r"\\([_*<>\[\]{}])", r"\1", line).strip("`") for line in plain if line]


def _without_links(line: str) -> str:
    """Replace ``[text](address)`` by its text; addresses of these pages hold parentheses."""
    if "](" not in line:
        return line
    kept, at = "", 0
    while (middle := line.find("](", at)) >= 0:
        start = line.rfind("[", at, middle)
        end, depth = middle + 2, 1
        while end < len(line) and depth:
            depth += (line[end] == "(") - (line[end] == ")")
            end += 1
        kept += line[at:start] + line[start + 1 : middle] if start >= 0 else line[at:end]
        at = end
    return kept + line[at:]


def _parts(lines: list[str], where: str) -> _ReferenceOperation:
    at = next(at for at, line in enumerate(lines) if _OPERATION.fullmatch(line))
    operation = _OPERATION.fullmatch(lines[at])
    assert operation is not None  # it was found by this very pattern
    start = next((back for back in range(at - 1, max(at - 5, -1), -1) if "(" in lines[back]), at)
    signature = " ".join(lines[start:at])
    title = lines[start - 1] if start else ""
    sections: dict[str, list[str]] = {"": []}
    current = sections[""]
    rest = len(lines)
    for number, line in enumerate(lines[at + 1 :], at + 1):
        if section := _SECTION.fullmatch(line):
            current = sections.setdefault(section["title"], [])
        elif "Returns" in sections and (line == title or _EXAMPLE.fullmatch(line)):
            rest = number
            break
        else:
            current.append(line)
    if unknown := set(sections) - {"", *_OWN}:
        raise SpecError(
            f"{where}: the HTTP flavour of the SDK reference ({min(unknown)!r}) doesn't say which "
            "values may be null; take the TypeScript page, or the reference in Markdown"
        )
    return _ReferenceOperation(
        signature=signature,
        method=operation[1],
        path=operation[2],
        description="\n".join(sections[""]),
        parameters=sections.get("Parameters", []),
        returns=sections.get("Returns", []),
        example="\n".join(lines[rest:]),
    )


def _parameters(tree: TypeTree, parts: _ReferenceOperation, where: str) -> list[Document]:
    in_path = re.findall(r"\{(\w+)\}", parts.path)
    found: list[Document] = []
    while member := tree.next_member():
        name, _, type_ = member
        if name in {"query", "params", "body"} and isinstance(type_, Named) and type_.members:
            group = tree.members(type_.members, type_.name)
            for each, schema in group["properties"].items():
                needed = each in group["required"]
                texts = schema.pop("description", "").splitlines()
                place, texts = place_of(texts, name, parts.method, where)
                if place == "header":
                    raise SpecError(
                        f"{where}: the name of the header {each!r} in HTTP isn't on the page"
                    )
                schema["description"] = "\n".join(texts)
                place = "path" if each in in_path else place
                found.append(written_parameter(each, place, needed, schema))
        elif wire := spelled(name, in_path):
            found.append(written_parameter(wire, "path", True, tree.schema(type_, name)))
        else:
            raise SpecError(f"{where}: the argument {name!r} is in no group and not in the path")
    if missing := set(in_path) - {each["name"] for each in found}:
        raise SpecError(f"{where}: {{{min(missing)}}} of the path isn't among the parameters")
    return found


def _result(
    tree: TypeTree, result: SdkType | None, parts: _ReferenceOperation, where: str
) -> Document | None:
    if result is None:
        tree.end()
        return None
    item, envelope = enveloped(result)
    shown = tree.next_type()
    if shown != item:
        raise SpecError(
            f"{where}: the signature returns another type than the one below 'Returns'; the page is "
            "cut off or collapsed"
        )
    schema = tree.schema(item, "Result")
    tree.end()
    if envelope is None:
        return schema
    schema.pop("description", None)
    return envelope(schema, parts.example)
