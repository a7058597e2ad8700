from typing import Literal

GetVideoContentVariant = Literal["spritesheet", "thumbnail", "video"]

GET_VIDEO_CONTENT_VARIANT_VALUES: set[GetVideoContentVariant] = {
    "spritesheet",
    "thumbnail",
    "video",
}


def check_get_video_content_variant(value: str) -> GetVideoContentVariant:
    if value in GET_VIDEO_CONTENT_VARIANT_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_VIDEO_CONTENT_VARIANT_VALUES!r}"
    )
