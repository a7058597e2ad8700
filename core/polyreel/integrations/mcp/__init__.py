"""An MCP server for agents: five read-only tools and a resource, over the accounts or over a library."""
