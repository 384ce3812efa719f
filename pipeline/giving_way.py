"""Documents, files from outside and checks of seals are worked on by processes of their own, and give way to the pages.

Standard library alone: the go-between to LibreOffice imports this under Debian's own Python.
"""

import os

_STEPS = 10
"""Of nice(2), which has 19: under full load it gets a tenth of what one at a page gets, and never nothing."""


def give_way() -> None:
    """Let this process and its children work when nobody at a page wants the processor."""
    os.nice(_STEPS)
