"""The notice of a visit (besøgsvarsel) to one person: when, where, who comes, what it is about, what to hand in."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.notice.events import NoticeGiven, Tells
from pipeline.cases.notice.material import asked_sections
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import household_of
from pipeline.danish import COPENHAGEN, danish_date, danish_weekday
from pipeline.documents.contents.words import Line, Paper
from pipeline.law.dated_law import Law
from pipeline.tool.definition import FilledBy, Tool, When

NO_TIME = "Aftales med dig"
NO_PLACE = "Hjemme hos familien, hvis vi ikke aftaler andet"
NO_TEAM = "Det får du besked om"

_OPENING = {
    Tells.NEW: "Kommunen vil gerne besøge jer og tale om hjemmetræningen. Her står hvornår, og hvad vi taler om.",
    Tells.CHANGED: "Der er noget nyt om tilsynsbesøget. Dette brev gælder i stedet for det, du har fået før.",
    Tells.POSTPONED: "Besøget bliver ikke holdt den dag, vi har skrevet. Du får et nyt brev, når der er en ny dag.",
    Tells.CALLED_OFF: "Tilsynsbesøget er aflyst. Du behøver ikke at gøre noget.",
}


@dataclass(frozen=True)
class VisitNotice:
    """The slots of `besoegsvarsel`.

    Attributes:
        to: the name of who is told; no address, no CPR number, and nobody else of the family.
        changed: what is no longer as it was told before.
        words: what the caseworker wrote for the family, or empty.
        facts: when, where, who comes, and whom to call.
        themes: what is talked about; empty where there will be no visit.
        points: what the person's own household wants to talk about; another household's are not in it.
        material: what the family is asked to hand in; empty where nothing is asked.
        material_by: by when, in words.
    """

    paper: Paper
    to: str
    opening: str
    changed: tuple[Line, ...]
    words: str
    facts: tuple[Line, ...]
    themes: tuple[str, ...]
    points: tuple[str, ...]
    material: tuple[str, ...]
    material_by: str


def visit_notice(case: Case, notice: str, person_id: str, tool: Tool, law: Law, paper: Paper) -> VisitNotice:
    """The letter to one person.

    Args:
        case: with the notice in it.
        notice: its id.
        person_id: whom it is to.
        tool: the edition of the visit.
        law: as it holds on the day of the letter.
        paper: what every document says of itself.
    """
    given, before = case.notices.with_id(notice), case.notices.before(notice)
    told, visit = given.told, case.visits[given.told.visit]
    is_held = told.tells in (Tells.NEW, Tells.CHANGED)
    asks = tuple(_asked_for(tool, visit, law)) if is_held and told.material_by else ()
    household = household_of(case, person_id, given.at.astimezone(COPENHAGEN).date())
    return VisitNotice(
        paper=paper,
        to=case.people[person_id].name,
        opening=_OPENING[told.tells],
        changed=tuple(_changed(case, told, before.told)) if before and told.tells is Tells.CHANGED else (),
        words=told.words,
        facts=(*(notice_facts(case, told) if is_held else _was(told)), Line("Spørgsmål", paper.contact)),
        themes=themes_of_visit(tool, visit) if is_held else (),
        points=tuple(point.text for point in visit.agenda.values() if point.voice == household) if is_held else (),
        material=asks,
        material_by=danish_date(told.material_by) if asks and told.material_by else "",
    )


def notice_facts(case: Case, told: NoticeGiven) -> Iterator[Line]:
    """When and where a visit is, and who comes, as the family was told."""
    yield Line("Dag", _day(told).capitalize())
    yield Line("Tid", _time(told))
    yield Line("Sted", _place(told))
    yield Line("Fra kommunen kommer", _team(case, told))


def _was(told: NoticeGiven) -> Iterator[Line]:
    yield Line("Besøget skulle have været", _day(told).capitalize())


def _changed(case: Case, told: NoticeGiven, before: NoticeGiven) -> Iterator[Line]:
    was_held = before.tells in (Tells.NEW, Tells.CHANGED)
    if not was_held:
        yield Line("Dag", f"Ny dag: {_day(told)}")
        return
    pairs = (
        ("Dag", _day(before), _day(told)),
        ("Tid", _time(before).lower(), _time(told).lower()),
        ("Sted", _place(before), _place(told)),
        ("Fra kommunen kommer", _team(case, before), _team(case, told)),
    )
    yield from (Line(label, f"Før: {was}\nNu: {now}") for label, was, now in pairs if was != now)


def _day(told: NoticeGiven) -> str:
    return danish_weekday(told.day) if told.day else ""


def _time(told: NoticeGiven) -> str:
    if not told.starts:
        return NO_TIME
    lasts = f", cirka {told.minutes} minutter" if told.minutes else ""
    return f"Kl. {told.starts.replace(':', '.')}{lasts}"


def _place(told: NoticeGiven) -> str:
    return told.place or NO_PLACE


def _team(case: Case, told: NoticeGiven) -> str:
    people = (case.people[one] for one in told.team if one in case.people)
    names = [", ".join(part for part in (person.name, person.title) if part) for person in people]
    return "\n".join([*names, *([told.others] if told.others else [])]) or NO_TEAM


def themes_of_visit(tool: Tool, visit: Visit) -> tuple[str, ...]:
    """The themes of the edition: what the municipality notes at the visit under a heading with questions of its own."""
    at_visit = (s for s in tool.sections if s.filled_by is FilledBy.MUNICIPALITY and s.when is When.DURING)
    fields = (field for section in at_visit for field in section.fields)
    return tuple(f.heading for f in fields if f.heading and f.questions and f.key not in visit.not_asked)


def _asked_for(tool: Tool, visit: Visit, law: Law) -> Iterator[str]:
    for section in asked_sections(tool, visit):
        yield f"({section.key}) {law.in_words(section.title)}"
