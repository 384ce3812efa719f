"""What the documents of a hearing say: the answer that somebody has confirmed, the letter, and the child's version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from pipeline.cases.hearing.events import Capacity, RemarkMade, Told
from pipeline.cases.hearing.state import Answer, Hearing
from pipeline.cases.proof_words import proof_in_words
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.place_words import on_behalf
from pipeline.cases.record.voices import contact_person
from pipeline.danish import COPENHAGEN, danish_date, danish_moment
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.paper import FICTIONAL
from pipeline.documents.contents.report_parts import PART_TITLES
from pipeline.documents.contents.shared_content import NAMED
from pipeline.documents.contents.words import Line, Paper
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

CHILD_TITLES = {
    "barn/traening": "Hvordan er det at træne?",
    "barn/dage": "Hvordan er dine dage?",
    "barn/godt": "Hvad er godt?",
    "barn/anderledes": "Hvad skal være anderledes?",
    "barn/andet": "Er der andet?",
}
"""What a child was asked, as documents say it."""

_TOLD = {
    Told.WRITTEN: "",
    Told.PICTURE: "Valgt blandt billeder.",
    Told.WRITTEN_DOWN: "Skrevet ned af en voksen.",
    Told.ON_PAPER: "Kommet på papir og skrevet af.",
}


@dataclass(frozen=True)
class RemarkBlock:
    """A remark: what it is about, what was said, and how where it was not written by the person."""

    title: str
    text: str
    told: str


@dataclass(frozen=True)
class AnswerDocument:
    """The slots of `hoeringssvar`.

    Attributes:
        facts: who, when, how it was proved, and which version of the report.
        nothing: words that say that there are no remarks, or empty.
        late: words that say that it came after the deadline, or empty.
        attachments: title and SHA-256 of each file that came with it.
    """

    paper: Paper
    facts: tuple[Line, ...]
    remarks: tuple[RemarkBlock, ...]
    nothing: str
    late: str
    attachments: tuple[Line, ...]


@dataclass(frozen=True)
class LetterHead:
    """What a document outside an edition's own says of itself.

    Attributes:
        title: as printed and as the file's title property.
        template: kind and version of the Word template.
    """

    title: str
    template: str
    day: date


def paper_of_case(case: Case, visit: Visit, tool: Tool, law: Law, head: LetterHead) -> Paper:
    """The paper facts of a document about a visit."""
    contact = contact_person(case, head.day)
    parts = (
        (contact.name, contact.title, contact.contact.phone and f"telefon {contact.contact.phone}") if contact else ()
    )
    return Paper(
        title=head.title,
        subject=f"Tilsyn med hjemmetræning efter {law.hjemmel}",
        notice=FICTIONAL if case.fictional else "",
        case_number=case.number,
        municipality=case.municipality,
        unit=case.unit,
        contact=", ".join(part for part in parts if part),
        date=danish_date(head.day),
        created=datetime.combine(head.day, time(12), tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        edition=f"{tool.publisher}, {tool.published_in}",
        template=head.template,
        visit=f"Besøg nr. {visit.number}",
        law=law.hjemmel,
    )


def answer_document(case: Case, hearing: Hearing, answer: Answer, paper: Paper) -> AnswerDocument:
    """An answer as its own document."""
    in_time = hearing.is_in_time(answer)
    return AnswerDocument(
        paper=paper,
        facts=tuple(_facts(case, hearing, answer)),
        remarks=tuple(remark_block(remark, spoken_by(case, hearing, answer)) for remark in answer.remarks),
        nothing="" if answer.remarks else "Ingen bemærkninger.",
        late="" if in_time else "Svaret kom efter fristen. Det er gemt og kan tages med.",
        attachments=tuple(_attachments(case, answer)),
    )


def remark_block(remark: RemarkMade, spoken_by: str = "") -> RemarkBlock:
    """A remark in words, with who spoke for the person where somebody did."""
    told = " ".join(part for part in (f"Fra {spoken_by}." if spoken_by else "", _TOLD[remark.told]) if part)
    return RemarkBlock(remark_title(remark.section), remark.text, told)


def remark_title(section: str) -> str:
    """What a remark is about."""
    if not section:
        return "Generelt"
    return CHILD_TITLES.get(section) or PART_TITLES.get(section) or section


def answered_by(case: Case, hearing: Hearing, answer: Answer) -> str:
    """Whose answer it is, and who gave it for them or sent it where that was somebody else."""
    if spoken := spoken_by(case, hearing, answer):
        return spoken
    heard = name_of(case, hearing.opened.person_id)
    helped = answer.confirmed.helped_by if answer.confirmed else ""
    if hearing.opened.capacity is Capacity.CHILD and helped:
        return f"{heard}, skrevet ned af {helped}"
    return heard if answer.by == hearing.opened.person_id else f"{heard}, sendt af {name_of(case, answer.by)}"


def spoken_by(case: Case, hearing: Hearing, answer: Answer) -> str:
    """Who answered on behalf of the person, and as what; empty where the words are the person's own."""
    if answer.acted_as is None:
        return ""
    return on_behalf(name_of(case, answer.speaker), answer.acted_as, name_of(case, hearing.opened.person_id))


def proved_by(answer: Answer) -> str:
    """How the person who sent it had proved who they were, and when."""
    confirmed = answer.confirmed
    if confirmed is None:
        return "Svaret kom på papir. Det skannede svar ligger i sagen."
    return proof_in_words(confirmed.proof, confirmed.level, confirmed.proved)


def _facts(case: Case, hearing: Hearing, answer: Answer) -> Iterator[Line]:
    opened = hearing.opened
    report = case.documents[opened.report].document
    yield Line("Hvem svarer", answered_by(case, hearing, answer))
    yield Line("Hvordan vi ved, hvem det er", proved_by(answer))
    yield Line("Modtaget", f"{danish_moment(answer.received)} og {answer.received.astimezone(COPENHAGEN):%S} sekunder")
    yield Line("Frist", f"Til og med {deadline_day(hearing)}")
    yield Line("Rapporten, der svares på", f"{report.title}, {opened_on(hearing)}")
    yield Line("Rapportens SHA-256", opened.sha256)
    if opened.common:
        yield Line(NAMED, opened.common)


def deadline_day(hearing: Hearing) -> str:
    """The last day of a hearing, in words."""
    return danish_date(Deadline.at(hearing.deadline).day)


def opened_on(hearing: Hearing) -> str:
    """When a report was sent in hearing."""
    return f"sendt i høring {danish_moment(hearing.opened_at)}"


def _attachments(case: Case, answer: Answer) -> Iterator[Line]:
    for file in answer.attachments:
        if file in case.documents:
            document = case.documents[file].document
            yield Line(document.title, document.sha256)
