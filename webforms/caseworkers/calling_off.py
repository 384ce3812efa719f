"""A visit that is not held, or does not go on: called off, refused or come to nothing, with the reason."""

from collections.abc import Sequence

from pipeline.cases.journey.events import VisitCalledOff
from pipeline.cases.record.events import Event
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option

_WORDS = "caseworkers.call_off"
_WHY = ("cancelled", "refused", "not_held")


def _form(at: AtCase) -> SmallForm:
    options = tuple(Option(why, at.say(f"{_WORDS}.{why}")) for why in _WHY)
    asks = (
        Ask("why", Look.RADIOS, required=True, options=options),
        Ask("reason", Look.AREA, required=True, hint=True, rows=3),
    )
    return SmallForm(_WORDS, asks, at.say)


def _events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    if visit.id in at.case.travelled.called_off:
        return ()
    return (VisitCalledOff(visit.id, form.text("why"), form.text("reason")),)


CALL_OFF = Deed(
    name="call_off",
    path="/besoeg/<visit>/aflys",
    action="visit.plan",
    form=_form,
    events=_events,
    onwards=lambda at: at.url("visits"),
    record=lambda at: at.visit().id in at.case.travelled.called_off,
    about=lambda at: str(at.visit().number),
    danger=True,
)
