"""Nested bullet lists in Markdown, with the text that belongs to each bullet.

A documentation site writes a type as bullets: what a bullet says of the type stands in its first line, in
code, and its members are the bullets that are indented below it. Bullets of prose look otherwise, and stay
text of the bullet that they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import define, field

_BULLET = re.compile(r"( *)[-*] +(\S.*)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6}) +(\S.*?)\s*#*")


@define
class OutlineBullet:
    """One bullet that describes a type or a member.

    Attributes:
        indent: The number of blanks before it.
        head: Its first line, without the dash.
        texts: The prose that belongs to it, line by line.
        children: The bullets below it, in order.
    """

    indent: int
    head: str
    texts: list[str] = field(factory=list)
    children: list[OutlineBullet] = field(factory=list)

    @property
    def text(self) -> str:
        """The prose as one text."""
        return "\n".join(self.texts).strip()


def read_outline(text: str, describes: Callable[[str], bool]) -> tuple[list[OutlineBullet], str]:
    """Read nested bullets.

    Args:
        text: A section of a page.
        describes: Says of a bullet's first line whether it describes a type or a member.

    Returns:
        The outermost bullets, and the prose that stands before them.
    """
    roots: list[OutlineBullet] = []
    above: list[OutlineBullet] = []
    before: list[str] = []
    for line, fenced in _lines(text):
        bullet = None if fenced else _BULLET.fullmatch(line.rstrip())
        if bullet and describes(bullet[2]):
            new = OutlineBullet(len(bullet[1]), bullet[2])
            while above and above[-1].indent >= new.indent:
                above.pop()
            (above[-1].children if above else roots).append(new)
            above.append(new)
            continue
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        owners = [each for each in above if each.indent < indent]
        if owners:
            owners[-1].texts.append(line.strip())
        elif not roots:
            before.append(line.strip())
    return roots, "\n".join(before)


def sections(text: str, level: int) -> list[tuple[str, str]]:
    """Split text at its headings of a level.

    Returns:
        Title and content, in order; what stands before the first heading has an empty title. A heading of
        a higher level ends the section before it. Headings in fenced code are code.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for line, fenced in _lines(text):
        heading = None if fenced else _HEADING.fullmatch(line.rstrip())
        if heading and len(heading[1]) <= level:
            found.append((heading[2] if len(heading[1]) == level else "", []))
        else:
            found[-1][1].append(line)
    return [(title, "\n".join(lines).strip("\n")) for title, lines in found]


def code_blanked(text: str) -> str:
    """Return a text of the same length, with blanks in the place of fenced code."""
    kept, fenced = [], False
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line) is not None
        kept.append(re.sub(r"[^\r\n]", " ", line) if fenced or mark else line)
        fenced ^= mark
    return "".join(kept)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is fenced code."""
    fenced = False
    for line in text.expandtabs(4).splitlines():
        mark = _FENCE.match(line) is not None
        yield line, fenced or mark
        fenced ^= mark
