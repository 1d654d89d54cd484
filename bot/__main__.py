"""`python -m bot` is `celvedis`."""

import sys

from bot.cli import main

sys.exit(main())
