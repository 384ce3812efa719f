"""What has reached the municipality: handed in, told to an employee, known since last time; the rest is at home."""

from dataclasses import replace
from datetime import date

from small_case import family, family_case, stamped

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.reached import has_unsent, reached, was_asked_for
from pipeline.cases.record.visit_events import HelpAsked, SectionHandedIn, Written
from pipeline.tool.load import load_tool

SIBLINGS = Slot("siblings", "home-1")
DAY = date(2026, 1, 5)


def told(*happened: tuple[str, Event]) -> Case:
    """The small case after some events, each by somebody of their own."""
    before = stamped(family())
    later = stamped([event for _, event in happened])
    moved = (replace(one, seq=one.seq + len(before), by=happened[n][0]) for n, one in enumerate(later))
    return fold_all([*before, *moved])


def wrote(words: str, through: str = "web", slot: str = "siblings") -> Written:
    return Written("v1", slot, "home-1", {"text": words}, through=through)


def left_in(case: Case) -> list[str]:
    visit = reached(case, load_tool).visits["v1"]
    return [(one.value or {})["text"] for one in visit.answers.get(SIBLINGS, ())]


def unsent(case: Case) -> bool:
    return has_unsent(case, case.visits["v1"], "a", "home-1", load_tool())


def test_what_is_saved_stays_at_home_until_its_section_is_handed_in() -> None:
    saved = ("mother", wrote("Kun for os"))
    assert (left_in(told(saved)), unsent(told(saved))) == ([], True)
    elsewhere = told(saved, ("mother", SectionHandedIn("v1", "b", "home-1")))
    assert (left_in(elsewhere), unsent(elsewhere)) == ([], True)
    sent = told(saved, ("mother", SectionHandedIn("v1", "a", "home-1")))
    assert (left_in(sent), unsent(sent)) == (["Kun for os"], False)


def test_what_an_employee_wrote_down_stays_when_the_family_writes_on() -> None:
    case = told(("m-1", wrote("Fortalt", "phone")), ("mother", wrote("Skrevet siden")))
    assert (left_in(case), unsent(case)) == (["Fortalt"], True)


def test_what_came_along_from_last_time_is_known() -> None:
    assert left_in(told(("system", wrote("Sidste gang", CARRIED_OVER)))) == ["Sidste gang"]


def test_the_municipalitys_own_words_are_its_own() -> None:
    visit = reached(told(("m-2", Written("v1", "conclusion", "m-2", {"text": "Vores"}))), load_tool).visits["v1"]
    assert visit.current(Slot("conclusion", "m-2"))


def test_asking_for_help_holds_for_one_employee_one_voice_and_one_day() -> None:
    visit = family_case(HelpAsked("v1", "mother", "home-1")).visits["v1"]
    assert was_asked_for(visit, "m-1", "home-1", "mother", DAY)
    assert not was_asked_for(visit, "m-2", "home-1", "mother", DAY)
    assert not was_asked_for(visit, "m-1", "home-1", "father", DAY)
    assert not was_asked_for(visit, "m-1", "mother", "mother", DAY)
    assert not was_asked_for(visit, "m-1", "home-1", "mother", date(2026, 1, 6))
