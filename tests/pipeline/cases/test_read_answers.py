"""Answers are read as they stand, with everybody who has a part in them."""

from datetime import date, datetime

from raw_answers import Raw, first, refusal

from pipeline.cases.answers import GoalOrigin, Role
from pipeline.cases.read_answers import read_answers
from pipeline.cases.text_at_the_door import MAX_CHARACTERS
from pipeline.cases.values import ChoiceValue, DateValue, TableValue, TextValue


def test_the_small_answers_are_read_as_they_stand(raw: Raw) -> None:
    answers = read_answers(raw)
    assert (answers.edition, answers.case_number, answers.visit_number) == ("2018", "DEMO-0901", 2)
    assert answers.document_date == date(2026, 4, 20)
    assert answers.is_fictional
    assert [person.role for person in answers.people[:3]] == [Role.TRAINING_PARENT, Role.PARENT, Role.CHILD]
    assert answers.of("filled_in_on")[0].value == DateValue(date(2026, 3, 1))
    assert answers.of("parents_names")[0].value == TextValue("Ane og Ole Vang")
    assert answers.goals[1].origin is GoalOrigin.ADJUSTED
    assert answers.goals[1].before == "Gå 10 skridt"
    assert answers.not_asked == {"theme_leisure", "relief_need"}
    assert answers.of("siblings") == ()


def test_words_written_down_for_another_keep_both_people(raw: Raw) -> None:
    said = read_answers(raw).of("child_experience")[0]
    assert said.by.id == "mor"
    assert said.on_behalf_of is not None
    assert said.on_behalf_of.id == "barn"


def test_a_choice_keeps_its_reason_and_may_lack_one(raw: Raw) -> None:
    with_reason, without = (c.value for c in read_answers(raw).of("training_extent"))
    assert isinstance(with_reason, ChoiceValue)
    assert (with_reason.choice.label, with_reason.reason) == ("Deltid", "Ni timer om ugen")
    assert isinstance(without, ChoiceValue)
    assert without.reason == ""


def test_an_empty_cell_may_be_left_out(raw: Raw) -> None:
    table = read_answers(raw).of("observations")[0].value
    assert isinstance(table, TableValue)
    assert [cell.as_text() for cell in table.rows[0]] == ["Gang", "Test", "Per Lund", "40 skridt"]
    assert [cell.as_text() for cell in table.rows[1]] == ["Leg", "", "", ""]
    assert table.as_text() == "Hvad: Gang\nHvordan: Test\nAf hvem: Per Lund\nHvad viste det: 40 skridt\n\nHvad: Leg"


def test_moments_keep_their_time_zone(raw: Raw) -> None:
    assert read_answers(raw).of("visit_date")[0].at == datetime.fromisoformat("2026-04-01T08:00:00+00:00")


def test_a_text_may_be_long_but_not_longer_than_there_is_room_for(raw: Raw) -> None:
    first(raw, "conclusion")["text"] = "a" * MAX_CHARACTERS
    assert read_answers(raw).of("conclusion")[0].value == TextValue("a" * MAX_CHARACTERS)
    first(raw, "conclusion")["text"] += "b"
    assert "teksten er på 100001 tegn. Der er plads til 100000. Læg den lange tekst i et bilag" in refusal(raw)
