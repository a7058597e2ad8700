"""Contains all the data models used in inputs/outputs"""

from .job import Job
from .job_list import JobList
from .job_result import JobResult
from .list_jobs_status import ListJobsStatus

__all__ = (
    "Job",
    "JobList",
    "JobResult",
    "ListJobsStatus",
)
