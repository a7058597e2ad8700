"""The methods that an operation can have."""

from __future__ import annotations

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""In lower case and in OpenAPI's order."""
