"""`marchante serve`, born many times: it is imported once, and each line on stdin makes one server of it (its pid is
written to stdout). A start then takes as long as the start of the product, not as that of Python.

With SHORT_WAITS the waits that follow a death are some seconds, so that twenty deaths fit into a minute.
"""

import os
import signal
import sys
from datetime import timedelta

from marchante.outbox import domain

if os.environ.get("SHORT_WAITS"):
    domain.DOUBT = timedelta(seconds=6)  # before anybody imports it

from marchante.entrypoints.commands import serving
from marchante.outbox import ownership

if os.environ.get("SHORT_WAITS"):
    ownership.LEASE = timedelta(seconds=1)
    ownership.RENEW = ownership.LEASE / 3


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            serving.serve("all", 1, None)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
