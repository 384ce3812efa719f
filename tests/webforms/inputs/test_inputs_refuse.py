"""What a form does not take: foreign, hidden, locked, unknown, unreadable; and what it says of that."""

import pytest
from filled_forms import PLAN, TOOL, form, post, section, words_of
from werkzeug.datastructures import MultiDict

from pipeline.tool.definition import Kind
from webforms.inputs.base import Value

EVERYTHING = {
    name: value
    for field in TOOL.fields
    for name, value in {
        field.key: "1.1.2027",
        f"{field.key}.text": "indsmuglet",
        f"{field.key}.1.what": "indsmuglet",
        f"{field.key}.a1.focus": "indsmuglet",
        f"{field.key}.fremmed.focus": "indsmuglet",
        f"{field.key}.rows": "indsmuglet",
    }.items()
}


@pytest.mark.parametrize("key", [each.key for each in TOOL.sections])
def test_a_post_of_every_name_there_is_changes_only_the_fields_of_the_section(key: str) -> None:
    form_ = form(key, {}, MultiDict(EVERYTHING))
    own = {field.key for field in section(key).fields if field.kind is not Kind.DRAWN}
    slots = {slot if not slot.startswith("goal/") else PLAN for slot in form_.changes()}
    assert slots <= own
    assert not [slot for slot in form_.changes() if "fremmed" in slot]


@pytest.mark.parametrize("how", ["hidden", "locked"])
@pytest.mark.parametrize("key", [each.key for each in TOOL.sections])
def test_hidden_and_locked_fields_cannot_be_written(key: str, how: str) -> None:
    keys = [field.key for field in section(key).fields]
    form_ = form(key, {}, MultiDict(EVERYTHING | {"_press": f"{keys[0]}.add"}), **{how: keys})
    assert (form_.changes(), form_.changed_goal_types(), form_.left_over(), form_.press) == ({}, {}, (), None)
    assert len(form_.parts) == (0 if how == "hidden" else len(keys))


def test_fields_that_come_from_events_cannot_be_written() -> None:
    form_ = form("l", {}, post(hearing_sent="Sendt", outcome_after_hearing="x"))
    assert form_.changes() == {}
    assert [part.asked.key for part in form_.parts if part.template == "shown"] == [
        "hearing_sent", "hearing_remarks", "outcome_after_hearing", "signed_by_authority",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["never", "FULL_TIME", "full_time ", "1"])
def test_a_choice_that_is_not_on_the_scale_changes_nothing(code: str) -> None:
    stored: dict[str, Value] = {"training_extent": {"choice": "part_time", "text": ""}}
    assert form("a", stored, post(training_extent=code)).changes() == {}


def test_a_goal_that_is_not_in_the_plan_cannot_be_invented() -> None:
    form_ = form("c", {}, MultiDict({f"{PLAN}.c3.focus": "x", f"{PLAN}.a1/../b2.focus": "y"}))
    assert form_.changes() == {}


def test_rows_beyond_all_measure_are_not_read() -> None:
    form_ = form("l", {}, MultiDict({f"agreements.{n}.what": "x" for n in (201, 999, 1000, 10**9)}))
    assert form_.changes() == {}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("i morgen", "Skriv datoen som 31.3.2026 ved “Dato for udfyldning af skemaet”"),
        ("3/3", "Skriv også årstallet ved “Dato for udfyldning af skemaet”, fx 31.3.2026"),
    ],
)
def test_a_date_that_cannot_be_read_is_kept_and_told_about(typed: str, told: str) -> None:
    form_ = form("a", {"filled_in_on": {"date": "2026-03-01"}}, post(filled_in_on=typed, child_name="Aksel"))
    assert not form_.validate()
    assert words_of(form_) == [told]
    assert form_.problems[0].place == "filled_in_on"
    assert form_["filled_in_on"].control.error == told
    assert form_["filled_in_on"].control.typed == typed
    assert form_.changes() == {"child_name": {"text": "Aksel"}}
    assert form_.left_over() == (("filled_in_on", typed),)


def test_a_draft_is_laid_over_the_stored_answers() -> None:
    first = form("a", {"child_name": {"text": "Aksel"}}, post(filled_in_on="i morgen"))
    again = form("a", {"child_name": {"text": "Aksel"}}, MultiDict(first.left_over()))
    assert again["filled_in_on"].control.typed == "i morgen"
    assert again["child_name"].control.typed == "Aksel"


def test_a_reason_without_a_choice_is_kept_as_a_draft() -> None:
    form_ = form("a", {}, post(training_extent__text="Skole om formiddagen"))
    assert not form_.validate()
    assert form_.problems[0].place == "training_extent"
    assert "står her stadig" in form_.problems[0].words
    assert form_.changes() == {}
    assert form_.left_over() == (("training_extent", ""), ("training_extent.text", "Skole om formiddagen"))


def test_a_wrong_cell_is_told_about_at_the_cell() -> None:
    form_ = form("l", {}, post(agreements__1__what="Ring", agreements__1__deadline="snart"))
    assert not form_.validate()
    assert [(p.place, p.words) for p in form_.problems] == [
        ("agreements-1-deadline", "Skriv datoen som 31.3.2026 ved “Hvornår, linje 1”")
    ]
    assert form_.changes() == {}
    assert ("agreements.1.deadline", "snart") in form_.left_over()


def test_a_character_that_no_document_can_hold_is_told_about_and_the_rest_is_kept() -> None:
    form_ = form("a", {}, post(child_name="Ak\x0bsel"))
    assert not form_.validate()
    assert "tegn nr. 3" in form_.problems[0].words
    assert form_["child_name"].control.typed == "Ak\x0bsel"
    assert form_.changes() == {}


def test_a_text_that_is_too_long_is_told_about() -> None:
    form_ = form("b", {}, post(training_description="x" * 100_001))
    assert not form_.validate()
    assert "Der er plads til 100000" in form_.problems[0].words


def test_what_is_required_is_asked_for_at_its_first_control() -> None:
    keys = ["filled_in_on", "child_name", "training_extent"]
    form_ = form("a", {"child_name": {"text": "Aksel"}}, post(child_name=""), required=keys)
    assert not form_.validate()
    assert [problem.place for problem in form_.problems] == keys
    assert form_.changes() == {"child_name": None}, "emptying it is still a change"


def test_a_required_plan_without_goals_leads_to_the_button_that_adds_one() -> None:
    assert form("c", required=[PLAN]).validate()
    empty = form("c", goals=(), required=[PLAN])
    assert not empty.validate()
    assert [(p.place, p.words) for p in empty.problems] == [(PLAN, "Tilføj mindst et mål")]


def test_a_required_table_is_asked_for_by_its_own_name() -> None:
    empty = form("l", {}, required=["agreements"])
    assert not empty.validate()
    assert [(p.place, p.words) for p in empty.problems] == [("agreements-1-what", "Svar på “Aftaler”")]


def test_a_long_label_is_cut_in_messages_as_the_references_to_the_law_are_filled_in() -> None:
    form_ = form("l", {}, required=["condition_wellbeing"])
    form_.validate()
    assert "{hjemmel}" not in form_.problems[0].words
    assert form_["condition_wellbeing"].asked.label.endswith("(barnets lov § 85, stk. 1, nr. 1)")
