"""A hearing's deadline has passed and nothing had come."""

from pipeline.cases.hearing.events import SilenceRecorded
from pipeline.journey.engine.step import Done, Work


def record_silence(work: Work) -> Done:
    """Record silence as silence. An answer that comes before this is committed takes the row away from it."""
    return Done([SilenceRecorded(work.journey.about)])
