"""What a machine is set up with: ``polyreel.toml``, the keys it refers to, and installed plugins."""
