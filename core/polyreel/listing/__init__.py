"""Listings: from a caller's options to pages of every account, checked, ordered and resumable."""
