"""Contains all the data models used in inputs/outputs"""

from .get_video_content_variant import GetVideoContentVariant
from .list_videos_order import ListVideosOrder
from .video import Video
from .video_create_error import VideoCreateError
from .video_list import VideoList

__all__ = (
    "GetVideoContentVariant",
    "ListVideosOrder",
    "Video",
    "VideoCreateError",
    "VideoList",
)
