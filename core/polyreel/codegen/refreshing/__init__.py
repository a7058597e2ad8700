"""Stored specs kept up to date: fetch the page sources, read them again, compare and store."""
