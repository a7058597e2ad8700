"""Where a provider is, guessed from ``servers``, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from attrs import frozen

from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.wording import plain
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document

_NOBODYS = "api.example.com"  # a name that is kept for examples (RFC 2606)
_BASE_URL = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(/[A-Za-z0-9_.~/-]*)?")


@frozen
class Server:
    """Where an API is.

    Attributes:
        url: Its base URL, which may have settings in braces.
        example: The same with the settings' usual values.
        settings: What stands in braces: by name, what it is, and its usual value or "".
        is_known: Whether it is known; else its host is a setting, and the example's is nobody's.
    """

    url: str
    example: str
    settings: Mapping[str, tuple[str, str]] = {}
    is_known: bool = True

    def left(self, name: str) -> list[str]:
        """Return what is left for a person to do about it, in sentences."""
        if self.is_known:
            return []
        return [
            "the document doesn't say where the API is: put its address into base_url, as --base-url does; "
            f"until then each account has to say {name.upper()}_HOST"
        ]


def server_of(raw: Document, url: str | None, stated: str | None) -> Server:
    """Find the API's base URL.

    A variable of a server stays one, as a setting of the account, if it may be one of several: a region, or
    the name of a customer. Others have their usual value, such as a version. Where nobody says what the host
    is, that is a setting, too: none is made up.

    Args:
        raw: The document as it was published.
        url: Where it was published, if that is known.
        stated: What somebody said that it is.

    Raises:
        SpecError: It is no https address.
    """
    if stated:
        return Server(_checked(stated), _checked(stated))
    listed = raw.get("servers")
    servers = (
        [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    chosen = next((each for each in servers if str(each.get("url")).startswith("https:")), None)
    chosen = chosen or next(iter(servers), {})
    named = str(chosen.get("url", ""))
    template, settings = named, {}
    for name, variable in _part(chosen, "variables").items():
        said = variable if isinstance(variable, dict) else {}
        default, values = str(said.get("default", "")), said.get("enum") or ()
        setting = plain(name)
        if len(values) > 1 or (not values and f"{{{name}}}." in named):
            about = f"one of {', '.join(map(str, values))}" if values else f"{setting} of {named}"
            settings[setting] = (about, default)
            template = template.replace(f"{{{name}}}", f"{{{setting}}}")
        else:
            template = template.replace(f"{{{name}}}", default)
        named = named.replace(f"{{{name}}}", default or setting.replace("_", "-"))
    if url and not re.match(r"[a-z]+:", named):
        named, template = urljoin(url, named), urljoin(url, template)
    unreadable = re.match(r"https://[^/]*[^A-Za-z0-9_.:{}/-][^/]*", template)
    if unreadable:  # "https://<your server>/api"
        template = named = template[unreadable.end() :]
    if not re.match(r"[a-z]+:", named):
        below = template.strip("/")
        host = {"host": ("the API's host, which its document doesn't say", "")}
        at = f"https://{_NOBODYS}/{named.strip('/')}".rstrip("/")
        return Server(f"https://{{host}}/{below}".rstrip("/"), _checked(at), settings | host, False)
    return Server(template.rstrip("/"), _checked(named), settings)


def _checked(found: str) -> str:
    found = found.rstrip("/")
    if not _BASE_URL.fullmatch(found):
        raise SpecError(
            f"the base URL {found[:200]!r} isn't an https address; give one with --base-url"
        )
    return found


def title_of(raw: Document, name: str) -> str:
    """Write a provider's name for people: as the document's title has it, if it is the same name."""
    info = _part(raw, "info")
    words = str(info.get("title", "")).split()
    for count in range(1, min(len(words), 4) + 1):
        said = " ".join(words[:count])
        letters = re.sub(r"[^a-z0-9]", "", said.lower())
        if letters == name.replace("_", "") and re.fullmatch(r"[A-Za-z0-9 .&+-]{1,40}", said):
            return said
    return name.replace("_", " ").title()


def docs_of(raw: Document, url: str | None, base: str, stated: str | None) -> tuple[str, Guess]:
    """Find the address of the API's reference: the stated one, the document's, or a guess."""
    external = str(_part(raw, "externalDocs").get("url", ""))
    for found, reason, trust in (
        (stated or "", "it was given", Trust.SURE),
        (external, "the document names it", Trust.LIKELY),
        (url or "", "the spec is there", Trust.LIKELY),
        (
            f"https://{urlsplit(base).hostname}",
            "nothing names it; --docs does"
            if urlsplit(base).hostname == _NOBODYS
            else "only the host is known; --docs names it",
            Trust.UNSURE,
        ),
    ):
        if re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9_.~/%#-]*)?", found):
            return found, Guess("docs", found, reason, trust)
    raise SpecError(f"{base!r} names no host")


def _part(raw: Any, *keys: str) -> Document:
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}
