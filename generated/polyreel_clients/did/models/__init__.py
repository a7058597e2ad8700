"""Contains all the data models used in inputs/outputs"""

from .avatar_creation_notes import AvatarCreationNotes
from .avatar_creation_notes_worker_error import AvatarCreationNotesWorkerError
from .avatar_error import AvatarError
from .avatar_face_rect import AvatarFaceRect
from .avatar_list import AvatarList
from .clip import Clip
from .clip_config import ClipConfig
from .clip_config_logo import ClipConfigLogo
from .clip_list import ClipList
from .expressive import Expressive
from .expressive_avatar import ExpressiveAvatar
from .expressive_avatar_list import ExpressiveAvatarList
from .expressive_error import ExpressiveError
from .expressive_list import ExpressiveList
from .get_presenter_by_id_response import GetPresenterByIdResponse
from .get_response import GetResponse
from .presenter import Presenter
from .presenter_face_rect import PresenterFaceRect
from .presenter_list import PresenterList
from .scene import Scene
from .scene_config import SceneConfig
from .scene_config_logo import SceneConfigLogo
from .scene_error import SceneError
from .scene_list import SceneList
from .sentiment import Sentiment
from .talk import Talk
from .talk_config import TalkConfig
from .talk_config_driver_expressions import TalkConfigDriverExpressions
from .talk_config_driver_expressions_expression import (
    TalkConfigDriverExpressionsExpression,
)
from .talk_config_logo import TalkConfigLogo
from .talk_list import TalkList
from .translation import Translation
from .translation_list import TranslationList
from .translation_transcription import TranslationTranscription

__all__ = (
    "AvatarCreationNotes",
    "AvatarCreationNotesWorkerError",
    "AvatarError",
    "AvatarFaceRect",
    "AvatarList",
    "Clip",
    "ClipConfig",
    "ClipConfigLogo",
    "ClipList",
    "Expressive",
    "ExpressiveAvatar",
    "ExpressiveAvatarList",
    "ExpressiveError",
    "ExpressiveList",
    "GetPresenterByIdResponse",
    "GetResponse",
    "Presenter",
    "PresenterFaceRect",
    "PresenterList",
    "Scene",
    "SceneConfig",
    "SceneConfigLogo",
    "SceneError",
    "SceneList",
    "Sentiment",
    "Talk",
    "TalkConfig",
    "TalkConfigDriverExpressions",
    "TalkConfigDriverExpressionsExpression",
    "TalkConfigLogo",
    "TalkList",
    "Translation",
    "TranslationList",
    "TranslationTranscription",
)
