"""What the family is shown after a visit: agreements and new goals, as one frozen copy of the conclusion's words.

A copy, so that the family never reads half a sentence: what the municipality changes later is shared anew, or not seen.
"""

from collections.abc import Iterator
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.final_goals import AGREEMENTS, final_goals, table_in_report
from pipeline.cases.record.journal_events import Agreed, AgreementEnded
from pipeline.cases.record.parts import Shared, Visit
from pipeline.cases.record.visit_events import AfterVisitShared, SharedAgreement, SharedGoal

FOLLOW_UP = "next_follow_up_date"
"""Key of the field that says when somebody looks at it again."""

CHANGED = "Aftalen blev lavet om."


def to_share(visit: Visit, greeting: str = "") -> AfterVisitShared:
    """What would be shared if it were shared now."""
    goals = tuple(SharedGoal(goal.goal, goal.measure, goal.by_day) for goal in final_goals(visit))
    days = [(version.value or {}).get("date") for _, version in table_in_report(visit, FOLLOW_UP)]
    follow_up = next((date.fromisoformat(day) for day in days if day), None)
    return AfterVisitShared(visit.id, tuple(dict.fromkeys(_agreements(visit))), goals, greeting, follow_up)


def last_shared(visit: Visit) -> Shared | None:
    """What the family sees now."""
    return visit.shared[-1] if visit.shared else None


def is_changed_since(visit: Visit) -> bool:
    """Whether the conclusion says something else than what the family sees."""
    shared = last_shared(visit)
    return shared is not None and to_share(visit, shared.what.greeting) != shared.what


def sharing(case: Case, visit: Visit, greeting: str) -> tuple[Event, ...]:
    """What happens when it is shared: the family sees it, and each agreement is followed from now on.

    An agreement that was shared before and is no longer in the conclusion ends.
    """
    shares = to_share(visit, greeting)
    before = last_shared(visit)
    gone = [one for one in before.what.agreements if one not in shares.agreements] if before else []
    return (shares, *_ended(case, visit, gone), *_begun(case, visit, shares.agreements))


def _agreements(visit: Visit) -> Iterator[SharedAgreement]:
    for _, version in table_in_report(visit, AGREEMENTS):
        for row in (version.value or {}).get("rows", ()):
            what = str(row.get("what", "")).strip()
            if what:
                by_day = date.fromisoformat(row["deadline"]) if row.get("deadline") else None
                yield SharedAgreement(what, str(row.get("who", "")).strip(), by_day)


def _ended(case: Case, visit: Visit, gone: list[SharedAgreement]) -> Iterator[AgreementEnded]:
    for agreement in case.agreements.values():
        if agreement.ended is None and agreement.agreed.visit == visit.id and _shown(agreement.agreed) in gone:
            yield AgreementEnded(agreement.agreed.agreement, fulfilled=False, remark=CHANGED)


def _begun(case: Case, visit: Visit, agreements: tuple[SharedAgreement, ...]) -> Iterator[Agreed]:
    """Those that are not followed yet; one that has ended is not begun again by being shared again."""
    known = [_shown(one.agreed) for one in case.agreements.values() if one.agreed.visit == visit.id]
    new = [agreement for agreement in agreements if agreement not in known]
    for number, agreement in enumerate(new, start=len(case.agreements) + 1):
        agreement_id = f"{visit.id}-delt-{number}"
        yield Agreed(agreement_id, visit.id, agreement.what, agreement.who, agreement.by_day)


def _shown(agreed: Agreed) -> SharedAgreement:
    return SharedAgreement(agreed.what, agreed.who, agreed.by_day)
