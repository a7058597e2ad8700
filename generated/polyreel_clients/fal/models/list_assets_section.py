from typing import Literal

ListAssetsSection = Literal["all-media", "favorites", "generated", "uploads"]

LIST_ASSETS_SECTION_VALUES: set[ListAssetsSection] = {
    "all-media",
    "favorites",
    "generated",
    "uploads",
}


def check_list_assets_section(value: str) -> ListAssetsSection:
    if value in LIST_ASSETS_SECTION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_ASSETS_SECTION_VALUES!r}"
    )
