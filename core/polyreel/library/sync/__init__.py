"""Filling the library from the accounts: what is read of each, and what it means."""
