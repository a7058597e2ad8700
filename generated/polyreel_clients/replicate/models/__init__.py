"""Contains all the data models used in inputs/outputs"""

from .list_predictions_source import ListPredictionsSource
from .prediction_list import PredictionList
from .schemas_prediction_response import SchemasPredictionResponse
from .schemas_prediction_response_input import SchemasPredictionResponseInput
from .schemas_prediction_response_metrics import SchemasPredictionResponseMetrics
from .schemas_prediction_response_urls import SchemasPredictionResponseUrls

__all__ = (
    "ListPredictionsSource",
    "PredictionList",
    "SchemasPredictionResponse",
    "SchemasPredictionResponseInput",
    "SchemasPredictionResponseMetrics",
    "SchemasPredictionResponseUrls",
)
