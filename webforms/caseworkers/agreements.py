"""Agreements: what, who sees to it, by when; and how each ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.journal_events import Agreed, AgreementEnded
from pipeline.cases.record.parts import Agreement
from pipeline.danish import danish_date
from pipeline.store.clock import new_id
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.whereabouts import visit_at_hand

_NEW, _END = "caseworkers.new_agreement", "caseworkers.end_agreement"
_KEPT, _GIVEN_UP = "holdt", "opgivet"


@dataclass(frozen=True)
class AgreementLine:
    """An agreement on the list; `visit` is the number of the visit that it was made at."""

    id: str
    what: str
    who: str
    by_day: str
    visit: int | None
    is_late: bool
    state: str
    remark: str


def agreement_lines(case: Case, today: date) -> tuple[AgreementLine, ...]:
    """Those that stand first, by their day; then those that have ended."""
    ordered = sorted(
        case.agreements.values(),
        key=lambda a: (a.ended is not None, a.agreed.by_day is None, a.agreed.by_day or date.max, a.at),
    )
    return tuple(_line(case, agreement, today) for agreement in ordered)


def _line(case: Case, agreement: Agreement, today: date) -> AgreementLine:
    agreed, ended = agreement.agreed, agreement.ended
    visit = case.visits.get(agreed.visit)
    is_late = ended is None and agreed.by_day is not None and agreed.by_day < today
    state = "late" if is_late else "stands" if ended is None else "kept" if ended.fulfilled else "given_up"
    return AgreementLine(
        id=agreed.agreement,
        what=agreed.what,
        who=agreed.who,
        by_day=danish_date(agreed.by_day) if agreed.by_day else "",
        visit=visit.number if visit else None,
        is_late=is_late,
        state=state,
        remark=ended.remark if ended else "",
    )


def _new_form(at: AtCase) -> SmallForm:
    asks = (
        Ask("what", Look.AREA, required=True, hint=True, rows=2),
        Ask("who", required=True, hint=True),
        Ask("by_day", Look.DAY, hint=True),
    )
    return SmallForm(_NEW, asks, at.say)


def _new_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = visit_at_hand(at.case, at.today)
    who, what = form.text("who"), form.text("what")
    return (Agreed(new_id(), visit.id if visit else "", what, who, form.day("by_day")),)


def _standing(at: AtCase) -> Agreement:
    found = at.case.agreements.get(at.address["agreement"])
    return found if found and found.ended is None else abort(404)


def _end_form(at: AtCase) -> SmallForm:
    _standing(at)
    options = (Option(_KEPT, at.say(f"{_END}.kept")), Option(_GIVEN_UP, at.say(f"{_END}.given_up")))
    asks = (
        Ask("how", Look.RADIOS, required=True, options=options),
        Ask("remark", Look.AREA, hint=True, rows=2),
    )
    return SmallForm(_END, asks, at.say)


def _end_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    fulfilled = form.text("how") == _KEPT
    if not fulfilled and not form.text("remark"):
        form.refuse("remark", f"{_END}.remark_missing")
    return (AgreementEnded(_standing(at).agreed.agreement, fulfilled, form.text("remark")),)


NEW_AGREEMENT = Deed(
    name="new_agreement",
    path="/aftaler/ny",
    action="agreement.write",
    form=_new_form,
    events=_new_events,
    onwards=lambda at: at.url("agreements"),
)
END_AGREEMENT = Deed(
    name="end_agreement",
    path="/aftaler/<agreement>/slut",
    action="agreement.write",
    form=_end_form,
    events=_end_events,
    onwards=lambda at: at.url("agreements"),
    reads="agreement.read",
    about=lambda at: _standing(at).agreed.what if at.case.agreements.get(at.address["agreement"]) else "",
)
