from typing import Literal

ListVideoGenerationsStatusType2Type1 = Literal[
    "completed", "failed", "generating", "pending"
]

LIST_VIDEO_GENERATIONS_STATUS_TYPE_2_TYPE_1_VALUES: set[
    ListVideoGenerationsStatusType2Type1
] = {
    "completed",
    "failed",
    "generating",
    "pending",
}


def check_list_video_generations_status_type_2_type_1(
    value: str,
) -> ListVideoGenerationsStatusType2Type1:
    if value in LIST_VIDEO_GENERATIONS_STATUS_TYPE_2_TYPE_1_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_VIDEO_GENERATIONS_STATUS_TYPE_2_TYPE_1_VALUES!r}"
    )
