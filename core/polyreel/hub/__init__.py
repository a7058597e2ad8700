"""The hubs: every configured account behind one list, one get and one download, sync and async."""

from polyreel.hub.hubs import AsyncHub, Hub

__all__ = ["AsyncHub", "Hub"]
