"""In whose voice a page writes: offered by the rules of the case, chosen in the address, never taken on trust."""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.voices import Voice, members_of, voices_of
from pipeline.tool.definition import Tool
from webforms.design.words import Speaker

_BETWEEN = "~"


@dataclass(frozen=True)
class OfferedVoice:
    """A way to answer, as a page offers it; `key` is what the address says."""

    key: str
    voice: Voice
    names: str


def offered(case: Case, person_id: str, day: date, tool: Tool, section: str, say: Speaker) -> tuple[OfferedVoice, ...]:
    """The voices a person may fill a section with, the usual one first."""
    mine = (voice for voice in voices_of(case, person_id, day, tool) if section in voice.sections)
    return tuple(OfferedVoice(key_of(voice), voice, names_of(case, voice.id, say)) for voice in mine)


def chosen(offers: tuple[OfferedVoice, ...], key: str) -> OfferedVoice | None:
    """The voice that the address names, or the usual one where it names none; None where it is not offered."""
    if not key:
        return offers[0] if offers else None
    return next((offer for offer in offers if offer.key == key), None)


def key_of(voice: Voice) -> str:
    """A voice as an address names it: random ids only."""
    return f"{voice.id}{_BETWEEN}{voice.on_behalf_of}" if voice.on_behalf_of else voice.id


def names_of(case: Case, voice_id: str, say: Speaker) -> str:
    """Whose voice it is, by name."""
    members = members_of(case, voice_id)
    return say.listed([person.name for person in members]) if members else name_of(case, voice_id)
