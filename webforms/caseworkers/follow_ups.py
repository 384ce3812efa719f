"""What follows from a visit without a report in hearing, and the new assessment that may follow from any."""

from collections.abc import Sequence

from flask import abort

from pipeline.cases.journey.events import OutcomeDecided, ReassessmentDone
from pipeline.cases.journey.outcomes import OUTCOMES, REASSESSMENT, is_reassessing, is_refused, waits_for_outcome
from pipeline.cases.record.events import Event
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option

_RESULTS = ("goes_on", "changed", "ended")


def outcome_asks(at: AtCase) -> tuple[Ask, ...]:
    """What is asked when it is decided what follows from a visit."""
    options = tuple(Option(code, at.say(f"hearing.outcome.{code}")) for code in OUTCOMES)
    return (
        Ask("outcome", Look.RADIOS, required=True, options=options),
        Ask("due", Look.DAY, hint=True),
        Ask("reason", Look.AREA, required=True, hint=True),
    )


def outcome_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    """What was decided; a case that is assessed anew has a day by which that is to be done."""
    outcome, due = form.text("outcome"), form.day("due")
    if outcome != REASSESSMENT:
        return (OutcomeDecided(at.visit().id, outcome, form.text("reason")),)
    if due is None:
        form.refuse("due", "hearing.outcome.due_missing")
    elif due < at.today:
        form.refuse("due", "hearing.outcome.due_passed")
    return (OutcomeDecided(at.visit().id, outcome, form.text("reason"), due),)


def _outcome_form(at: AtCase) -> SmallForm:
    if not waits_for_outcome(at.case, at.visit(), at.today):
        abort(404)
    return SmallForm("hearing.outcome", outcome_asks(at), at.say)


def _outcome_remarks(at: AtCase, form: SmallForm) -> Sequence[Remark]:
    which = "refused" if is_refused(at.case, at.visit()) else "extra"
    words = f"caseworkers.what_follows.{which}"
    return (Remark("info", at.say(words), at.say(f"{words}_text")),)


def _reassessed_form(at: AtCase) -> SmallForm:
    if not is_reassessing(at.case, at.visit().id):
        abort(404)
    words = "caseworkers.reassessed"
    options = tuple(Option(code, at.say(f"{words}.{code}")) for code in _RESULTS)
    asks = (
        Ask("result", Look.RADIOS, required=True, options=options),
        Ask("reason", Look.AREA, required=True, hint=True),
    )
    return SmallForm(words, asks, at.say)


def _reassessed_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (ReassessmentDone(at.visit().id, form.text("result"), form.text("reason")),)


WHAT_FOLLOWS = Deed(
    name="what_follows",
    path="/besoeg/<visit>/foelger",
    action="visit.plan",
    form=_outcome_form,
    events=outcome_events,
    onwards=lambda at: at.url("visits"),
    remarks=_outcome_remarks,
    about=lambda at: str(at.visit().number),
)
REASSESSED = Deed(
    name="reassessed",
    path="/besoeg/<visit>/fornyet-vurdering",
    action="visit.plan",
    form=_reassessed_form,
    events=_reassessed_events,
    onwards=lambda at: at.url("case"),
    about=lambda at: str(at.visit().number),
)
