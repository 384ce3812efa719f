"""The hearing of a visit as the documents' JSON tells it, for the fields that say what happened after the visit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipeline.cases.hearing.state import Answer, Hearing
from pipeline.cases.hearing.withheld import readable_by_all, reason_for_all
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import on_behalf
from pipeline.danish import COPENHAGEN
from pipeline.deadlines.deadline import Deadline

_IN, _OUT = "Taget med", "Ikke taget med"


def hearing_as_events(case: Case, visit: str) -> list[dict[str, Any]]:
    """What happened in the hearing of a visit, in the order of its fields."""
    hearings = [one for one in case.hearings.of_visit(visit) if not one.withdrawn]
    events = [event for hearing in hearings for event in _of_one(case, hearing)]
    if visit in case.hearings.child_not_heard and case.child and hearings:
        first = hearings[0]
        reason = reason_for_all(case, case.hearings.child_not_heard[visit])
        events.append(_event(case, "child_not_heard", first.opened_at, first.opened_by, reason, to=case.child.id))
    if visit in case.hearings.closed:
        at, by = case.hearings.closed[visit]
        events.append(
            _event(
                case, "remarks_weighed", at, by, "\n".join(_weighed(case, hearings)) or "Der kom ingen bemærkninger."
            )
        )
    return events


def _of_one(case: Case, hearing: Hearing) -> Iterator[dict[str, Any]]:
    opened = hearing.opened
    silent = "" if hearing.answers or not hearing.silent_at else "Der kom intet svar inden fristen."
    sent = _event(case, "hoering_sent", hearing.opened_at, hearing.opened_by, silent, to=opened.person_id)
    yield sent | {"deadline": Deadline.at(hearing.deadline).day.isoformat()}
    for answer in hearing.answers:
        kind = "remarks_received" if answer.remarks else "no_remarks"
        yield _event(case, kind, answer.received, opened.person_id, _said(case, hearing, answer), to=opened.person_id)


def _said(case: Case, hearing: Hearing, answer: Answer) -> str:
    told = [] if hearing.is_in_time(answer) else ["Kom efter fristen."]
    if answer.acted_as:
        whose = on_behalf(name_of(case, answer.speaker), answer.acted_as, name_of(case, hearing.opened.person_id))
        told.append(f"Svaret er givet af {whose}.")
    return "\n".join([*told, *(readable_by_all(case, remark.text) for remark in answer.remarks)])


def _weighed(case: Case, hearings: list[Hearing]) -> Iterator[str]:
    for hearing in hearings:
        for weighing in hearing.weighed.values():
            yield f"{_IN if weighing.taken_in else _OUT}: {readable_by_all(case, weighing.reason)}"


def _event(case: Case, kind: str, at: datetime, by: str, text: str, *, to: str = "") -> dict[str, Any]:
    """What happened; who has no place in the case (a manager, the system) is not named."""
    who = {"by": by} if by in case.people else {}
    whom = {"to": to} if to else {}
    return {"type": kind, "at": at.astimezone(COPENHAGEN).isoformat(), "text": text, **who, **whom}
