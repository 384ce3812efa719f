"""The plan goal by goal: new goals, copies, moves, removals that can be undone, and what stands around a goal."""

from datetime import date

from family_home import AKSEL, JEPPE, LOTTE, SARA, SIGNE, WITH_HELPERS, Browser, Home

from pipeline.cases.record.family_events import DiaryWritten
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import SectionHandedIn, SectionsLocked, Written
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.tool.load import load_tool

PLAN, HOUSEHOLD = "tids_og_faseplan", "hjem-0101"


def wordings(home: Home) -> list[str]:
    visit = home.visit()
    return [wording_of(visit, goal.id) for goal in visit.plan]


def grade(browser: Browser, goal: str, **more: str) -> Browser:
    typed = {f"{PLAN}__{goal}__attainment": "some", f"{PLAN}__{goal}__reason": "Han går selv."}
    return browser.at(f"afsnit/c?maal={goal}").fill(**typed, **more)


def test_last_visits_goals_stand_there_in_focus_and_lead_one_to_the_next(home: Home) -> None:
    browser, plan = home.browser(SIGNE).at("afsnit/c"), home.visit().plan
    assert browser.words.count("Mangler vurdering") == len(plan) == 9
    grade(browser, plan[0].id)
    assert browser.address.endswith(f"maal={plan[1].id}")
    assert home.visit().current(Slot(goal_slot(plan[0].id, "attainment"), HOUSEHOLD))
    assert browser.at("afsnit/c").words.count("Mangler vurdering") == 8


def test_the_plan_is_the_official_table_with_what_is_written(home: Home) -> None:
    browser, first = home.browser(SIGNE).at("afsnit/c"), home.visit().plan[0]
    official = [column.label for column in load_tool(home.visit().edition).goals_field.columns]
    assert browser.tree().xpath("//table//thead//th/text()") == official
    grade(browser, first.id, **{f"{PLAN}__{first.id}__next": "Gå til bussen"})
    cells = [" ".join(cell.text_content().split()) for cell in browser.at("afsnit/c").tree().xpath("//tbody/tr[1]/*")]
    assert cells[0].startswith(wordings(home)[0])
    assert cells[2] == "I nogen grad Han går selv."
    assert cells[3].startswith("Gå til bussen")


def test_the_last_goal_leads_onwards(home: Home) -> None:
    browser, last = home.browser(SIGNE), home.visit().plan[-1]
    assert "/afsnit/d" in grade(browser, last.id).address


def test_a_new_goal_opens_to_be_written_in(home: Home) -> None:
    browser, before = home.browser(SIGNE).at("afsnit/c"), home.visit().plan
    browser.fill(press=f"{PLAN}.add")
    new = home.visit().plan[-1]
    assert new not in before
    assert f"maal={new.id}" in browser.address
    browser.fill(**{f"{PLAN}__{new.id}__wording": "Cykle", f"{PLAN}__{new.id}__goal_type": "social"})
    assert wordings(home)[-1] == "Cykle"
    assert home.visit().goals[new.id].goal_type == "social"


def test_a_goal_is_copied_moved_removed_and_brought_back_with_its_words(home: Home) -> None:
    browser, first = home.browser(SIGNE).at("afsnit/c"), home.visit().plan[0]
    grade(browser, first.id)
    before = wordings(home)
    browser.at("afsnit/c").fill(press=f"{PLAN}.down.{first.id}")
    assert wordings(home)[:2] == before[1::-1]
    browser.fill(press=f"{PLAN}.copy.{first.id}")
    assert wordings(home)[-1] == before[0]
    browser.fill(press=f"{PLAN}.remove.{first.id}")
    assert first.id not in {goal.id for goal in home.visit().plan}
    assert "Fjernede mål" in browser.words
    browser.fill(press=f"{PLAN}.restore.{first.id}")
    assert wordings(home)[:2] == before[1::-1]
    assert "Fjernede mål" not in browser.words
    assert browser.at(f"afsnit/c?maal={first.id}").typed(f"{PLAN}.{first.id}.reason") == "Han går selv."


def test_words_typed_on_a_card_are_saved_before_the_goal_is_removed(home: Home) -> None:
    first = home.visit().plan[0].id
    browser = home.browser(SIGNE).at(f"afsnit/c?maal={first}")
    browser.fill(press=f"{PLAN}.remove.{first}", **{f"{PLAN}__{first}__next": "Videre"})
    browser.fill(press=f"{PLAN}.restore.{first}")
    current = home.visit().current(Slot(goal_slot(first, "next"), HOUSEHOLD))
    assert current is not None
    assert current.value == {"text": "Videre"}


def test_a_locked_plan_cannot_be_rearranged(home: Home) -> None:
    browser, first = home.browser(SIGNE).at("afsnit/c"), home.visit().plan[0].id
    home.happens(SectionsLocked(browser.visit, ("c",), locked=True))
    assert browser.fill(press=f"{PLAN}.remove.{first}").status == 422
    assert home.visit().plan[0].id == first


def test_a_grade_without_reason_is_enough_and_a_reason_without_grade_waits(home: Home) -> None:
    browser, first = home.browser(SIGNE), home.visit().plan[0].id
    browser.at(f"afsnit/c?maal={first}").fill(**{f"{PLAN}__{first}__reason": "Fordi"})
    assert browser.status == 422
    assert browser.at(f"afsnit/c?maal={first}").typed(f"{PLAN}.{first}.reason") == "Fordi"
    browser.fill(**{f"{PLAN}__{first}__attainment": "high", f"{PLAN}__{first}__reason": ""})
    assert browser.status == 200


def test_drafts_of_two_goals_stand_beside_each_other(home: Home) -> None:
    browser, (one, other, *_) = home.browser(SIGNE), [goal.id for goal in home.visit().plan]
    browser.at(f"afsnit/c?maal={one}").keep(count=1, **{f"{PLAN}__{one}__next": "Ét"})
    browser.at(f"afsnit/c?maal={other}").keep(count=1, **{f"{PLAN}__{other}__next": "Et andet"})
    assert browser.at(f"afsnit/c?maal={one}").typed(f"{PLAN}.{one}.next") == "Ét"
    assert browser.at(f"afsnit/c?maal={other}").typed(f"{PLAN}.{other}.next") == "Et andet"


def test_the_childs_own_steps_show_what_the_family_said_at_earlier_visits(home: Home) -> None:
    words = home.browser(SIGNE).at(f"afsnit/c?maal={home.visit().plan[0].id}").words
    assert "Barnets egne skridt: Mål 1 30. oktober 2025 I nogen grad" in words
    assert "22. april 2026 I mindre grad" in words


def test_what_is_new_in_words_from_last_time_is_marked_until_the_family_writes_others(home: Home) -> None:
    goal, last = home.visit().plan[0].id, home.case().visits["besoeg-4"]
    for column, words in (("focus", "Gå ti meter med rollator"), ("next", "Gå tyve meter med rollator")):
        home.happens(Written(last.id, goal_slot(goal, column), HOUSEHOLD, {"text": words}), by=SIGNE)
    browser = home.browser(SIGNE).at(f"afsnit/c?maal={goal}")
    assert [mark.text_content().strip() for mark in browser.tree().xpath("//ins")] == ["tyve"]
    browser.fill(**{f"{PLAN}__{goal}__focus": "Noget andet"})
    assert browser.at(f"afsnit/c?maal={goal}").tree().xpath("//ins") == []


def test_an_entry_of_the_diary_is_put_where_the_grade_is_reasoned_and_stays_the_familys(home: Home) -> None:
    goal = home.visit().plan[0].id
    home.happens(DiaryWritten("d1", HOUSEHOLD, date(2026, 11, 1), "Gik til køkkenet.", goal), by=SIGNE)
    browser = home.browser(SIGNE).at(f"afsnit/c?maal={goal}")
    browser.fill(press=f"{PLAN}.diary.{goal}/d1", **{f"{PLAN}__{goal}__attainment": "some"})
    assert browser.typed(f"{PLAN}.{goal}.reason") == "1. november 2026: Gik til køkkenet."
    assert home.case().diary["d1"].shared_at is None
    browser.fill()
    current = home.visit().current(Slot(goal_slot(goal, "attainment"), HOUSEHOLD))
    assert current is not None
    assert current.value == {"choice": "some", "text": "1. november 2026: Gik til køkkenet."}


def test_nobody_takes_words_from_anothers_diary(home: Home) -> None:
    goal = home.visit(WITH_HELPERS).plan[0].id
    home.happens(DiaryWritten("d1", "hjem-0401", date(2026, 11, 1), "Hemmeligt", goal), number=WITH_HELPERS, by=SARA)
    browser = home.browser(LOTTE, WITH_HELPERS).at(f"afsnit/c?maal={goal}")
    assert "Hemmeligt" not in browser.page
    response = browser.send(
        f"/sager/{browser.case_id}/besoeg/{browser.visit}/afsnit/c?maal={goal}",
        {"_press": f"{PLAN}.diary.{goal}/d1"},
    )
    assert response.status_code == 303
    assert "Hemmeligt" not in browser.at(f"afsnit/c?maal={goal}").page


def test_the_parents_see_the_helpers_words_at_the_goal_once_they_are_handed_in(home: Home) -> None:
    goal = home.visit(WITH_HELPERS).plan[0].id
    helper = home.browser(LOTTE, WITH_HELPERS).at(f"afsnit/c?maal={goal}")
    helper.fill(**{f"{PLAN}__{goal}__next": "Mere leg på stuen"})
    mother = home.browser(SARA, WITH_HELPERS)
    assert "Mere leg" not in mother.at(f"afsnit/c?maal={goal}").page
    home.happens(SectionHandedIn(helper.visit, "c", LOTTE), number=WITH_HELPERS, by=LOTTE)
    assert "Mere leg på stuen" in mother.at(f"afsnit/c?maal={goal}").words


def test_what_a_goal_is_called_is_one_for_all(home: Home) -> None:
    goal = home.visit().plan[0].id
    home.browser(SIGNE).at(f"afsnit/c?maal={goal}").fill(**{f"{PLAN}__{goal}__wording": "Gå til skolen"})
    versions = home.visit().answers[Slot(goal_slot(goal, "wording"), SHARED)]
    assert (versions[-1].value, versions[-1].by) == ({"text": "Gå til skolen"}, SIGNE)
    assert "Gå til skolen" in home.browser(JEPPE).at("afsnit/c").words
    assert "Fælles for alle" in home.browser(JEPPE).at(f"historik/{goal_slot(goal, 'wording')}").words


def test_a_parent_writes_down_what_the_child_says_in_the_childs_own_voice(home: Home) -> None:
    goal = home.visit().plan[0].id
    browser = home.browser(SIGNE).at(f"afsnit/c?som={AKSEL}~{AKSEL}&maal={goal}")
    assert "Du skriver det, Aksel Aastrup Lind siger eller viser" in browser.words
    browser.fill(**{f"{PLAN}__{goal}__next": "Jeg vil svømme"})
    version = home.visit().answers[Slot(goal_slot(goal, "next"), AKSEL)][-1]
    assert (version.by, version.on_behalf_of, version.value) == (SIGNE, AKSEL, {"text": "Jeg vil svømme"})


def test_evidence_has_a_page_of_its_own_that_saves_the_card_first(home: Home) -> None:
    goal = home.visit().plan[0].id
    browser = home.browser(SIGNE).at(f"afsnit/c?maal={goal}")
    browser.fill(press=f"{PLAN}.evidence.{goal}", **{f"{PLAN}__{goal}__next": "Videre"})
    assert browser.address.startswith(f"/sager/{browser.case_id}/besoeg/{browser.visit}/maal/{goal}/dokumentation")
    assert home.visit().current(Slot(goal_slot(goal, "next"), HOUSEHOLD))
    sent = browser.sent(browser.form())
    assert (sent["besoeg"], sent["plads"]) == (browser.visit, goal_slot(goal, "attainment"))


def test_the_page_of_evidence_is_of_the_plan_alone(home: Home) -> None:
    assert home.browser(SIGNE).at("maal/nope/dokumentation").status == 404
