"""Goals follow the hand-in: a new one, a new name, a removal are on none of the municipality's pages before it."""

import pytest
from family_home import APART, CASEWORKER, MARIA, SIGNE, THOMAS, Browser, Home

from pipeline.cases.record.to_answers import to_answers, wording_of
from pipeline.cases.record.visit_events import GoalRemoved, SectionHandedIn, Written
from pipeline.cases.record.voices import goal_slot, household_of

HOUSEHOLD, PLAN = "hjem-0101", "afsnit/c"
NEW_NAME, NEW_GOAL = "Kun hjemme: gå til søen", "Kun hjemme: sove længe"
PAGES = ("kommunen/c", "forberedelse", "afsnit/c", "konklusion", "paa-besoeget")


def _typed(home: Home, **words: str) -> None:
    """Signe writes on the card of the first goal."""
    goal = home.visit().plan[0].id
    browser = home.browser(SIGNE).at(f"{PLAN}?maal={goal}")
    field = next(name for name in browser.sent(browser.form()) if name.endswith(f"{goal}.wording"))
    browser.fill(**{field.replace(".", "__"): words["name"]})


def _with_secrets(home: Home) -> None:
    """A new name for the first goal, and a new goal; the family has not handed anything in."""
    _typed(home, name=NEW_NAME)
    browser = home.browser(SIGNE).at(PLAN)
    press = next(value for value in browser.tree().xpath("//button/@value") if value.endswith(".add"))
    browser.fill(press)
    goal = home.visit().plan[-1].id
    field = next(name for name in browser.sent(browser.form()) if name.endswith(f"{goal}.wording"))
    browser.fill(**{field.replace(".", "__"): NEW_GOAL})


def _pages(home: Home) -> Browser:
    """Every page of the visit that a caseworker may open, in one text."""
    browser, text = home.browser(CASEWORKER), ""
    for page in PAGES:
        found = browser.at(page)
        assert found.status == 200, page
        text += found.page
    browser.page = text
    return browser


def test_neither_pages_nor_documents_tell_of_them_before_the_hand_in(home: Home) -> None:
    before = [wording_of(home.visit(), goal.id) for goal in home.visit().plan]
    _with_secrets(home)
    text = _pages(home).page
    assert before[0] in text
    assert "Kun hjemme" not in text
    assert "Familien er i gang med målene" in text
    answers = to_answers(home.case(), home.visit().id, home.clock().date())
    assert [goal.wording for goal in answers.goals] == before
    home.happens(SectionHandedIn(home.visit().id, "c", HOUSEHOLD), by=SIGNE)
    text = _pages(home).page
    assert NEW_NAME in text
    assert NEW_GOAL in text
    assert "Familien er i gang med målene" not in text


def test_the_family_itself_sees_them_and_who_is_asked_for_help_does(home: Home) -> None:
    _with_secrets(home)
    assert NEW_GOAL in home.browser(SIGNE).at(PLAN).page
    browser = home.browser(CASEWORKER).at(f"for-en-anden/c?som={HOUSEHOLD}~{SIGNE}")
    assert "Har Signe Aastrup Lind bedt dig om hjælp?" in browser.words
    assert "Kun hjemme" not in browser.page
    assert NEW_GOAL in browser.fill().page


def test_another_name_from_the_municipality_meets_the_unsent_one_without_showing_it(home: Home) -> None:
    browser = home.browser(CASEWORKER).at("kommunen/c")
    _typed(home, name=NEW_NAME)
    field = next(name for name in browser.sent(browser.form()) if name.endswith(".wording"))
    answer = browser.fill(**{field.replace(".", "__"): "Kommunens navn"})
    assert answer.status == 422
    assert "i gang med at ændre målets navn" in answer.page
    assert "Kun hjemme" not in answer.page
    assert "Kun hjemme" not in home.browser(CASEWORKER).at("kommunen/c").page


def test_looking_back_at_a_goals_name_shows_the_municipality_what_has_come(home: Home) -> None:
    _typed(home, name=NEW_NAME)
    history, new_word = f"historik/{goal_slot(home.visit().plan[0].id, 'wording')}", NEW_NAME.rpartition(" ")[2]
    assert new_word in home.browser(SIGNE).at(history).page
    browser = home.browser(CASEWORKER).at(history)
    assert browser.status == 200
    assert new_word not in browser.page
    home.happens(SectionHandedIn(home.visit().id, "c", HOUSEHOLD), by=SIGNE)
    assert new_word in browser.at(history).page


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_a_goal_that_the_family_took_out_stands_for_the_municipality_until_the_hand_in(
    home: Home, *, is_handed_in: bool
) -> None:
    goal = home.visit().plan[0].id
    browser = home.browser(CASEWORKER).at("kommunen/c")
    home.happens(GoalRemoved(home.visit().id, goal), by=SIGNE)
    if is_handed_in:
        home.happens(SectionHandedIn(home.visit().id, "c", HOUSEHOLD), by=SIGNE)
    fields = [name for name in browser.sent(browser.form()) if name.endswith(f"{goal}.next")]
    browser.fill(**{fields[0].replace(".", "__"): "Kommunens ord"})
    written = [
        slot for slot in home.visit().answers if slot.key == goal_slot(goal, "next") and slot.voice == CASEWORKER
    ]
    assert bool(written) is not is_handed_in


def _plan_at_desk(home: Home, person: str) -> str:
    """What the list of sections says of the plan to somebody."""
    address = f"/sager/{home.case_id(APART)}/besoeg/{home.visit(APART).id}"
    tree = home.browser(person, APART).get(address).tree()
    (status,) = tree.xpath("//li[.//a[starts-with(normalize-space(), 'c)')]]//*[contains(@id, '-status')]")
    return str(status.text_content()).strip()


def test_the_plan_of_two_homes_has_come_to_every_employee_when_one_home_has_handed_it_in(home: Home) -> None:
    case, visit = home.case(APART), home.visit(APART).id
    employees = sorted({one.person_id for one in case.standings.values() if one.place.is_municipal})
    hers, his = (household_of(case, person, home.clock().date()) for person in (MARIA, THOMAS))
    secret = Written(visit, goal_slot(home.visit(APART).plan[0].id, "next"), his, {"text": "Kun hos far"})
    home.happens(secret, number=APART, by=THOMAS)
    assert len(employees) > 1
    assert {_plan_at_desk(home, one) for one in employees} == {"Mangler"}
    home.happens(SectionHandedIn(visit, "c", hers), number=APART, by=MARIA)
    home.happens(secret, number=APART, by=THOMAS)
    assert {_plan_at_desk(home, one) for one in employees} == {"Afleveret"}
    assert _plan_at_desk(home, THOMAS) == "I gang"
    home.happens(SectionHandedIn(visit, "c", his), number=APART, by=THOMAS)
    home.happens(secret, number=APART, by=THOMAS)
    assert {_plan_at_desk(home, one) for one in employees} == {"Rettet efter aflevering"}
