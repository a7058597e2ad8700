"""Providers that come with polyreel: one module each, found through their entry points."""
