"""Contains all the data models used in inputs/outputs"""

from .asset import Asset
from .asset_list import AssetList
from .asset_tag import AssetTag
from .get_asset_response import GetAssetResponse
from .list_assets_media_type_type_0_item import ListAssetsMediaTypeType0Item
from .list_assets_section import ListAssetsSection
from .list_assets_source_type_0_item import ListAssetsSourceType0Item
from .list_assets_tag_mode import ListAssetsTagMode

__all__ = (
    "Asset",
    "AssetList",
    "AssetTag",
    "GetAssetResponse",
    "ListAssetsMediaTypeType0Item",
    "ListAssetsSection",
    "ListAssetsSourceType0Item",
    "ListAssetsTagMode",
)
