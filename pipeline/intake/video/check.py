"""A video from outside: whole, no longer than allowed, and without anything beside picture and sound."""

import mmap
import zipfile
from pathlib import Path

from pipeline.intake.accepted import Change
from pipeline.intake.finding import Finding
from pipeline.intake.kinds import Kind
from pipeline.intake.refusals import Reason, refusal, too_long
from pipeline.intake.video.boxes import BrokenStructure
from pipeline.intake.video.mp4 import Movie
from pipeline.intake.video.webm import WebMovie


def check_video(path: Path, kind: Kind) -> Finding:
    """The places of a video that have to be overwritten.

    Raises:
        FileRefused: it is damaged, something else besides, or too long.
    """
    if zipfile.is_zipfile(path):
        raise refusal(Reason.DAMAGED)
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            movie = WebMovie(data) if kind is Kind.WEBM else Movie(data)
    except BrokenStructure as error:
        raise refusal(Reason.DAMAGED) from error
    # Written so that a length that is no number is refused too.
    if not movie.seconds <= kind.limits.seconds:
        raise too_long(kind)
    changes = (Change.METADATA_BLANKED,) if movie.had_metadata else ()
    return Finding(kind, changes, tuple(movie.edits))
