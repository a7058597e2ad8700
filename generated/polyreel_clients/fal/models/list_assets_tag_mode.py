from typing import Literal

ListAssetsTagMode = Literal["all", "any"]

LIST_ASSETS_TAG_MODE_VALUES: set[ListAssetsTagMode] = {
    "all",
    "any",
}


def check_list_assets_tag_mode(value: str) -> ListAssetsTagMode:
    if value in LIST_ASSETS_TAG_MODE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_ASSETS_TAG_MODE_VALUES!r}"
    )
