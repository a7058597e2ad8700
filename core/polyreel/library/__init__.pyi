from .opened import Library as Library
