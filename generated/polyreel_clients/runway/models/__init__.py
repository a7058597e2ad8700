"""Contains all the data models used in inputs/outputs"""

from .cost import Cost
from .task import Task

__all__ = (
    "Cost",
    "Task",
)
