"""Who has signed or answered a paper: the person, or somebody who may do it for them."""

from pipeline.cases.record.history import name_of
from pipeline.cases.record.people import Act
from pipeline.cases.record.place_words import place_in_words
from pipeline.cases.record.speaking_for import acts_as, speakers
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option

_NAME = "speaker"


def speaker_asks(at: AtCase, person: str, act: Act) -> tuple[Ask, ...]:
    """The question; none where nobody may do it for the person."""
    others = speakers(at.case, person, act, at.today)
    options = [Option(person, name_of(at.case, person))]
    for other in others:
        place = acts_as(at.case, other, person, act, at.today)
        options.append(Option(other, name_of(at.case, other), place_in_words(place) if place else ""))
    return (Ask(_NAME, Look.RADIOS, required=True, options=tuple(options), begins=(person,)),) if others else ()


def speaker_in(form: SmallForm, person: str) -> str:
    """Id of who did it for the person; empty for the person."""
    chosen = form.text(_NAME) if form.asks(_NAME) else person
    return "" if chosen == person else chosen
