from typing import Literal

ListVideoGenerationsStatusType1 = Literal[
    "completed", "failed", "generating", "pending"
]

LIST_VIDEO_GENERATIONS_STATUS_TYPE_1_VALUES: set[ListVideoGenerationsStatusType1] = {
    "completed",
    "failed",
    "generating",
    "pending",
}


def check_list_video_generations_status_type_1(
    value: str,
) -> ListVideoGenerationsStatusType1:
    if value in LIST_VIDEO_GENERATIONS_STATUS_TYPE_1_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_VIDEO_GENERATIONS_STATUS_TYPE_1_VALUES!r}"
    )
