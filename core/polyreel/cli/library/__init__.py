"""The commands over the library: sync, search, changes, sql, catalog."""
