from typing import Literal

ListAssetsMediaTypeType0Item = Literal["3d", "audio", "image", "video"]

LIST_ASSETS_MEDIA_TYPE_TYPE_0_ITEM_VALUES: set[ListAssetsMediaTypeType0Item] = {
    "3d",
    "audio",
    "image",
    "video",
}


def check_list_assets_media_type_type_0_item(
    value: str,
) -> ListAssetsMediaTypeType0Item:
    if value in LIST_ASSETS_MEDIA_TYPE_TYPE_0_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_ASSETS_MEDIA_TYPE_TYPE_0_ITEM_VALUES!r}"
    )
