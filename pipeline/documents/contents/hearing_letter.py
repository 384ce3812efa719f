"""What goes out with a report in hearing: the letter with its sheet to answer on, and the child's own sheet."""

from dataclasses import dataclass

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.record.case import Case
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.hearing_words import CHILD_TITLES
from pipeline.documents.contents.report_parts import PART_TITLES
from pipeline.documents.contents.shared_content import NAMED
from pipeline.documents.contents.words import Line, Paper

_ROOM_TO_WRITE = "\n\n"
_WITH_FACES = ("barn/traening", "barn/dage")


@dataclass(frozen=True)
class SentReport:
    """The report that a letter goes out with.

    Attributes:
        sha256: hexadecimal, of the sealed file.
        common: SHA-256 of what it shares with its variants; empty where it has none.
    """

    title: str
    sha256: str
    deadline: Deadline
    common: str = ""


@dataclass(frozen=True)
class HearingLetter:
    """The slots of `hoeringsbrev`.

    Attributes:
        to: the name of whoever is heard; no address, no CPR number.
        because: why the person is heard.
        facts: the report, the last day, and whom to call.
        sheet: a line for each part of the report, with room to write.
    """

    paper: Paper
    to: str
    because: str
    deadline: str
    facts: tuple[Line, ...]
    sheet: tuple[Line, ...]


@dataclass(frozen=True)
class ChildSheet:
    """The slots of `hoering_barn`.

    Attributes:
        faces: questions that are answered by choosing a picture.
        words: questions that are answered by words, a drawing, or by showing.
    """

    paper: Paper
    name: str
    deadline: str
    faces: tuple[Line, ...]
    words: tuple[Line, ...]


_BECAUSE = {
    Capacity.PARTY: "Du får brevet, fordi du har forældremyndigheden.",
    Capacity.TRAINING_PARENT: "Du får brevet, fordi du træner barnet, og kommunen gerne vil høre dig.",
    Capacity.CHILD: "Du får brevet, fordi rapporten handler om dig.",
}


def hearing_letter(case: Case, person_id: str, capacity: Capacity, report: SentReport, paper: Paper) -> HearingLetter:
    """The letter to one person."""
    deadline = danish_date(report.deadline.day)
    return HearingLetter(
        paper=paper,
        to=case.people[person_id].name,
        because=_BECAUSE[capacity],
        deadline=deadline,
        facts=(
            Line("Rapport", report.title),
            Line("Svar senest", f"{deadline}. Hele dagen tæller med."),
            Line("Spørgsmål", paper.contact),
            Line("Rapportens SHA-256", report.sha256),
            *((Line(NAMED, report.common),) if report.common else ()),
        ),
        sheet=tuple(Line(title, _ROOM_TO_WRITE) for title in (*PART_TITLES.values(), "Andet")),
    )


def child_sheet(case: Case, person_id: str, report: SentReport, paper: Paper) -> ChildSheet:
    """The child's sheet."""
    questions = {key: Line(title, _ROOM_TO_WRITE) for key, title in CHILD_TITLES.items()}
    return ChildSheet(
        paper=paper,
        name=case.people[person_id].name.partition(" ")[0],
        deadline=danish_date(report.deadline.day),
        faces=tuple(line for key, line in questions.items() if key in _WITH_FACES),
        words=tuple(line for key, line in questions.items() if key not in _WITH_FACES),
    )
