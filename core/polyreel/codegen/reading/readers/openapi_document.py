"""Plain OpenAPI 3 and Swagger 2.0 documents, in YAML or JSON, of any size within the limits."""

from __future__ import annotations

import re

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment, NoOperations
from polyreel.codegen.reading.readers.swagger import to_openapi
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, load_document

# Blanks are bounded, and line ends are none: on a page of nothing else, they would take forever.
_VERSION = re.compile(
    r"""^["']?(?:openapi|swagger)["']?[ \t]{0,9}:[ \t]{0,9}["']?\d""", re.MULTILINE
)
_JSON_VERSION = re.compile(r'"(?:openapi|swagger)"\s{0,9}:\s{0,9}"\d')  # wherever it stands
_FENCE = re.compile(r"^[ \t]{0,9}(?:```|~~~)", re.MULTILINE)


def looks_like(page: DocPage) -> bool:
    """Say whether the text is YAML or JSON that states an OpenAPI or Swagger version, in no fence."""
    text = page.text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        return _JSON_VERSION.search(text) is not None
    version = _VERSION.search(text)
    return version is not None and _FENCE.search(page.text, 0, version.start()) is None


def read(page: DocPage) -> Fragment:
    """Read a whole OpenAPI document.

    Raises:
        SpecError: Not valid YAML or JSON, or not OpenAPI 3 or Swagger 2.0.
    """
    notes: list[str] = []
    document = load_document(page.text, where=page.name, notes=notes)
    if str(document.get("swagger")) == "2.0":
        document = to_openapi(document)
        notes.append("a Swagger 2.0 document, read as the OpenAPI 3.0 that says the same")
    check_version(document, page.name)
    return Fragment(source=page.name, document=document, rank=2, notes=tuple(notes))


def check_version(document: Document, where: str) -> None:
    """Refuse what isn't OpenAPI 3.0, 3.1 or 3.2.

    Raises:
        NoOperations: It has no paths.
        SpecError: Another version, or no version at all.
    """
    if "swagger" in document:
        raise SpecError(
            f"{where}: a Swagger {document['swagger']} document; only Swagger 2.0 is read, and OpenAPI 3"
        )
    version = document.get("openapi")
    if version is None:
        raise SpecError(
            f"{where}: no 'openapi' version where an OpenAPI document was expected; fetch the page again, or "
            "take the site's OpenAPI document"
        )
    if not re.fullmatch(r"3\.[0-2](\.\d+)?", str(version)):
        raise SpecError(f"{where}: OpenAPI {version!r} isn't read, only 3.0 to 3.2")
    if not isinstance(document.get("paths"), dict):
        raise NoOperations(f"{where}: an OpenAPI document without paths, so without operations")
