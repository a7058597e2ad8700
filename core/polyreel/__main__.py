"""``python -m polyreel`` is the command line."""

import sys

from polyreel.cli import main

sys.exit(main())
