"""Road one: from a provider's documentation pages to a spec, and from a spec to a client."""
