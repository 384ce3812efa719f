"""Moments as the installation keeps them: UTC, ISO text with microseconds, so that text sorts as time."""

from datetime import UTC, datetime


def iso_moment(moment: datetime) -> str:
    """An aware moment, e.g. “2026-11-22T00:36:10.000000Z”."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
