"""Who wrote a version of an answer, when and through what, in the language of the page."""

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Version
from webforms.design.words import Speaker

_TOLD = ("web", "phone", "pdf", "word", "excel", "carried_over")


def headline(case: Case, version: Version, say: Speaker) -> str:
    """Who, when and through what, e.g. “Karen …, myndighedsrådgiver, 3. marts 2026 kl. 14.05, skrevet her”."""
    who = name_of(case, version.by)
    if version.on_behalf_of:
        who = say("forms.wrote_for", who=who, other=name_of(case, version.on_behalf_of))
    through = say(f"forms.through_{version.through}") if version.through in _TOLD else version.through
    taken_back = (say("forms.was_taken_back"),) if version.value is None else ()
    return ", ".join((who, say.moment(version.at), through, *taken_back))
