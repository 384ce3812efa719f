"""Fills an empty demo database with the fictional families, their visits, and the municipality's people.

After the visits that the samples tell of, the next one is opened for each family, so that there is something to do.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.record.carried_over import carried_over
from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.demo_people import DemoPeople, read_demo_people
from pipeline.cases.record.demo_people import Employee as DemoEmployee
from pipeline.cases.record.events import Event
from pipeline.cases.record.family_events import ConsentAsked
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.journal_events import Agreed, AgreementEnded, DocumentKept
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import Place
from pipeline.cases.record.visit_events import SectionsLocked, VisitOpened
from pipeline.cases.record.voices import contact_person
from pipeline.cases.values import TableValue
from pipeline.danish import COPENHAGEN
from pipeline.store.clock import Clock, now
from pipeline.store.employees import Employee
from pipeline.store.files import NewDocument
from pipeline.store.opening import Store
from pipeline.tool.definition import FilledBy, Tool
from pipeline.tool.load import editions, load_tool
from webforms.demo import sample_path, samples

ISSUER = "https://demo.invalid"
"""Nobody can sign in as a demo employee but through the list: this provider cannot exist (RFC 2606)."""
_PEOPLE = "demo_people.toml"
_UNTIL_THE_VISIT = timedelta(weeks=3)
_FRIDAY = 4


def seed_demo(store: Store, root: Path, clock: Clock = now) -> None:
    """Put in what is missing; what is there already is left as it is.

    Args:
        store: of a demo.
        root: folder of the editions.
        clock: tells the day from which the next visit is planned.

    Raises:
        TilsynError: a sample or the list of people is wrong, or the database refused.
    """
    today = clock().astimezone(COPENHAGEN).date()
    tool = load_tool(None, root)
    people = read_demo_people((root / editions(root)[-1] / _PEOPLE).read_text(encoding="utf-8"))
    _employees(store, people.employees)
    for visits in _families(root):
        _case(store, visits, tool, people)
        _next_visit(store, visits, tool, today)


def _employees(store: Store, employees: Sequence[DemoEmployee]) -> None:
    known = {one.id for one in store.employees.all()}
    for one in employees:
        if one.id not in known:
            subject = (ISSUER, one.id)
            employee = Employee(
                subject, one.name, one.title, phone=one.phone, teams=(one.team,), roles=tuple(one.roles)
            )
            store.employees.add(employee, by="system", employee_id=one.id)


def _families(root: Path) -> Iterator[tuple[Answers, ...]]:
    """The answers of each family, oldest visit first."""
    by_number: dict[str, list[Answers]] = {}
    for name in samples(root):
        answers = read_answers_file(sample_path(name, root), root)
        by_number.setdefault(answers.case_number, []).append(answers)
    for visits in by_number.values():
        yield tuple(sorted(visits, key=lambda visit: visit.visit_number))


def _case(store: Store, visits: Sequence[Answers], tool: Tool, people: DemoPeople) -> None:
    number = visits[0].case_number
    if store.lists.find_number(number):
        return
    sample = from_answers(visits, tool, people.cases[number])
    documents = [happened for happened in sample.happened if isinstance(happened.event, DocumentKept)]
    others = [happened for happened in sample.happened if not isinstance(happened.event, DocumentKept)]
    numbered = [replace(happened, seq=seq) for seq, happened in enumerate(others, start=1)]
    case_id = store.cases.take_in(numbered, "system", "demo.seed")
    for happened in documents:
        _document(store, case_id, happened, sample.files)


def _document(store: Store, case_id: str, happened: Stamped, files: Mapping[str, bytes]) -> None:
    kept = happened.event
    if not isinstance(kept, DocumentKept):
        raise TypeError("only documents have bytes")
    told = NewDocument(
        kind=kept.kind,
        title=kept.title,
        original_name=kept.original_name,
        media_type=kept.media_type,
        visit=kept.visit,
        received_from=kept.received_from,
        dated=kept.dated,
    )
    store.files.keep(case_id, io.BytesIO(files[kept.file]), told, happened.by, "demo.seed")


def _next_visit(store: Store, visits: Sequence[Answers], tool: Tool, today: date) -> None:
    """Open the visit after those of the samples, unless the case has gone on already."""
    listed = store.lists.find_number(visits[0].case_number)
    case = store.cases.case(listed.id) if listed else None
    if listed is None or case is None or not case.is_open or len(case.visits) > len(visits):
        return
    caseworker = contact_person(case, today)
    if caseworker is None:
        return
    last = max(case.visits.values(), key=lambda visit: visit.number)
    opened = VisitOpened(
        f"besoeg-{last.number + 1}", last.number + 1, last.kind, tool.edition, _planned(today), before=last.id
    )
    events: tuple[Event, ...] = (
        opened,
        *carried_over(last, opened.visit).events,
        *(SectionsLocked(visit, _parents_sections(tool), locked=True) for visit in case.visits),
        *_agreed(last, visits[-1], today),
        *_consents(case, opened.visit, today),
    )
    store.cases.append(listed.id, events, caseworker.id, "demo.seed", expected_revision=case.revision)


def _parents_sections(tool: Tool) -> tuple[str, ...]:
    return tuple(section.key for section in tool.sections if section.filled_by is FilledBy.PARENTS)


def _planned(today: date) -> date:
    """About three weeks from today, and no Saturday or Sunday."""
    day = today + _UNTIL_THE_VISIT
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def _agreed(last: Visit, answers: Answers, today: date) -> Iterator[Agreed | AgreementEnded]:
    """What was agreed at the last visit, line by line as its report tells it; what was due by now was done."""
    tables = [one.value for one in answers.of("agreements") if isinstance(one.value, TableValue)]
    for number, row in enumerate([row for table in tables for row in table.as_json()["rows"]], start=1):
        agreement = f"{last.id}-aftale-{number}"
        by_day = date.fromisoformat(row["deadline"]) if row.get("deadline") else None
        yield Agreed(agreement, last.id, row.get("what", ""), row.get("who", ""), by_day)
        if by_day and by_day < today:
            yield AgreementEnded(agreement, fulfilled=True)


def _consents(case: Case, visit: str, today: date) -> Iterator[ConsentAsked]:
    """The municipality would like to hear the school or the day-care, and asks each party."""
    parties = dict.fromkeys(standing.person_id for standing in case.standings_on(today, Place.PARENTAL_AUTHORITY))
    sources = [s.person_id for s in case.standings_on(today, Place.SCHOOL, Place.DAYCARE)]
    for person in parties:
        for source in sources:
            known = case.people[source]
            where = ", ".join(part for part in (known.name, known.title, known.organisation) if part)
            purpose = "Kommunen vil spørge, hvordan dit barn trives og udvikler sig dér."
            yield ConsentAsked(f"{visit}-samtykke-{person}-{source}", person, where, purpose)
