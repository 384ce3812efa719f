"""What may be sent and how large it may be, told before anybody chooses a file."""

from collections.abc import Iterator

from pipeline.intake.kinds import GROUPS, MEGABYTE, MEGAPIXEL, Limits
from webforms.design.words import Speaker


def told_beforehand(say: Speaker) -> Iterator[str]:
    """One sentence for each group of kinds."""
    for group in GROUPS:
        what = say(f"files.kind_{group.kinds[0].value}")
        yield say("files.at_most", what=what, bounds=say.listed(list(_bounds(group.limits, say))))


def _bounds(limits: Limits, say: Speaker) -> Iterator[str]:
    yield f"{limits.file_bytes // MEGABYTE} MB"
    if limits.pages:
        yield say("files.pages", count=limits.pages)
    elif limits.pixels:
        yield say("files.megapixels", count=limits.pixels // MEGAPIXEL)
    if limits.seconds:
        yield say("files.minutes", count=limits.seconds // 60)
