"""From the case to the documents' JSON of one visit, and through the existing door to its Answers.

What the authority's person left out of the report is not in it (`ContributionWeighed`); the case keeps it. Nor is what
a family has saved and not handed in (reached.py), but where the family itself asks for it.
Contact data of people are not in it, but for what parents themselves wrote in the tool's contact fields, and there a
protected person's is replaced (protected.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.cases.answers import Answers, GoalOrigin, Role
from pipeline.cases.read_answers import FORMAT, read_answers
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import ApprovalDecided
from pipeline.cases.record.history import CARRIED_OVER, PHONE
from pipeline.cases.record.parts import Kept, PlannedGoal, Slot, Version, Visit
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.record.protected import WITHHELD, is_withheld
from pipeline.cases.record.reached import reached
from pipeline.cases.record.voices import SHARED, contact_person, goal_slot
from pipeline.danish import COPENHAGEN
from pipeline.errors import AnswersError
from pipeline.tool.load import EDITIONS, load_tool

# What somebody is in documents; where several apply the first. A manager or substitute is named only if they wrote.
# Who speaks for a party is not named: the words count as the party's own (the pages name who held the pen).
_ROLES: Mapping[Place, Role] = {
    Place.CHILD: Role.CHILD,
    Place.TRAINING_PARENT: Role.TRAINING_PARENT,
    Place.PARENTAL_AUTHORITY: Role.PARENT,
    Place.SIBLING: Role.SIBLING,
    Place.METHOD_PROVIDER: Role.METHOD_PROVIDER,
    Place.DAYCARE: Role.DAYCARE,
    Place.SCHOOL: Role.SCHOOL,
    Place.CASEWORKER: Role.AUTHORITY,
    Place.HEALTH_PROFESSIONAL: Role.HEALTH_PROFESSIONAL,
    Place.VISITING_PROFESSIONAL: Role.PROFESSIONAL,
    Place.SUBSTITUTE: Role.AUTHORITY,
    Place.MANAGER: Role.AUTHORITY,
}
_NAMED_IF_THEY_WROTE = (Place.SUBSTITUTE, Place.MANAGER)

ENCLOSED = ("bilag", "foto", "video")
"""Kinds of kept documents that the supervision builds on."""


def to_answers(
    case: Case,
    visit_id: str,
    document_date: date,
    events: Sequence[Mapping[str, Any]] = (),
    root: Path = EDITIONS,
    *,
    unsent: bool = False,
) -> Answers:
    """The answers of one visit, ready for the documents.

    Args:
        case: as it stands now.
        visit_id: the visit.
        document_date: decides law, people and contact person.
        events: what happened after the visit (hearing, outcome), as in the documents' JSON.
        root: folder of the editions.
        unsent: whether what is not handed in is among it; for nobody but those who wrote it.

    Raises:
        AnswersError: the case lacks what every document needs; the message says what to record.
    """
    return read_answers(answers_json(case, visit_id, document_date, events, root, unsent=unsent), root)


def answers_json(
    case: Case,
    visit_id: str,
    document_date: date,
    events: Sequence[Mapping[str, Any]] = (),
    root: Path = EDITIONS,
    *,
    unsent: bool = False,
) -> dict[str, Any]:
    """The answers of one visit as the documents' JSON; the arguments are those of `to_answers`.

    Raises:
        AnswersError: the case lacks what every document needs; the message says what to record.
    """
    case = case if unsent else reached(case, lambda edition: load_tool(edition, root))
    visit = case.visits[visit_id]
    return {
        "format": FORMAT,
        "edition": visit.edition,
        "fictional": case.fictional,
        "case_number": case.number,
        "document_date": document_date.isoformat(),
        "visit_number": visit.number,
        "visit_kind": visit.kind,
        "municipality": _municipality(case, document_date),
        "people": _people(case, visit, document_date, events),
        "approval": _approval(case, visit.day or document_date),
        "answers": {key: _contributions(case, visit, key) for key in _answered(visit)},
        "goals": [_goal(case, visit, goal) for goal in visit.plan],
        "not_asked": sorted(visit.left_out),
        "why_not_asked": {key: why for key, why in sorted(visit.skipped.items()) if why and key in visit.left_out},
        "enclosures": [_enclosure(kept) for kept in _enclosed(case, visit)],
        "earlier_visits": _earlier_visits(case, visit),
        "events": [dict(event) for event in events],
    }


def _municipality(case: Case, day: date) -> dict[str, str]:
    contact = contact_person(case, day)
    if contact is None:
        raise AnswersError("Sagen har ingen sagsbehandler på dokumentets dato. Skriv en sagsbehandler på sagen.")
    return {
        "name": case.municipality,
        "unit": case.unit,
        "contact": ", ".join(part for part in (contact.name, contact.title) if part),
        "phone": contact.contact.phone,
    }


def _approval(case: Case, day: date) -> dict[str, Any]:
    approval: ApprovalDecided | None = case.approval_on(day)
    if approval is None:
        raise AnswersError("Sagen har ingen godkendelse, der gjaldt ved besøget. Skriv godkendelsen på sagen.")
    return {
        "decided_on": approval.decided_on.isoformat(),
        "extent": approval.extent,
        "methods": list(approval.methods),
        "goals": list(approval.goals),
        "supervision_frame": approval.supervision_frame,
        "health_elements": approval.health_elements,
    }


def _people(case: Case, visit: Visit, day: date, events: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    named = {who for event in events for who in (event.get("by"), event.get("to")) if who}
    for slot in visit.answers:
        version = visit.in_report(slot)
        named |= {who for who in _said_by(case, version) if who} if version else set()
    named |= {s.person_id for s in case.standings_on(day) if s.place in _ROLES and s.place not in _NAMED_IF_THEY_WROTE}
    return [_person(case, person, day) for person in case.people.values() if person.id in named]


def _person(case: Case, person: CasePerson, day: date) -> dict[str, str]:
    role = _role(s for s in case.standings_of(person.id, day))
    role = role or _role(s for s in case.standings.values() if s.person_id == person.id)
    if role is None:
        raise AnswersError("En, der har skrevet i sagen, er ikke med i den. Skriv på sagen, hvad personen er i den.")
    return {
        "id": person.id,
        "name": person.name,
        "role": role.value,
        "title": person.title,
        "organisation": person.organisation,
    }


def _role(standings: Iterable[Standing]) -> Role | None:
    places = {standing.place for standing in standings}
    return next((role for place, role in _ROLES.items() if place in places), None)


def _answered(visit: Visit) -> tuple[str, ...]:
    """Keys of the fields that the report has an answer to, in the order in which they were first answered."""
    keys = (slot.key for slot in visit.answers if not slot.key.startswith("goal/") and visit.in_report(slot))
    return tuple(dict.fromkeys(keys))


def _contributions(case: Case, visit: Visit, key: str) -> list[dict[str, Any]]:
    """Every voice's answer to a field; who answered first stands first, and a later change keeps the place."""
    return [
        _signed(case, version, {"text": WITHHELD} if is_withheld(case, key, slot.voice) else version.value or {})
        for slot, version in _current(visit, key)
    ]


def _current(visit: Visit, key: str) -> list[tuple[Slot, Version]]:
    standing = [(slot, visit.in_report(slot)) for slot in visit.answers if slot.key == key]
    found = [(slot, version) for slot, version in standing if version]
    return sorted(found, key=lambda one: visit.answers[one[0]][0].seq)


def _signed(case: Case, version: Version, value: Mapping[str, Any]) -> dict[str, Any]:
    by, behalf = _said_by(case, version)
    signed: dict[str, Any] = {"by": by, "on_behalf_of": behalf} if behalf else {"by": by}
    if behalf and version.through == PHONE:
        signed["by_phone"] = True
    return {**signed, "at": _danish_time(version.at), **value}


def _said_by(case: Case, version: Version) -> tuple[str, str]:
    """Who wrote and for whom; carried over or written by a representative, the words are their owner's alone."""
    speaks = (s.place.speaks_for_somebody for s in case.standings.values() if s.person_id == version.by)
    if version.on_behalf_of and (version.through == CARRIED_OVER or any(speaks)):
        return version.on_behalf_of, ""
    return version.by, version.on_behalf_of


def _danish_time(at: datetime) -> str:
    return at.astimezone(COPENHAGEN).isoformat()


def _goal(case: Case, visit: Visit, goal: PlannedGoal) -> dict[str, Any]:
    wording = wording_of(visit, goal.id)
    origin = origin_of(goal, wording)
    return {
        "id": goal.id,
        "goal_type": goal.goal_type,
        "wording": wording,
        "origin": origin.value,
        "before": goal.before if origin is GoalOrigin.ADJUSTED else "",
        **{
            column: _contributions(case, visit, goal_slot(goal.id, column))
            for column in ("focus", "attainment", "next")
        },
    }


def wording_of(visit: Visit, goal_id: str) -> str:
    """What a goal is called."""
    version = visit.current(Slot(goal_slot(goal_id, "wording"), SHARED))
    return str((version.value or {}).get("text", "")) if version else ""


def origin_of(goal: PlannedGoal, wording: str) -> GoalOrigin:
    """Whether a goal is new, goes on, or was adjusted: a goal that was carried over is adjusted once it is reworded."""
    if goal.origin == GoalOrigin.NEW:
        return GoalOrigin.NEW
    return GoalOrigin.ADJUSTED if goal.before and goal.before != wording else GoalOrigin.CONTINUED


def _enclosed(case: Case, visit: Visit) -> list[Kept]:
    kept = (k for k in case.documents.values() if k.document.visit == visit.id and k.document.kind in ENCLOSED)
    return sorted(kept, key=lambda k: k.seq)


def _enclosure(kept: Kept) -> dict[str, str]:
    document = kept.document
    dated = document.dated or kept.at.astimezone(COPENHAGEN).date()
    return {"title": document.title, "received_from": document.received_from, "dated": dated.isoformat()}


def _earlier_visits(case: Case, visit: Visit) -> list[dict[str, Any]]:
    """Grades of the visits before this one, of those that were held before the case came here too."""
    earlier = [(known.day, known.grades) for known in case.earlier_visits]
    for other in case.visits.values():
        if other.day and other.number < visit.number:
            earlier.append((other.day, _grades(other)))
    return [
        {
            "visit_date": day.isoformat(),
            "grades": [{"goal_type": goal_type, "choice": choice} for goal_type, choice in grades],
        }
        for day, grades in sorted(earlier, key=lambda one: one[0])
    ]


def _grades(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple(
        (goal.goal_type, (version.value or {})["choice"])
        for goal in visit.plan
        for _, version in _current(visit, goal_slot(goal.id, "attainment"))
    )
