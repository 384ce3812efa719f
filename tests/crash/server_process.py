"""The program that is killed: the whole web server. Imports once, then has a child for each life."""

import json
import os
import signal
import sys

from webforms.serve import main as serve


def main() -> None:
    """Make a child for each line that comes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(json.loads(line))
            print(os.getpid(), flush=True)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the mother's line is for her alone
            sys.exit(serve())


main()
