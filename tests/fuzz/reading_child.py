"""A child that reads many mutated files one after the other, under the limits of the one that reads a single file."""

import json

from pipeline.errors import UnreadableFile
from pipeline.limited_child import serve
from pipeline.offline import reader_child
from pipeline.offline.reader_child import DAMAGED, confine


def answer(data: bytes) -> bytes:
    """“read”, “kept” (a PDF that is no form), “refused”, or “unforeseen”: a library raised what nobody expects."""
    try:
        told = json.loads(reader_child.answer(data))
    except UnreadableFile as refusal:
        return b"unforeseen" if str(refusal) == DAMAGED else b"refused"
    return b"read" if "passport" in told else b"kept"


if __name__ == "__main__":
    confine()
    serve(answer, ())
