"""``python -m data``: the store from a terminal."""

import sys

from data.command_line import main

sys.exit(main())
