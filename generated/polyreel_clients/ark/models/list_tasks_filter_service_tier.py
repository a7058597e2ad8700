from typing import Literal

ListTasksFilterServiceTier = Literal["default", "flex"]

LIST_TASKS_FILTER_SERVICE_TIER_VALUES: set[ListTasksFilterServiceTier] = {
    "default",
    "flex",
}


def check_list_tasks_filter_service_tier(value: str) -> ListTasksFilterServiceTier:
    if value in LIST_TASKS_FILTER_SERVICE_TIER_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_TASKS_FILTER_SERVICE_TIER_VALUES!r}"
    )
