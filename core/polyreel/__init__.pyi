# The public names of polyreel and where each is defined; __init__.py imports them when first used.

from . import paging as paging
from .accounts import Account as Account
from .auth import (
    AwsSignature as AwsSignature,
    Basic as Basic,
    Bearer as Bearer,
    HeaderKey as HeaderKey,
    KeyPairToken as KeyPairToken,
)
from .errors import (
    AuthenticationError as AuthenticationError,
    BrokenFile as BrokenFile,
    ConfigurationError as ConfigurationError,
    ConnectionFailed as ConnectionFailed,
    InvalidRequest as InvalidRequest,
    LibraryError as LibraryError,
    LinkEnded as LinkEnded,
    MalformedResponse as MalformedResponse,
    NotFound as NotFound,
    PaginationError as PaginationError,
    PartialFailure as PartialFailure,
    PermissionDenied as PermissionDenied,
    PluginError as PluginError,
    PolyreelError as PolyreelError,
    ProviderGone as ProviderGone,
    ProviderUnavailable as ProviderUnavailable,
    RateLimited as RateLimited,
    RequestError as RequestError,
    ResponseError as ResponseError,
    SpecError as SpecError,
    Timeout as Timeout,
    TransientError as TransientError,
    UnsupportedError as UnsupportedError,
    UnsupportedOperation as UnsupportedOperation,
    UnsupportedOption as UnsupportedOption,
    WaitTimeout as WaitTimeout,
)
from .fields import (
    FieldMap as FieldMap,
    below as below,
)
from .files import (
    File as File,
    family_of as family_of,
    files_of as files_of,
    may_be_video as may_be_video,
    urls_in as urls_in,
    usual_files as usual_files,
)
from .hookspecs import hookimpl as hookimpl
from .http.pacing import Policy as Policy
from .hub import (
    AsyncHub as AsyncHub,
    Hub as Hub,
)
from .hub.collection import (
    AsyncCollection as AsyncCollection,
    Collection as Collection,
)
from .listing.iterate import (
    AsyncListing as AsyncListing,
    Listing as Listing,
)
from .listing.options import (
    ListOptions as ListOptions,
    OnError as OnError,
)
from .models import (
    Item as Item,
    Kind as Kind,
    ListQuery as ListQuery,
    Order as Order,
    Page as Page,
    Replica as Replica,
    Status as Status,
    Video as Video,
)
from .provider import (
    Lifecycle as Lifecycle,
    Provider as Provider,
    Resource as Resource,
    Setting as Setting,
)
from .registry import Registry as Registry
from .request import (
    Request as Request,
    Response as Response,
)

__version__: str
