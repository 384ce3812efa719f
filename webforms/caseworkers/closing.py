"""The end of a case, and its beginning anew; both with a reason."""

from collections.abc import Sequence

from pipeline.cases.record.events import CaseClosed, CaseReopened, Event
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.case_front import all_dues
from webforms.caseworkers.deadlines import Due
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.design.words import Speaker

OUTCOMES = ("ophoer", "myndig", "flyttet", "andet")
"""Codes of how a case ends; only the code stands in the clear."""


def outcome_in_words(outcome: str, say: Speaker) -> str:
    """How a case ended; a code that this page does not offer (from another system) stands as it is."""
    return say(f"caseworkers.outcome.{outcome}") if outcome in OUTCOMES else outcome


def _close_form(at: AtCase) -> SmallForm:
    options = tuple(Option(outcome, at.say(f"caseworkers.outcome.{outcome}")) for outcome in OUTCOMES)
    asks = (
        Ask("outcome", Look.RADIOS, required=True, options=options),
        Ask("reason", Look.AREA, required=True, hint=True, rows=3),
    )
    return SmallForm("caseworkers.close", asks, at.say)


def _close_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (CaseClosed(form.text("outcome"), form.text("reason")),)


def _left_undone(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    left: tuple[Due, ...] = all_dues(at)
    if not left:
        return ()
    words = "; ".join(due.in_words(at.say) for due in left)
    return (Remark("warning", at.say("caseworkers.close.left"), f"{words}."),)


def _reopen_form(at: AtCase) -> SmallForm:
    return SmallForm("caseworkers.reopen", (Ask("reason", Look.AREA, required=True, rows=3),), at.say)


def _reopen_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (CaseReopened(form.text("reason")),)


CLOSE = Deed(
    name="close",
    path="/afslut",
    action="case.close",
    form=_close_form,
    events=_close_events,
    onwards=lambda at: at.url("case"),
    remarks=_left_undone,
    danger=True,
)
REOPEN = Deed(
    name="reopen",
    path="/genaabn",
    action="case.reopen",
    form=_reopen_form,
    events=_reopen_events,
    onwards=lambda at: at.url("case"),
)
