"""How large a document may be, in whatever format it is written."""

MAX_DEPTH = 100
MAX_VALUES = 2_000_000
