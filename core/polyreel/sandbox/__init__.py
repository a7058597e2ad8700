"""Every provider's wire protocol on this machine, fabricated from the spec in its client package."""

from polyreel.sandbox.clock import Clock
from polyreel.sandbox.key_check import KEY
from polyreel.sandbox.server import Sandbox, app, serve

__all__ = ["KEY", "Clock", "Sandbox", "app", "serve"]
