"""How often one visitor, or one network address that nobody is signed in from, may do something."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from pipeline.store.rate_limits import Limit


class Pace(StrEnum):
    """What is counted together."""

    READING = "reading"
    WRITING = "writing"
    UPLOADING = "uploading"
    SIGNING_IN = "signing_in"
    CODE = "code"
    CHECKING = "checking"
    UNLIMITED = "unlimited"


# A town hall is one address to us: what nobody can guess a way into may be done often.
USUAL_LIMITS: Mapping[Pace, Limit] = MappingProxyType(
    {
        Pace.READING: Limit("reading", 600, timedelta(minutes=1), lease=20),
        Pace.WRITING: Limit("writing", 240, timedelta(minutes=1), lease=10),
        Pace.UPLOADING: Limit("uploading", 60, timedelta(minutes=10)),
        Pace.SIGNING_IN: Limit("signing_in", 120, timedelta(minutes=10)),
        Pace.CODE: Limit("code", 30, timedelta(minutes=10)),
        Pace.CHECKING: Limit("checking", 40, timedelta(minutes=10)),
    }
)
"""The limits of an installation that sets none of its own."""
