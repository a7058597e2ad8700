"""Contains all the data models used in inputs/outputs"""

from .creation import Creation
from .creation_resolution import CreationResolution
from .creation_video import CreationVideo
from .list_tasks_states_item import ListTasksStatesItem
from .task import Task
from .task_list import TaskList

__all__ = (
    "Creation",
    "CreationResolution",
    "CreationVideo",
    "ListTasksStatesItem",
    "Task",
    "TaskList",
)
