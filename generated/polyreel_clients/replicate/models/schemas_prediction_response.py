from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schemas_prediction_response_input import (
        SchemasPredictionResponseInput,
    )
    from ..models.schemas_prediction_response_metrics import (
        SchemasPredictionResponseMetrics,
    )
    from ..models.schemas_prediction_response_urls import SchemasPredictionResponseUrls


T = TypeVar("T", bound="SchemasPredictionResponse")


@_attrs_define
class SchemasPredictionResponse:
    """
    Attributes:
        completed_at (str | Unset):
        created_at (str | Unset):
        data_removed (bool | Unset):
        deadline (str | Unset):
        deployment (str | Unset):
        error (str | Unset):
        id (str | Unset):
        input_ (None | SchemasPredictionResponseInput | Unset):
        logs (str | Unset):
        metrics (None | SchemasPredictionResponseMetrics | Unset):
        model (str | Unset):
        output (Any | Unset):
        source (str | Unset):
        started_at (str | Unset):
        status (str | Unset):
        urls (None | SchemasPredictionResponseUrls | Unset):
        version (str | Unset):
    """

    completed_at: str | Unset = UNSET
    created_at: str | Unset = UNSET
    data_removed: bool | Unset = UNSET
    deadline: str | Unset = UNSET
    deployment: str | Unset = UNSET
    error: str | Unset = UNSET
    id: str | Unset = UNSET
    input_: None | SchemasPredictionResponseInput | Unset = UNSET
    logs: str | Unset = UNSET
    metrics: None | SchemasPredictionResponseMetrics | Unset = UNSET
    model: str | Unset = UNSET
    output: Any | Unset = UNSET
    source: str | Unset = UNSET
    started_at: str | Unset = UNSET
    status: str | Unset = UNSET
    urls: None | SchemasPredictionResponseUrls | Unset = UNSET
    version: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.schemas_prediction_response_input import (
            SchemasPredictionResponseInput,
        )
        from ..models.schemas_prediction_response_metrics import (
            SchemasPredictionResponseMetrics,
        )
        from ..models.schemas_prediction_response_urls import (
            SchemasPredictionResponseUrls,
        )

        completed_at = self.completed_at

        created_at = self.created_at

        data_removed = self.data_removed

        deadline = self.deadline

        deployment = self.deployment

        error = self.error

        id = self.id

        input_: dict[str, Any] | None | Unset
        if isinstance(self.input_, Unset):
            input_ = UNSET
        elif isinstance(self.input_, SchemasPredictionResponseInput):
            input_ = self.input_.to_dict()
        else:
            input_ = self.input_

        logs = self.logs

        metrics: dict[str, Any] | None | Unset
        if isinstance(self.metrics, Unset):
            metrics = UNSET
        elif isinstance(self.metrics, SchemasPredictionResponseMetrics):
            metrics = self.metrics.to_dict()
        else:
            metrics = self.metrics

        model = self.model

        output = self.output

        source = self.source

        started_at = self.started_at

        status = self.status

        urls: dict[str, Any] | None | Unset
        if isinstance(self.urls, Unset):
            urls = UNSET
        elif isinstance(self.urls, SchemasPredictionResponseUrls):
            urls = self.urls.to_dict()
        else:
            urls = self.urls

        version = self.version

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if data_removed is not UNSET:
            field_dict["data_removed"] = data_removed
        if deadline is not UNSET:
            field_dict["deadline"] = deadline
        if deployment is not UNSET:
            field_dict["deployment"] = deployment
        if error is not UNSET:
            field_dict["error"] = error
        if id is not UNSET:
            field_dict["id"] = id
        if input_ is not UNSET:
            field_dict["input"] = input_
        if logs is not UNSET:
            field_dict["logs"] = logs
        if metrics is not UNSET:
            field_dict["metrics"] = metrics
        if model is not UNSET:
            field_dict["model"] = model
        if output is not UNSET:
            field_dict["output"] = output
        if source is not UNSET:
            field_dict["source"] = source
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if status is not UNSET:
            field_dict["status"] = status
        if urls is not UNSET:
            field_dict["urls"] = urls
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.schemas_prediction_response_input import (
            SchemasPredictionResponseInput,
        )
        from ..models.schemas_prediction_response_metrics import (
            SchemasPredictionResponseMetrics,
        )
        from ..models.schemas_prediction_response_urls import (
            SchemasPredictionResponseUrls,
        )

        d = dict(src_dict)
        completed_at = d.pop("completed_at", UNSET)

        created_at = d.pop("created_at", UNSET)

        data_removed = d.pop("data_removed", UNSET)

        deadline = d.pop("deadline", UNSET)

        deployment = d.pop("deployment", UNSET)

        error = d.pop("error", UNSET)

        id = d.pop("id", UNSET)

        def _parse_input_(
            data: object,
        ) -> None | SchemasPredictionResponseInput | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                input_input = SchemasPredictionResponseInput.from_dict(data)

                return input_input
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SchemasPredictionResponseInput | Unset, data)

        input_ = _parse_input_(d.pop("input", UNSET))

        logs = d.pop("logs", UNSET)

        def _parse_metrics(
            data: object,
        ) -> None | SchemasPredictionResponseMetrics | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metrics_type_0 = SchemasPredictionResponseMetrics.from_dict(data)

                return metrics_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SchemasPredictionResponseMetrics | Unset, data)

        metrics = _parse_metrics(d.pop("metrics", UNSET))

        model = d.pop("model", UNSET)

        output = d.pop("output", UNSET)

        source = d.pop("source", UNSET)

        started_at = d.pop("started_at", UNSET)

        status = d.pop("status", UNSET)

        def _parse_urls(data: object) -> None | SchemasPredictionResponseUrls | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                urls_type_0 = SchemasPredictionResponseUrls.from_dict(data)

                return urls_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SchemasPredictionResponseUrls | Unset, data)

        urls = _parse_urls(d.pop("urls", UNSET))

        version = d.pop("version", UNSET)

        schemas_prediction_response = cls(
            completed_at=completed_at,
            created_at=created_at,
            data_removed=data_removed,
            deadline=deadline,
            deployment=deployment,
            error=error,
            id=id,
            input_=input_,
            logs=logs,
            metrics=metrics,
            model=model,
            output=output,
            source=source,
            started_at=started_at,
            status=status,
            urls=urls,
            version=version,
        )

        schemas_prediction_response.additional_properties = d
        return schemas_prediction_response

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
