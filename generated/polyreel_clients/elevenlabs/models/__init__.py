"""Contains all the data models used in inputs/outputs"""

from .generation import Generation
from .list_video_generations_status_type_1 import ListVideoGenerationsStatusType1
from .list_video_generations_status_type_2_type_1 import (
    ListVideoGenerationsStatusType2Type1,
)
from .list_video_generations_status_type_3_type_1 import (
    ListVideoGenerationsStatusType3Type1,
)
from .media_generation_list_response import MediaGenerationListResponse

__all__ = (
    "Generation",
    "ListVideoGenerationsStatusType1",
    "ListVideoGenerationsStatusType2Type1",
    "ListVideoGenerationsStatusType3Type1",
    "MediaGenerationListResponse",
)
