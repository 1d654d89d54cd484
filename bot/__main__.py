"""`python -m bot` is `celvedis`."""

import sys

from bot.cli.main import main

sys.exit(main())
