"""What has reached the municipality: handed in, told to an employee, known since last time; the rest is at home."""

from dataclasses import replace
from datetime import date

from small_case import family, family_case, stamped

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.reached import has_unsent, reached, waits_to_be_read_back, was_asked_for, written_since
from pipeline.cases.record.reached_plan import reached_plan
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import GoalPlaced, GoalRemoved, HelpAsked, SectionHandedIn, Written
from pipeline.cases.record.voices import SHARED, goal_slot
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


def waiting(case: Case) -> list[str]:
    return [one.by for one in waits_to_be_read_back(case, case.visits["v1"], "a", "home-1", load_tool())]


def name_of_goal(words: str, through: str = "web", goal: str = "g1") -> Written:
    return Written("v1", goal_slot(goal, "wording"), SHARED, {"text": words}, through=through)


def plan_in(case: Case) -> list[str]:
    visit = reached(case, load_tool).visits["v1"]
    return [wording_of(visit, goal.id) for goal in visit.plan]


def test_what_is_saved_stays_at_home_until_its_section_is_handed_in() -> None:
    saved = ("mother", wrote("Kun for os"))
    assert (left_in(told(saved)), unsent(told(saved))) == ([], True)
    elsewhere = told(saved, ("mother", SectionHandedIn("v1", "b", "home-1")))
    assert (left_in(elsewhere), unsent(elsewhere)) == ([], True)
    sent = told(saved, ("mother", SectionHandedIn("v1", "a", "home-1")))
    assert (left_in(sent), unsent(sent)) == (["Kun for os"], False)


def test_what_an_employee_took_in_on_paper_stays_when_the_family_writes_on() -> None:
    case = told(("m-1", wrote("Sendt på papir", "word")), ("mother", wrote("Skrevet siden")))
    assert (left_in(case), unsent(case)) == (["Sendt på papir"], True)


def test_what_was_told_on_the_phone_reaches_when_it_was_read_out_and_is_nobodys_secret_before() -> None:
    noted = ("m-1", wrote("Fortalt", "phone"))
    assert (left_in(told(noted)), unsent(told(noted)), waiting(told(noted))) == ([], False, ["m-1"])
    confirmed = told(noted, ("m-1", SectionHandedIn("v1", "a", "home-1", confirmed_by="mother")))
    assert (left_in(confirmed), waiting(confirmed)) == (["Fortalt"], [])
    how = confirmed.visits["v1"].read_back["a", "home-1"]
    assert (how.by, how.person_id) == ("m-1", "mother")


def test_what_others_write_after_the_reading_out_is_not_what_was_said_yes_to() -> None:
    read_out = told(("m-1", wrote("Fortalt", "phone")))
    saved, family_wrote = ("m-1", wrote("Fortalt igen", "phone")), ("mother", wrote("Kun for os"))
    happened = ("m-1", wrote("Fortalt", "phone"))

    def by_others(case: Case, section: str = "a", voice: str = "home-1") -> bool:
        visit, tool = case.visits["v1"], load_tool()
        return written_since(visit, section, voice, tool, revision=read_out.revision, by="m-1")

    assert not by_others(read_out)
    assert not by_others(told(happened, saved))
    assert by_others(told(happened, family_wrote))
    assert by_others(told(happened, ("m-2", wrote("En kollega", "phone"))))
    assert not by_others(told(happened, family_wrote), section="b")
    assert not by_others(told(happened, family_wrote), voice="home-2")


def test_who_hands_in_themselves_afterwards_hands_in_what_was_told_too() -> None:
    case = told(
        ("m-1", wrote("Fortalt", "phone")),
        ("m-1", SectionHandedIn("v1", "a", "home-1", confirmed_by="mother")),
        ("mother", SectionHandedIn("v1", "a", "home-1")),
    )
    assert (left_in(case), case.visits["v1"].read_back) == (["Fortalt"], {})


def test_a_new_goal_and_its_name_stay_at_home_until_the_plan_is_handed_in() -> None:
    placed, named = GoalPlaced("v1", "g1", "motor", "new", 0), name_of_goal("Gå")
    for of_whom in ((placed, named), (replace(placed, on_behalf_of="mother"), replace(named, on_behalf_of="mother"))):
        deeds = [("m-1" if one.on_behalf_of else "mother", one) for one in of_whom]
        case = told(*deeds)
        is_secret = deeds[0][0] == "mother"
        assert (plan_in(case), has_unsent(case, case.visits["v1"], "c", "home-1", load_tool())) == ([], is_secret)
        assert plan_in(told(*deeds, ("mother", SectionHandedIn("v1", "c", "home-1")))) == ["Gå"]


def test_what_a_known_goal_is_changed_to_waits_too() -> None:
    known = [
        ("m-1", GoalPlaced("v1", "g1", "motor", "continued", 0)),
        ("m-1", name_of_goal("Gå", CARRIED_OVER)),
        ("m-2", GoalPlaced("v1", "g2", "motor", "new", 1)),
        ("m-2", name_of_goal("Løbe", goal="g2")),
    ]
    changed = [("mother", name_of_goal("Gå langt")), ("mother", GoalRemoved("v1", "g2"))]
    assert plan_in(told(*known)) == ["Gå", "Løbe"]
    assert plan_in(told(*known, *changed)) == ["Gå", "Løbe"]
    assert plan_in(told(*known, *changed, ("father", SectionHandedIn("v1", "c", "home-2")))) == ["Gå", "Løbe"]
    assert plan_in(told(*known, *changed, ("mother", SectionHandedIn("v1", "c", "home-1")))) == ["Gå langt"]


def test_a_plan_without_secrets_is_the_very_same_visit() -> None:
    case = told(("m-1", GoalPlaced("v1", "g1", "motor", "continued", 0)), ("mother", wrote("Kun for os")))
    assert reached_plan(case, case.visits["v1"], load_tool()) is case.visits["v1"]


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
