"""One view of an OpenAPI document, for reading, diffing, scaffolding, serving and testing alike."""
