"""The MCP server: it responds to the protocol's requests; an error is a sentence with a hint."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from polyreel.errors import (
    AuthenticationError,
    ConfigurationError,
    LibraryError,
    NotFound,
    PolyreelError,
    RateLimited,
    TransientError,
    UnsupportedOperation,
)
from polyreel.http.redaction import printable
from polyreel.integrations.mcp import tools
from polyreel.integrations.mcp.cursor_store import CursorStore
from polyreel.integrations.mcp.result_limits import compact
from polyreel.integrations.mcp.results import RESOURCE, ToolResults
from polyreel.integrations.mcp.tool_source import ToolSource

_log = logging.getLogger("polyreel")

_LONGEST_ERROR = 1_500  # characters

_HINTS: tuple[tuple[type[PolyreelError], str], ...] = (
    (NotFound, "search_videos finds uids"),
    (AuthenticationError, "the user can check keys with: polyreel doctor --online"),
    (
        ConfigurationError,
        "list_accounts shows the accounts; the user can check them with: polyreel doctor",
    ),
    (UnsupportedOperation, "list_accounts shows what each account can do"),
    (LibraryError, "the user can fill the library with: polyreel sync"),
    (RateLimited, "wait before asking this account again"),
    (TransientError, "try again later"),
)


class Mcp:
    """Serves the tools over one source, which is opened when it is first needed.

    Args:
        open_source: Opens the source.
        open_world: Whether it asks providers.
        places: Keeps the cursors of searches; None to keep them in the user's state folder.
    """

    def __init__(
        self,
        open_source: Callable[[], ToolSource],
        *,
        open_world: bool = True,
        places: CursorStore | None = None,
    ) -> None:
        self._open = open_source
        self._open_world = open_world
        self._places = places or CursorStore()
        self._source: ToolSource | None = None
        self.server: Server[None] = Server(
            "polyreel",
            version=version("polyreel"),
            title="polyreel",
            instructions=tools.INSTRUCTIONS,
            lifespan=self._lifespan,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read_resource,
        )

    async def serve(self) -> None:
        """Serve on stdin and stdout until stdin ends."""
        async with stdio_server() as (reading, writing):
            options = self.server.create_initialization_options()
            await self.server.run(reading, writing, options)

    @asynccontextmanager
    async def _lifespan(self, _: Server[None]) -> AsyncIterator[None]:
        try:
            yield
        finally:
            source, self._source = self._source, None
            if source is not None:
                await source.close()

    def _results(self) -> ToolResults:
        if self._source is None:
            self._source = self._open()
        return ToolResults(self._source, self._places)

    async def _list_tools(self, *_: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools.tools(open_world=self._open_world))

    async def _call_tool(self, _: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        takes = tools.ARGUMENTS.get(asked.name)
        if takes is None:
            return _failed(
                f"there is no tool {asked.name[:60]!r}; there are {', '.join(tools.ARGUMENTS)}"
            )
        # Some clients send null for what they leave out.
        given = {
            name: value for name, value in (asked.arguments or {}).items() if value is not None
        }
        try:
            arguments = takes.model_validate(given)
            result = await getattr(self._results(), asked.name)(arguments)
        except ValidationError as error:
            return _failed(_misused(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the agent gets a sentence
            return _failed(_sentence(error))
        text = types.TextContent(type="text", text=compact(result))
        return types.CallToolResult(content=[text], structured_content=result)

    async def _list_resources(self, *_: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[])

    async def _list_templates(self, *_: Any) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            name="video",
            title="A video's own JSON",
            uri_template=f"{RESOURCE}{{uid}}",
            description="The provider's JSON of a video, without the credentials of its links.",
            mime_type="application/json",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def _read_resource(
        self, _: Any, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        begin, _, uid = asked.uri.partition(RESOURCE)
        if begin or not uid:
            raise MCPError(types.INVALID_PARAMS, f"resources are called {RESOURCE}UID")
        try:
            text = await self._results().raw(unquote(uid))
        except Exception as error:  # noqa: BLE001 - whatever it is, the agent gets a sentence
            code = types.INVALID_PARAMS if isinstance(error, NotFound) else types.INTERNAL_ERROR
            raise MCPError(code, _sentence(error)) from None
        contents = types.TextResourceContents(
            uri=asked.uri, mime_type="application/json", text=text
        )
        return types.ReadResourceResult(contents=[contents])


def _failed(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=sentence)], is_error=True
    )


def _sentence(error: Exception) -> str:
    """Say what went wrong and what can be done; of a mistake of ours, nothing but its kind."""
    if not isinstance(error, PolyreelError):
        _log.error("an MCP request failed", exc_info=error)
        return f"unexpected {type(error).__name__} in polyreel; its log on stderr says more"
    hint = next((hint for kind, hint in _HINTS if isinstance(error, kind)), None)
    said = printable(str(error), _LONGEST_ERROR)
    return f"{said} (hint: {hint})" if hint else said


def _misused(error: ValidationError) -> str:
    each = [
        f"{'.'.join(map(str, one['loc'])) or 'the arguments'}: {one['msg']}"
        for one in error.errors(include_url=False, include_input=False)
    ]
    return printable("; ".join(each), _LONGEST_ERROR)
