"""polyreel."""
