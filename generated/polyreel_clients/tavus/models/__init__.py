"""Contains all the data models used in inputs/outputs"""

from .list_replicas_replica_type import ListReplicasReplicaType
from .replica import Replica
from .replica_list import ReplicaList
from .video import Video
from .video_data import VideoData
from .video_list import VideoList

__all__ = (
    "ListReplicasReplicaType",
    "Replica",
    "ReplicaList",
    "Video",
    "VideoData",
    "VideoList",
)
