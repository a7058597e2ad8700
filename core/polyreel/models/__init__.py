"""What callers get: videos, replicas, and pages of them."""

from __future__ import annotations

from polyreel.models.item import Item, Replica, Video
from polyreel.models.page import MODELS, Kind, ListQuery, Order, Page, T
from polyreel.models.status import Status

__all__ = [
    "MODELS",
    "Item",
    "Kind",
    "ListQuery",
    "Order",
    "Page",
    "Replica",
    "Status",
    "T",
    "Video",
]
