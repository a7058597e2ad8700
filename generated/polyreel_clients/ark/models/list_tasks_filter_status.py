from typing import Literal

ListTasksFilterStatus = Literal["cancelled", "failed", "queued", "running", "succeeded"]

LIST_TASKS_FILTER_STATUS_VALUES: set[ListTasksFilterStatus] = {
    "cancelled",
    "failed",
    "queued",
    "running",
    "succeeded",
}


def check_list_tasks_filter_status(value: str) -> ListTasksFilterStatus:
    if value in LIST_TASKS_FILTER_STATUS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_TASKS_FILTER_STATUS_VALUES!r}"
    )
