"""Fills an empty demo database with the fictional families, their visits, and the municipality's people."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.demo_people import DemoPeople, read_demo_people
from pipeline.cases.record.demo_people import Employee as DemoEmployee
from pipeline.cases.record.events import DocumentKept
from pipeline.cases.record.from_answers import from_answers
from pipeline.store.employees import Employee
from pipeline.store.files import NewDocument
from pipeline.store.opening import Store
from pipeline.tool.definition import Tool
from pipeline.tool.load import editions, load_tool
from webforms.demo import sample_path, samples

ISSUER = "https://demo.invalid"
"""Nobody can sign in as a demo employee but through the list: this provider cannot exist (RFC 2606)."""
_PEOPLE = "demo_people.toml"


def seed_demo(store: Store, root: Path) -> None:
    """Put in what is missing; what is there already is left as it is.

    Raises:
        TilsynError: a sample or the list of people is wrong, or the database refused.
    """
    tool = load_tool(None, root)
    people = read_demo_people((root / editions(root)[-1] / _PEOPLE).read_text(encoding="utf-8"))
    _employees(store, people.employees)
    for visits in _families(root):
        _case(store, visits, tool, people)


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
