"""What providers call things: our fields' usual names, and the beginnings of status words."""

from __future__ import annotations

from collections.abc import Mapping

from polyreel.codegen.scaffold.wording import names
from polyreel.models import Kind, Status

_TEXT = frozenset({"string"})
_WORD = frozenset({"string", "integer"})
ADDRESS = frozenset({"string"})
_TIME = frozenset({"string", "integer", "number"})
_NUMBER = frozenset({"string", "integer", "number"})

# Our field: its usual names, the best first, and those after "|" that may well mean something else.
NAMES: Mapping[str, tuple[frozenset[str], str]] = {
    "title": (_TEXT, "title name display_name label | filename file_name"),
    "type": (_TEXT, "type replica_type avatar_type ownership | category kind source visibility"),
    "prompt": (
        _TEXT,
        "prompt script text_prompt script_text input_text prompt_text | text transcript",
    ),
    "provider_status": (
        _WORD,
        "status state job_status task_status generation_status | phase stage status_code state_code",
    ),
    "progress": (
        _NUMBER,
        "progress progress_percent progress_percentage percent percentage percent_complete "
        "generation_progress training_progress completion_percentage | completion",
    ),
    "created_at": (
        _TIME,
        "created_at created create_time created_time creation_time created_on created_date "
        "creation_date date_created inserted_at created_timestamp | upload_time "
        "uploaded_at timestamp date time submitted_at",
    ),
    "updated_at": (
        _TIME,
        "updated_at modified_at updated update_time updated_time last_updated_at last_updated "
        "last_modified_at last_modified modified updated_on",
    ),
    "completed_at": (
        _TIME,
        "completed_at finished_at completed_time complete_time completed ended_at done_at "
        "generated_at completion_time rendered_at | end_time ended",
    ),
    "expires_at": (
        _TIME, "expires_at expire_at expires expiration_time expiration expiry expiry_time expires_on",
    ),
    "duration": (
        _NUMBER,
        "duration duration_seconds seconds duration_sec duration_secs duration_in_seconds "
        "video_length length_seconds duration_ms duration_millis duration_milliseconds length_ms | length",
    ),
    "width": (_NUMBER, "width"),
    "height": (_NUMBER, "height"),
    "size": (_TEXT, "dimensions resolution | size"),
    "model": (_TEXT, "model model_name model_slug model_id ai_model_id | engine"),
    "download_url": (
        ADDRESS,
        "download_url video_url output_url result_url video_download_url file_url mp4_url mp4 download "
        "url video_uri video media_url asset_url output | result src outputs videos files",
    ),
    "stream_url": (ADDRESS, "stream_url streaming_url hls_url hls playback_url m3u8_url manifest_url"),
    "page_url": (
        ADDRESS,
        "page_url hosted_url share_url shareable_url share_link view_url web_url public_url "
        "video_page_url player_url permalink | shared_url link",
    ),
    "thumbnail_url": (
        ADDRESS,
        "thumbnail_url still_image_thumbnail_url thumbnail poster_url poster cover_url snapshot_url "
        "cover_image_url cover preview_image_url image_url thumbnail_image thumbnail_uri thumb_url "
        "processed_image_uri still | image reference_image_uri thumb",
    ),
    "preview_url": (
        ADDRESS,
        "preview_url preview_video_url gif_url gif_thumbnail_url animated_thumbnail_url preview_gif "
        "thumbnail_video_url talking_preview_url gif preview preview_video_uri | preview_uri",
    ),
    "error": (
        _TEXT,
        "error error_message failure_reason failure_message error_details fail_reason failed_reason "
        "failure error_description last_error error_msg status_message | "
        "status_details reason message detail",
    ),
    "remixed_from": (_TEXT, "remixed_from_video_id remixed_from_id remixed_from"),
}  # fmt: skip
OURS: Mapping[Kind, tuple[str, ...]] = {
    "videos": names(
        "title prompt provider_status progress created_at updated_at completed_at expires_at duration "
        "width height size model download_url stream_url page_url thumbnail_url preview_url error "
        "remixed_from"
    ),
    "replicas": names(
        "title type provider_status progress created_at updated_at thumbnail_url preview_url error"
    ),
}
IN_ERRORS = names("message description detail details reason error code")
ERRORS = names("error failure last_error")
# Objects that hold what went in, or what belongs to something else.
FOREIGN = set(
    names(
        "request input inputs params parameters options settings config user owner creator workspace "
        "webhook callback background audio music voice logo source metrics usage urls_to_delete external"
    )
)
INPUTS = set(names("request input inputs params parameters options settings"))
INPUTS_TOO = {"prompt", "model", "title", "duration", "size", "width", "height"}
THINGS = {
    "video",
    "avatar",
    "replica",
    "clip",
    "generation",
    "task",
    "job",
    "file",
    "media",
    "item",
    "asset",
    "recording",
}

STARTS: Mapping[Status, tuple[str, ...]] = {
    Status.FAILED: names(
        "fail error reject cancel abort invalid timeout timed block moderat exceed den violat unsupport "
        "corrupt crash kill stop unavail"
    ),
    Status.DELETED: names("delet expir archiv remov"),
    Status.QUEUED: names(
        "queue pend wait schedul creat submit draft new plan request init hold accept"
    ),
    Status.RUNNING: names(
        "run process progress render generat train start upload validat index transcod encod publishing "
        "prepar download compos ongoing fetch sav import merg analyz stitch pack work transcri "
        "postprocess preprocess"
    ),
    Status.READY: names(
        "done complet success succeed ready finish approv publish available active ok "
        "stored deliver play enabl"
    ),
}
