"""What follows from a visit: which still waits for somebody to decide it, and which has been done."""

from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit

REASSESSMENT = "reassessment"
OUTCOMES = ("no_change", "adjustment", REASSESSMENT)
"""What may follow (§ 4 of BEK 717/2016 as DUKH tells it): nothing, an adjustment with the family, revisitation."""

_REFUSED = "refused"


def is_refused(case: Case, visit: Visit) -> bool:
    """Whether the family said no to a visit."""
    called_off = case.travelled.called_off.get(visit.id)
    return called_off is not None and called_off.why == _REFUSED


def waits_for_outcome(case: Case, visit: Visit, day: date) -> bool:
    """Whether somebody has to decide what follows from a visit that no report in hearing leads on."""
    if visit.id in case.travelled.outcomes or not case.is_open:
        return False
    was_held = bool(visit.day and visit.day <= day) and visit.id not in case.travelled.called_off
    return is_refused(case, visit) or (visit.is_extra and was_held and not case.hearings.of_visit(visit.id))


def is_reassessing(case: Case, visit: str) -> bool:
    """Whether the case is to be assessed anew because of a visit, and has not been yet."""
    decided = case.travelled.outcomes.get(visit)
    return decided is not None and decided.outcome == REASSESSMENT and visit not in case.travelled.reassessed
