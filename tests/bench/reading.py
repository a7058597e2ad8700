"""What reading a document costs as it grows: time per byte of ten megabytes, in times of 100 kB's."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from polyreel.codegen.reading.read import DocPage, read_pages

SMALL, LARGE = 100_000, 9_000_000


def described(count: int) -> dict[str, Any]:
    """Members whose facts stand in sentences."""
    text = {"type": "string", "description": "One of `a`, `b`. Default: `a`."}
    return {"Clip": {"type": "object", "properties": {f"p{n}": text for n in range(count)}}}


def chained(count: int) -> dict[str, Any]:
    """Components that are references to each other."""
    schemas: dict[str, Any] = {
        f"S{n}": {"$ref": f"#/components/schemas/S{n + 1}"} for n in range(count)
    }
    first = {"Clip": {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/S0"}}}}
    return first | schemas | {f"S{count}": {"type": "string"}}


def document(schemas: dict[str, Any]) -> str:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Clip"}}}
    operation = {"responses": {"200": {"description": "OK", "content": content}}}
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Clips", "version": "1"},
            "servers": [{"url": "https://api.example.com"}],
            "paths": {"/clip": {"get": operation}},
            "components": {"schemas": schemas},
        }
    )


def growth(kind: Callable[[int], dict[str, Any]]) -> Callable[[str], float]:
    """Measure the processor time per byte of a large document in times of a small one's."""

    def per_byte(size: int) -> float:
        sample = 10_000 if size == LARGE else 1_000  # names are longer where there are more
        text = document(kind(size * sample // len(document(kind(sample)))))
        begin = time.process_time()
        read_pages([DocPage("clips.json", text)])
        return (time.process_time() - begin) / len(text)

    def measure(_: str) -> float:
        per_byte(SMALL)  # what is loaded and compiled once counts for neither
        small = min(per_byte(SMALL) for _ in range(5))
        return per_byte(LARGE) / small

    return measure
