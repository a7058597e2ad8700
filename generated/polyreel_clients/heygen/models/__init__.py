"""Contains all the data models used in inputs/outputs"""

from .avatar_group_error import AvatarGroupError
from .avatar_group_item import AvatarGroupItem
from .avatar_list import AvatarList
from .get_avatar_group_response import GetAvatarGroupResponse
from .get_video_response import GetVideoResponse
from .list_avatar_groups_ownership import ListAvatarGroupsOwnership
from .video_detail import VideoDetail
from .video_list import VideoList

__all__ = (
    "AvatarGroupError",
    "AvatarGroupItem",
    "AvatarList",
    "GetAvatarGroupResponse",
    "GetVideoResponse",
    "ListAvatarGroupsOwnership",
    "VideoDetail",
    "VideoList",
)
