"""Names that OpenAPI or a generated client can't have, made legal; the same name always becomes the same.

Names that only the document knows (schemas, operations, tags, security schemes, placeholders in paths) are
changed, and the upstream's own is kept beside as ``x-upstream-name``. Names that are sent over HTTP can't be
changed: what bears such a name is left out, or refused where an operation can't do without it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from polyreel.openapi.names import camel, pascal

UPSTREAM_NAME = "x-upstream-name"

MOST = 100
COMPONENT = re.compile(r"[A-Za-z][A-Za-z0-9_]*([.-][A-Za-z0-9_]+)*")
OPERATION = COMPONENT
TAG = re.compile(r"[A-Za-z0-9]([ _&,:()/.-]{0,3}[A-Za-z0-9)])*")
PARAMETER = re.compile(r"[A-Za-z0-9_$@][A-Za-z0-9_$@.:\[\]-]*")
PATH = re.compile(r"(/(\.?[A-Za-z0-9_~:@!$&()*+,;=-]|\{[A-Za-z_][A-Za-z0-9_-]*\})*)+")
SERVER = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(/[A-Za-z0-9_.~/{}-]*)?")
KEY = re.compile(r"[ !#-&(-\[\]-_a-~]+")  # printable ASCII but for quotes and the backslash

TAKEN_BY_FUNCTIONS = frozenset({"params", "headers", "cookies", "quote"})
"""What a generated function calls or overwrites itself, so that no parameter can be called so."""

TAKEN_BY_MODELS = frozenset(
    {
        "unset",
        "unsetunion",
        "cast",
        "any",
        "t",
        "typevar",
        "mapping",
        "self",
        "client",
        "response",
        "file",
    }
    | {
        "authenticatedclient",
        "httpstatus",
        "typechecking",
        "errors",
        "types",
        "unexpectedstatus",
        "literal",
    }
    | {
        "generator",
        "binaryio",
        "textio",
        "datetime",
        "uuid",
        "isoparse",
        "attrsdefine",
        "attrsfield",
    }
)
"""What generated modules import or define themselves, in small letters: no class can be called so."""


def plain(name: str) -> str:
    """Spell a name as files and modules tell it apart: small letters and digits."""
    return re.sub(r"[^a-z0-9/]", "", name.lower())


def ascii_words(name: str) -> str:
    """Write a name in ASCII as far as it has a base letter there: ``Größe`` is ``Grosse``."""
    folded = name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", folded)
    return re.sub(r"[^A-Za-z0-9]+", " ", decomposed.encode("ascii", "ignore").decode()).strip()


def legal_components(names: Iterable[str]) -> dict[str, str]:
    """Choose a legal name for every schema, all of them different also in small letters.

    Returns:
        Old name to new name, for those that change. A name keeps what it is if it can; which other names
        there are decides nothing but whether a digest is added.
    """
    listed = sorted(names)
    others = [name for name in listed if not _is_legal(name)]
    taken: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for name in [*filter(_is_legal, listed), *others]:
        new = name if _is_legal(name) else _component(name)
        if plain(new) in taken:
            new = f"{new[: MOST - 8]}{_digest(name)}"
        taken[plain(new)] = name
        if new != name:
            renamed[name] = new
    return renamed


def legal_operation(name: str) -> str:
    """Return an operation's name in a legal form; empty where nothing of it is left."""
    if len(name) <= MOST and OPERATION.fullmatch(name):
        return name
    words = camel(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", ascii_words(name)))
    return re.sub(r"^\d+", "", words)[:MOST]


def legal_tag(name: str) -> str:
    """Return a tag in a legal form; empty where nothing of it is left."""
    if len(name) <= MOST and TAG.fullmatch(name):
        return name
    return ascii_words(name)[:MOST].strip()


def legal_schemes(names: Iterable[str]) -> dict[str, str]:
    """Choose a legal name for every security scheme: old name to new name, for those that change."""
    taken = set()
    renamed: dict[str, str] = {}
    for name in sorted(names):
        new = name if re.fullmatch(r"[A-Za-z0-9._-]{1,100}", name) else pascal(ascii_words(name))
        if not new or new in taken:
            new = f"{new[: MOST - 8] or 'Key'}{_digest(name)}"
        taken.add(new)
        if new != name:
            renamed[name] = new
    return renamed


def legal_placeholders(path: str) -> tuple[str, Mapping[str, str]]:
    """Rename the placeholders of a path whose names can't be those of arguments.

    Returns:
        The path, and old name to new name, for those that change.
    """
    renamed: dict[str, str] = {}
    taken = set(re.findall(r"\{([^{}]*)\}", path))
    for name in re.findall(r"\{([^{}]*)\}", path):
        legal = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", name)
        if legal and plain(name) not in TAKEN_BY_FUNCTIONS:
            continue
        new = camel(ascii_words(name)) if not legal else f"{name}Value"
        if not re.match(r"[A-Za-z]", new) or new in taken or plain(new) in TAKEN_BY_FUNCTIONS:
            new = f"id{_digest(name)}"
        renamed[name] = new
        taken.add(new)
    for old, new in renamed.items():
        path = path.replace(f"{{{old}}}", f"{{{new}}}")
    return path, renamed


def _is_legal(name: str) -> bool:
    if len(name) > MOST or not COMPONENT.fullmatch(name):
        return False
    return plain(name) not in TAKEN_BY_MODELS


def _component(name: str) -> str:
    if len(name) <= MOST and COMPONENT.fullmatch(name):
        return f"{name}Model"  # the name of something else in a generated module
    new = pascal(ascii_words(name))[: MOST - 8]
    if not new[:1].isalpha():
        new = f"Schema{new or _digest(name)}"
    return f"{new}Model" if plain(new) in TAKEN_BY_MODELS else new


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
