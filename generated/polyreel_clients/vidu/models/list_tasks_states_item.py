from typing import Literal

ListTasksStatesItem = Literal["created", "failed", "processing", "queueing", "success"]

LIST_TASKS_STATES_ITEM_VALUES: set[ListTasksStatesItem] = {
    "created",
    "failed",
    "processing",
    "queueing",
    "success",
}


def check_list_tasks_states_item(value: str) -> ListTasksStatesItem:
    if value in LIST_TASKS_STATES_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_TASKS_STATES_ITEM_VALUES!r}"
    )
