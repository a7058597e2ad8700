"""Contains all the data models used in inputs/outputs"""

from .assets import Assets
from .generation import Generation
from .list_generation_response import ListGenerationResponse
from .request import Request

__all__ = (
    "Assets",
    "Generation",
    "ListGenerationResponse",
    "Request",
)
