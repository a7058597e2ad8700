"""Contains all the data models used in inputs/outputs"""

from .get_video_generation_v2_resp import GetVideoGenerationV2Resp
from .list_tasks_filter_status import ListTasksFilterStatus
from .list_tasks_filter_task_type import ListTasksFilterTaskType
from .list_video_generation_v2_resp import ListVideoGenerationV2Resp
from .video_task import VideoTask
from .video_task_content import VideoTaskContent
from .video_task_error import VideoTaskError
from .video_task_usage import VideoTaskUsage

__all__ = (
    "GetVideoGenerationV2Resp",
    "ListTasksFilterStatus",
    "ListTasksFilterTaskType",
    "ListVideoGenerationV2Resp",
    "VideoTask",
    "VideoTaskContent",
    "VideoTaskError",
    "VideoTaskUsage",
)
