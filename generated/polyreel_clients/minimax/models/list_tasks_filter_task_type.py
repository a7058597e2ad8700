from typing import Literal

ListTasksFilterTaskType = Literal["generation", "h3_context_ir", "regeneration"]

LIST_TASKS_FILTER_TASK_TYPE_VALUES: set[ListTasksFilterTaskType] = {
    "generation",
    "h3_context_ir",
    "regeneration",
}


def check_list_tasks_filter_task_type(value: str) -> ListTasksFilterTaskType:
    if value in LIST_TASKS_FILTER_TASK_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_TASKS_FILTER_TASK_TYPE_VALUES!r}"
    )
