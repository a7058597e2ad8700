from typing import Literal

ListVideoGenerationsStatusType3Type1 = Literal[
    "completed", "failed", "generating", "pending"
]

LIST_VIDEO_GENERATIONS_STATUS_TYPE_3_TYPE_1_VALUES: set[
    ListVideoGenerationsStatusType3Type1
] = {
    "completed",
    "failed",
    "generating",
    "pending",
}


def check_list_video_generations_status_type_3_type_1(
    value: str,
) -> ListVideoGenerationsStatusType3Type1:
    if value in LIST_VIDEO_GENERATIONS_STATUS_TYPE_3_TYPE_1_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_VIDEO_GENERATIONS_STATUS_TYPE_3_TYPE_1_VALUES!r}"
    )
