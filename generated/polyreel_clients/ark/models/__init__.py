"""Contains all the data models used in inputs/outputs"""

from .list_tasks_filter_service_tier import ListTasksFilterServiceTier
from .list_tasks_filter_status import ListTasksFilterStatus
from .task import Task
from .task_content import TaskContent
from .task_error import TaskError
from .task_list import TaskList
from .task_usage import TaskUsage

__all__ = (
    "ListTasksFilterServiceTier",
    "ListTasksFilterStatus",
    "Task",
    "TaskContent",
    "TaskError",
    "TaskList",
    "TaskUsage",
)
