"""`marchante serve`, born many times: it is imported once, and each line on stdin makes one server of it (its pid is
written to stdout). A start then takes as long as the start of the product, not as that of Python.

With SHORT_WAITS the waits that follow a death are some seconds, so that twenty deaths fit into a minute. With DEADLY
a text that holds that word kills the server in the middle of its turn.
"""

import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from marchante.outbox import domain

if os.environ.get("SHORT_WAITS"):
    domain.DOUBT = timedelta(seconds=6)  # before anybody imports it

from marchante.conversations import claims, engine
from marchante.conversations.inputs import Input, Said
from marchante.entrypoints.commands import serving
from marchante.outbox import ownership

if os.environ.get("SHORT_WAITS"):
    ownership.LEASE = timedelta(seconds=1)
    ownership.RENEW = ownership.LEASE / 3

if deadly := os.environ.get("DEADLY"):
    claims.FIRST_RETRY = timedelta(seconds=0.1)
    healthy = engine.run

    def run(session: Any, inputs: Sequence[Input], *more: Any, **named: Any) -> Any:
        if any(isinstance(each, Said) and deadly in each.text for each in inputs):
            os.kill(os.getpid(), signal.SIGKILL)
        return healthy(session, inputs, *more, **named)

    engine.run = run


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
