"""What a form says has changed: exactly what was typed, in the JSON of the case, and nothing that was not touched."""

import pytest
from filled_forms import GOALS, PLAN, TOOL, form, is_parsed, post, words_of
from werkzeug.datastructures import MultiDict

from webforms.inputs.base import Value
from webforms.inputs.section_form import Press, only

AGREEMENTS: dict[str, Value] = {
    "agreements": {"rows": [{"what": "Ring", "who": "Mette", "deadline": "2026-06-01"}, {"what": "Skriv"}]}
}


def test_text_is_taken_exactly_as_it_was_typed() -> None:
    form_ = form("a", posted=post(child_name="  Aksel <b> & \t“x” ", siblings="Otto, 4 år\r\n\r\nEllen, 2 år\r\n"))
    assert form_.validate()
    assert form_.changes() == {
        "child_name": {"text": "  Aksel <b> & \t“x” "},
        "siblings": {"text": "Otto, 4 år\n\nEllen, 2 år\n"},
    }
    assert is_parsed(form_.changes())


def test_what_is_the_same_as_before_is_no_change() -> None:
    stored: dict[str, Value] = {
        "child_name": {"text": "Aksel"},
        "siblings": {"text": "a\nb"},
        "filled_in_on": {"date": "2026-03-01"},
        "training_extent": {"choice": "part_time", "text": "Skole om formiddagen"},
    }
    form_ = form(
        "a",
        stored,
        post(
            child_name="Aksel",
            siblings="a\r\nb",
            filled_in_on="1. marts 2026",
            training_extent="part_time",
            training_extent__text="Skole om formiddagen",
        ),
    )
    assert form_.validate()
    assert form_.changes() == {}


def test_what_was_not_sent_stays_as_it_was() -> None:
    form_ = form("a", {"child_name": {"text": "Aksel"}, "email": {"text": "a@b.dk"}}, post(email="c@d.dk"))
    assert form_.changes() == {"email": {"text": "c@d.dk"}}


@pytest.mark.parametrize("emptied", ["", " ", "\r\n"])
def test_an_emptied_answer_is_taken_back(emptied: str) -> None:
    stored: dict[str, Value] = {"child_name": {"text": "Aksel"}, "filled_in_on": {"date": "2026-03-01"}}
    form_ = form("a", stored, post(child_name=emptied, filled_in_on=emptied))
    assert form_.changes() == {"child_name": None, "filled_in_on": None}


def test_a_choice_comes_with_its_reason() -> None:
    form_ = form("a", posted=post(training_extent="full_time", training_extent__text="Fordi"))
    assert form_.changes() == {"training_extent": {"choice": "full_time", "text": "Fordi"}}
    assert is_parsed(form_.changes())


def test_a_table_is_its_filled_rows() -> None:
    form_ = form(
        "l",
        posted=post(
            agreements__1__what="Ring til skolen",
            agreements__1__who="Mette",
            agreements__1__deadline="1/6-26",
            agreements__2__what=" ",
            agreements__2__who="",
            agreements__2__deadline="",
            agreements__7__who="Far",
            observations__1__what="Gang",
            observations__1__how="test",
        ),
    )
    assert form_.validate()
    assert form_.changes() == {
        "agreements": {"rows": [{"what": "Ring til skolen", "who": "Mette", "deadline": "2026-06-01"}, {"who": "Far"}]},
        "observations": {"rows": [{"what": "Gang", "how": "test"}]},
    }
    assert is_parsed(form_.changes())


def test_a_table_whose_rows_are_emptied_is_taken_back() -> None:
    form_ = form("l", AGREEMENTS, post(agreements__1__what="", agreements__1__who="", agreements__1__deadline=""))
    assert form_.changes() == {"agreements": None}


def test_a_row_is_added_below_and_gets_the_focus() -> None:
    form_ = form("l", AGREEMENTS, post(_press="agreements.add"))
    table = form_["agreements"]
    assert form_.stays
    assert [row.is_new for row in table.rows] == [False, False, True]
    assert [control.typed for control in table.rows[0].controls] == ["Ring", "Mette", "1.6.2026"]
    assert form_.changes() == {}


def test_a_row_is_removed_and_the_others_move_up() -> None:
    sent = {f"agreements.{n}.{key}": "" for n in (1, 2) for key in ("what", "who", "deadline")}
    sent |= {"agreements.1.what": "Ring", "agreements.2.what": "Skriv om", "_press": "agreements.remove.1"}
    form_ = form("l", AGREEMENTS, MultiDict(sent))
    assert form_.stays
    assert form_["agreements"].rows[0].controls[0].name == "agreements.1.what"
    assert form_.changes() == {"agreements": {"rows": [{"what": "Skriv om"}]}}


def test_the_last_row_that_is_removed_leaves_an_empty_one() -> None:
    form_ = form("l", {}, post(agreements__1__what="x", _press="agreements.remove.1"))
    assert len(form_["agreements"].rows) == 1
    assert form_.changes() == {}


def test_a_removal_keeps_what_was_typed_wrong_in_another_row() -> None:
    form_ = form("l", {}, post(agreements__1__what="x", agreements__2__deadline="snart", _press="agreements.remove.1"))
    assert form_["agreements"].rows[0].controls[2].typed == "snart"


def test_goals_change_column_by_column() -> None:
    stored: dict[str, Value] = {"goal/a1/focus": {"text": "Gang"}, "goal/a1/next": {"text": "Trappe"}}
    form_ = form(
        "c",
        stored,
        MultiDict(
            {
                f"{PLAN}.a1.goal_type": "motor",
                f"{PLAN}.a1.wording": "Gå 15 meter",
                f"{PLAN}.a1.focus": "Gang",
                f"{PLAN}.a1.attainment": "some",
                f"{PLAN}.a1.reason": "Han kan 12 meter",
                f"{PLAN}.a1.next": "",
                f"{PLAN}.b2.goal_type": "social",
            }
        ),
    )
    assert form_.validate()
    assert form_.changes() == {
        "goal/a1/wording": {"text": "Gå 15 meter"},
        "goal/a1/attainment": {"choice": "some", "text": "Han kan 12 meter"},
        "goal/a1/next": None,
    }
    assert form_.changed_goal_types() == {"b2": "social"}
    assert is_parsed(form_.changes())


def test_one_goal_that_lacks_something_does_not_hold_back_the_others() -> None:
    form_ = form(
        "c",
        {},
        MultiDict({f"{PLAN}.a1.reason": "Fordi", f"{PLAN}.a1.focus": "Gang", f"{PLAN}.b2.focus": "Lege"}),
    )
    assert not form_.validate()
    assert form_.changes() == {"goal/a1/focus": {"text": "Gang"}, "goal/b2/focus": {"text": "Lege"}}
    assert (f"{PLAN}.a1.reason", "Fordi") in form_.left_over()
    assert not [pair for pair in form_.left_over() if ".b2." in pair[0]]


@pytest.mark.parametrize("deed", ["remove", "copy", "up", "down"])
def test_a_button_of_a_goal_is_told_to_the_page(deed: str) -> None:
    assert form("c", {}, MultiDict({"_press": f"{PLAN}.{deed}.a1"})).press == Press(PLAN, deed, "a1")


def test_a_button_of_a_field_that_the_form_has_not_is_no_press() -> None:
    for pressed in ("agreements.add", "nej", "", ".add", "child_name"):
        assert form("c", {}, post(_press=pressed)).press is None


def test_only_some_fields_make_a_smaller_form() -> None:
    section = next(section for section in TOOL.sections if section.key == "j")
    assert [field.key for field in only(section, ["theme_family", "x"]).fields] == ["theme_family"]


def test_revisions_come_back_for_the_slots_of_the_form_alone() -> None:
    sent = '{"child_name": 9, "siblings": "x", "conclusion": 3, "email": true}'
    form_ = form("a", {}, post(_based_on=sent), based_on={"child_name": 4, "phone": 2})
    assert form_.based_on == {"child_name": 9, "phone": 2}


@pytest.mark.parametrize("sent", ["", "nej", "[1]", "{" * 5000, '{"child_name": 1e999}', "null", "[" * 100_000])
def test_nonsense_as_revisions_leaves_those_that_are_known(sent: str) -> None:
    assert form("a", {}, post(_based_on=sent), based_on={"child_name": 4}).based_on == {"child_name": 4}


def test_the_goals_of_the_plan_make_the_cards() -> None:
    assert tuple(card.goal for card in form("c").goal_cards) == GOALS
    assert form("a").goal_cards == ()


def test_a_form_without_a_post_has_no_changes_and_no_problems() -> None:
    for each in TOOL.sections:
        form_ = form(each.key)
        assert (form_.validate(), form_.changes(), form_.left_over(), words_of(form_)) == (True, {}, (), [])
