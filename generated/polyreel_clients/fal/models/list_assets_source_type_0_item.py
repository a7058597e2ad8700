from typing import Literal

ListAssetsSourceType0Item = Literal["response", "upload"]

LIST_ASSETS_SOURCE_TYPE_0_ITEM_VALUES: set[ListAssetsSourceType0Item] = {
    "response",
    "upload",
}


def check_list_assets_source_type_0_item(value: str) -> ListAssetsSourceType0Item:
    if value in LIST_ASSETS_SOURCE_TYPE_0_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_ASSETS_SOURCE_TYPE_0_ITEM_VALUES!r}"
    )
