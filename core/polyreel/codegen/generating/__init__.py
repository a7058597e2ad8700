"""From a stored spec and its overlay to a generated client."""
