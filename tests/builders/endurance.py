"""How long the tests by chance go on: short in CI, long with `MARCHANTE_CHAOS=1` (make chaos)."""

import os

LONG = bool(os.environ.get("MARCHANTE_CHAOS"))
