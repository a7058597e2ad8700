from typing import Literal

ListJobsStatus = Literal[
    "backlogged",
    "cancelled",
    "completed",
    "failed",
    "intermediate-complete",
    "processing",
    "queued",
    "sampling",
    "scheduled",
]

LIST_JOBS_STATUS_VALUES: set[ListJobsStatus] = {
    "backlogged",
    "cancelled",
    "completed",
    "failed",
    "intermediate-complete",
    "processing",
    "queued",
    "sampling",
    "scheduled",
}


def check_list_jobs_status(value: str) -> ListJobsStatus:
    if value in LIST_JOBS_STATUS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_JOBS_STATUS_VALUES!r}"
    )
