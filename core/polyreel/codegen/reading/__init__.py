"""From documentation pages to one OpenAPI document: read, normalise, merge, name schemas."""
