"""A reminder on paper (påmindelse), for who is not reminded on the pages: of material before a visit, or a hearing."""

from dataclasses import dataclass

from pipeline.cases.notice.material import asked_sections
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import household_of
from pipeline.danish import COPENHAGEN, danish_weekday
from pipeline.documents.contents.hearing_words import deadline_day
from pipeline.documents.contents.words import Line, Paper
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool


@dataclass(frozen=True)
class ReminderLetter:
    """The slots of `paamindelse`.

    Attributes:
        to: the name of who is reminded; no address, no CPR number.
        facts: what it is about, until when, and whom to call.
        missing: sections that the person's household has not handed in; empty where it is about a hearing.
        how: what to do now.
    """

    paper: Paper
    to: str
    opening: str
    facts: tuple[Line, ...]
    missing: tuple[str, ...]
    how: str


def material_reminder(case: Case, visit: Visit, person_id: str, tool: Tool, law: Law, paper: Paper) -> ReminderLetter:
    """Of what somebody has not handed in before a visit."""
    last = case.notices.last(visit.id)
    household = household_of(case, person_id, last.at.astimezone(COPENHAGEN).date()) if last else person_id
    by = last.told.material_by if last else None
    return ReminderLetter(
        paper=paper,
        to=case.people[person_id].name,
        opening="Kommunen mangler noget fra dig, før vi kommer på tilsynsbesøg.",
        facts=(
            *((Line("Besøget er", danish_weekday(visit.day).capitalize()),) if visit.day else ()),
            *((Line("Send det senest", danish_weekday(by).capitalize()),) if by else ()),
            Line("Spørgsmål", paper.contact),
        ),
        missing=tuple(
            f"({section.key}) {law.in_words(section.title)}"
            for section in asked_sections(tool, visit)
            if (section.key, household) not in visit.handed_in
        ),
        how="Ring til kommunen og få skemaet på papir, eller fortæl det i telefonen, så skriver vi det ned.",
    )


def hearing_reminder(case: Case, hearing_id: str, paper: Paper) -> ReminderLetter:
    """Of a hearing that somebody has not answered."""
    hearing = case.hearings.by_id[hearing_id]
    return ReminderLetter(
        paper=paper,
        to=case.people[hearing.opened.person_id].name,
        opening="Kommunen har sendt dig en rapport og vil gerne høre, hvad du mener. Du kan stadig nå at svare.",
        facts=(
            Line("Rapport", case.documents[hearing.opened.report].document.title),
            Line("Svar senest", f"{deadline_day(hearing)}. Hele dagen tæller med."),
            Line("Spørgsmål", paper.contact),
        ),
        missing=(),
        how="Brug svararket, du fik med rapporten, eller ring til kommunen, så skriver vi ned, hvad du siger.",
    )
