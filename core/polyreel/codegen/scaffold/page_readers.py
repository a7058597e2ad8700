"""How a plugin reads a page and finds the next one: one small template for each page style."""

from __future__ import annotations

from collections.abc import Mapping

from polyreel.codegen.scaffold.page_style import Paging


def needs_query(paging: Paging) -> bool:
    """Say whether the next page's cursor depends on that of this one."""
    return paging.style == "page" or (paging.style == "offset" and "next" not in paging.signals)


def page_reader(ours: str, reader: str, mapping: str, keys: tuple[str, ...], paging: Paging) -> str:
    """Write the function that reads a page and knows what comes next.

    Args:
        ours: Our class for an item.
        reader: The function's name.
        mapping: The function that gives the field map.
        keys: The fields that lead to the items.
        paging: How the list is read in parts.
    """
    query = "query: ListQuery, " if needs_query(paging) else ""
    items = "".join(f", {key!r}" for key in keys)
    said = {name: _taken(path) for name, path in paging.signals.items()}
    lines = [f"items = response.items({mapping}(){items})"]
    arguments = ["items=items"]
    more = "more" in said and paging.style != "whole"
    if more:
        lines.append(f"more = {said['more']}")
    following, extra = _following(paging, said)
    lines += extra
    if following:
        arguments.append(
            f"next=None if more is False else {following}" if more else f"next={following}"
        )
    if "total" in said:
        arguments.append(f"total=convert.whole({said['total']})")
    if more:
        arguments.append("more=more if isinstance(more, bool) else None")
    body = "\n".join(f"    {line}" for line in lines)
    return f'''
def {reader}({query}response: Response) -> Page[{ours}]:
    """Read a page, and say which comes next."""
    {paging.guess.comment}
{body}
    return Page({", ".join(arguments)})
'''.lstrip()


def _following(paging: Paging, said: Mapping[str, str]) -> tuple[str, list[str]]:
    """Write the next page's cursor, and the lines that it needs before."""
    match paging.style:
        case "page":
            return (
                "str(number + 1) if items else None",
                [f"number = int(query.cursor or {paging.first})"],
            )
        case "offset" if "next" in said:
            lines = [f"following = convert.whole({said['next']})"]
            return "str(following) if items and following is not None else None", lines
        case "offset":
            lines = ["following = int(query.cursor or 0) + len(items)"]
            return "str(following) if items else None", lines
        case "token" | "next_url":
            return f"convert.text({said['next']})", []
        case "last_id":
            return "items[-1].id if items else None", []
    return "", []


def _taken(keys: tuple[str, ...]) -> str:
    """Write how a field of the response is read that need not be there."""
    if len(keys) == 1:
        return f"response.get({keys[0]!r})"
    return f"(response.get({keys[0]!r}) or {{}}).get({keys[1]!r})"
