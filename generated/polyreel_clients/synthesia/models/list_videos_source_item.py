from typing import Literal

ListVideosSourceItem = Literal["my_videos", "shared_with_me", "workspace"]

LIST_VIDEOS_SOURCE_ITEM_VALUES: set[ListVideosSourceItem] = {
    "my_videos",
    "shared_with_me",
    "workspace",
}


def check_list_videos_source_item(value: str) -> ListVideosSourceItem:
    if value in LIST_VIDEOS_SOURCE_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_VIDEOS_SOURCE_ITEM_VALUES!r}"
    )
