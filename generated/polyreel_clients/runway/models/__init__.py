"""Contains all the data models used in inputs/outputs"""

from .avatar import Avatar
from .cost import Cost
from .list_avatars_response_200 import ListAvatarsResponse200
from .task import Task

__all__ = (
    "Avatar",
    "Cost",
    "ListAvatarsResponse200",
    "Task",
)
