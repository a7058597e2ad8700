"""Contains all the data models used in inputs/outputs"""

from .actor_settings import ActorSettings
from .cta_settings import CtaSettings
from .input_ import Input
from .input_background_position import InputBackgroundPosition
from .input_background_settings import InputBackgroundSettings
from .input_background_trim import InputBackgroundTrim
from .input_sound_settings import InputSoundSettings
from .input_video_background_settings import InputVideoBackgroundSettings
from .list_videos_source_item import ListVideosSourceItem
from .parent_sound_settings import ParentSoundSettings
from .parent_soundtrack_region import ParentSoundtrackRegion
from .video_asset_caption_types_response import VideoAssetCaptionTypesResponse
from .video_list_response import VideoListResponse
from .video_response import VideoResponse
from .video_thumbnail_types_response import VideoThumbnailTypesResponse

__all__ = (
    "ActorSettings",
    "CtaSettings",
    "Input",
    "InputBackgroundPosition",
    "InputBackgroundSettings",
    "InputBackgroundTrim",
    "InputSoundSettings",
    "InputVideoBackgroundSettings",
    "ListVideosSourceItem",
    "ParentSoundSettings",
    "ParentSoundtrackRegion",
    "VideoAssetCaptionTypesResponse",
    "VideoListResponse",
    "VideoResponse",
    "VideoThumbnailTypesResponse",
)
