"""Sets Python's interpreter for a server of pages; two figures, each measured."""

import gc
import sys

_TURN = 0.001
"""Seconds for which a thread may keep the others from the interpreter lock. A save gives the lock up at each of its
statements; while documents are made in another thread it would wait Python's usual 5 ms to have it back each time."""

_NEW_OBJECTS = 20_000
"""So many new objects before a search for those that only hold each other. A page makes and drops some ten thousand;
at Python's usual 700 a seventh of a page's time went into searching in the middle of it."""


def set_for_pages() -> None:
    """Let many short requests run beside long work in one process."""
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_NEW_OBJECTS)
