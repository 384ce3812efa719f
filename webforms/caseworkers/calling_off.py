"""A visit that was not held: it gets another day, or it is called off by the municipality, or refused by the family."""

from collections.abc import Iterator, Sequence

from pipeline.cases.journey.events import VisitCalledOff, VisitNotHeld
from pipeline.cases.notice.events import VisitArranged
from pipeline.cases.record.events import Event
from pipeline.cases.record.visit_events import VisitDayChanged
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.caseworkers.visit_arranging import public_words, words_ask
from webforms.design.page import Option

_WORDS = "caseworkers.call_off"
_NOT_HELD, _ENDS = "not_held", ("cancelled", "refused")


def _form(at: AtCase) -> SmallForm:
    options = tuple(Option(why, at.say(f"{_WORDS}.{why}"), at.say(f"{_WORDS}.{why}_hint")) for why in _whys(at))
    asks = (
        Ask("why", Look.RADIOS, required=True, options=options),
        Ask("reason", Look.AREA, required=True, hint=True, rows=3),
        words_ask(at),
    )
    return SmallForm(_WORDS, asks, at.say)


def _whys(at: AtCase) -> Iterator[str]:
    """A visit whose report has been heard was held; one without a day has none to lose."""
    if at.visit().day and not at.case.hearings.of_visit(at.visit().id):
        yield _NOT_HELD
    yield from _ENDS


def _events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit, reason = at.visit(), form.text("reason")
    if visit.id in at.case.travelled.called_off:
        return ()
    # Time and place went with the day; the words go into the letter that says so.
    told = VisitArranged(visit.id, words=public_words(at, form, "words"))
    if form.text("why") == _NOT_HELD and visit.day:
        return (VisitNotHeld(visit.id, visit.day, reason), VisitDayChanged(visit.id, None, reason), told)
    return (VisitCalledOff(visit.id, form.text("why"), reason), told)


def _plan_next(at: AtCase) -> None:
    """The visit that follows one that the municipality has called off is there when the page comes."""
    visit = at.visit().id
    if visit in at.case.travelled.called_off:
        at.services.engine.run_now(at.view.id, "visit", visit)


CALL_OFF = Deed(
    name="call_off",
    path="/besoeg/<visit>/aflys",
    action="visit.plan",
    form=_form,
    events=_events,
    onwards=lambda at: at.url("visits"),
    record=lambda at: (at.visit().id in at.case.travelled.called_off, at.visit().day),
    about=lambda at: str(at.visit().number),
    then=_plan_next,
)
