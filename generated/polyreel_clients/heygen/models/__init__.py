"""Contains all the data models used in inputs/outputs"""

from .avatar_group_error import AvatarGroupError
from .avatar_group_item import AvatarGroupItem
from .avatar_list import AvatarList
from .get_avatar_group_response import GetAvatarGroupResponse
from .get_avatar_look_response import GetAvatarLookResponse
from .get_video_response import GetVideoResponse
from .list_avatar_groups_ownership import ListAvatarGroupsOwnership
from .list_avatar_looks_avatar_type import ListAvatarLooksAvatarType
from .list_avatar_looks_ownership import ListAvatarLooksOwnership
from .look import Look
from .look_error import LookError
from .look_list import LookList
from .video_detail import VideoDetail
from .video_list import VideoList

__all__ = (
    "AvatarGroupError",
    "AvatarGroupItem",
    "AvatarList",
    "GetAvatarGroupResponse",
    "GetAvatarLookResponse",
    "GetVideoResponse",
    "ListAvatarGroupsOwnership",
    "ListAvatarLooksAvatarType",
    "ListAvatarLooksOwnership",
    "Look",
    "LookError",
    "LookList",
    "VideoDetail",
    "VideoList",
)
