"""Lines that came, went or moved in the case while the form was out: no word lands on another line, none is lost."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.answers import Answers, Contribution, Goal, GoalOrigin
from pipeline.cases.read_answers import read_answers
from pipeline.cases.values import TableValue, TextValue
from pipeline.errors import UnreadableFile
from pipeline.law.dated_law import law_for
from pipeline.offline.differences import Difference, Status, differences
from pipeline.offline.passport import goal_marks, issue, passport_of
from pipeline.offline.rows import MOST_ROWS, line_up
from pipeline.offline.slots import all_slots, form_sections
from pipeline.tool.load import load_tool

TOOL = load_tool("2018")
CASE = read_answers(json.loads((Path(__file__).resolve().parents[2] / "fixtures" / "svar-lille.json").read_bytes()))
LAW = law_for(CASE.document_date)
PLAN = "tids_og_faseplan"
NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)


def with_goals(*names: str) -> Answers:
    goals = (Goal(name, TOOL.goal_types[0], f"Mål {name}", GoalOrigin.NEW, "", (), (), ()) for name in names)
    return replace(CASE, goals=tuple(goals))


def with_agreements(*names: str) -> Answers:
    field = TOOL.find("agreements")
    assert field is not None
    blanks = (TextValue(""),) * (len(field.columns) - 1)
    rows = tuple((TextValue(f"Aftale {name}" if name else ""), *blanks) for name in names)
    given_by = Contribution(CASE.people[0], datetime.now(UTC), TableValue(field.columns, rows))
    return replace(CASE, contributions={**CASE.contributions, "agreements": (given_by,)})


def come_home(before: Answers, now: Answers, written: dict[str, str], *, blank: bool = False) -> dict[str, Difference]:
    """A form of the case as it was, with words written into it, held against the case of now; by name in the form."""
    sections = form_sections(TOOL, LAW, None if blank else before)
    passport = passport_of(before, sections, blank=blank)
    incoming = {slot.name: slot.value for slot in all_slots(sections)} | written
    slots = all_slots(form_sections(TOOL, LAW, now))
    lined = line_up(passport, incoming, slots, PLAN, goal_marks(now))
    slots = all_slots(form_sections(TOOL, LAW, now, rows=lined.rows))
    found = differences(slots, lined.passport, lined.incoming, lined.astray)
    assert sorted(one.incoming for one in found) == sorted(incoming.values())
    return {lined.name_in_form[one.name]: one for one in found}


def test_in_an_unchanged_case_every_line_stays_where_it_is() -> None:
    for case in (CASE, with_goals(), with_goals(*"abcdefghijkl"), with_agreements("a", "", "b")):
        home = come_home(case, case, {})
        assert {one.name for one in home.values()} == set(home)
        assert {one.status for one in home.values()} == {Status.UNCHANGED}


def test_a_goal_that_was_put_in_front_does_not_get_the_words_of_the_next() -> None:
    home = come_home(with_goals("a", "b"), with_goals("ny", "a", "b"), {f"{PLAN}.1.next": "Tre ord"})
    one = home[f"{PLAN}.1.next"]
    assert (one.name, one.label, one.status) == (f"{PLAN}.2.next", "Mål 2: " + one.label.partition(": ")[2], Status.NEW)
    assert home[f"{PLAN}.2.wording"].status is Status.UNCHANGED


def test_what_is_written_on_a_goal_that_was_removed_is_a_conflict_on_a_line_of_its_own() -> None:
    home = come_home(with_goals("a", "b"), with_goals("b"), {f"{PLAN}.1.next": "Tre ord"})
    one = home[f"{PLAN}.1.next"]
    assert one.status is Status.CONFLICT
    assert one.why.startswith("Målet findes ikke længere i sagen.")
    assert one.now == ""
    assert int(one.name.split(".")[1]) > 1
    assert home[f"{PLAN}.2.wording"].name == f"{PLAN}.1.wording"


def test_a_new_goal_in_the_form_and_a_new_goal_in_the_case_are_two() -> None:
    home = come_home(with_goals("a"), with_goals("a", "b"), {f"{PLAN}.2.wording": "Cykle"})
    one = home[f"{PLAN}.2.wording"]
    assert (one.name, one.status, one.now) == (f"{PLAN}.3.wording", Status.NEW, "")


def test_what_is_written_in_a_blank_form_becomes_new_lines_after_those_of_the_case() -> None:
    home = come_home(with_goals("a"), with_goals("a"), {f"{PLAN}.1.wording": "Cykle"}, blank=True)
    one = home[f"{PLAN}.1.wording"]
    assert (one.name, one.status) == (f"{PLAN}.2.wording", Status.NEW)
    untouched = [each for name, each in home.items() if name != f"{PLAN}.1.wording"]
    assert {each.status for each in untouched} == {Status.UNCHANGED}


def test_an_answer_in_a_blank_form_where_the_case_has_one_is_a_conflict() -> None:
    one = come_home(CASE, CASE, {"theme_health": "Astma"}, blank=True)["theme_health"]
    assert one.status is Status.CONFLICT
    assert one.why.startswith("Sagen har et svar, som ikke stod i formularen")


def test_a_line_moves_with_what_it_says() -> None:
    home = come_home(with_agreements("a", "b"), with_agreements("ny", "a", "b"), {"agreements.2.who": "Kommunen"})
    one = home["agreements.2.who"]
    assert (one.name, one.status) == ("agreements.3.who", Status.NEW)


def test_a_line_that_is_no_longer_known_is_never_filled_silently() -> None:
    home = come_home(with_agreements("a", "b"), with_agreements("a", "c"), {"agreements.2.who": "Kommunen"})
    one = home["agreements.2.who"]
    assert (one.name, one.status) == ("agreements.2.who", Status.CONFLICT)
    assert one.why.startswith("Linjen er ændret eller slettet i sagen")
    assert home["agreements.2.what"].status is Status.UNCHANGED


@given(before=NAMES, now=NAMES, more=st.integers(0, 3), blank=st.booleans())
def test_words_follow_their_goal_whatever_became_of_the_plan(
    before: list[str], now: list[str], more: int, blank: bool
) -> None:
    lines = len(before) + more
    written = {f"{PLAN}.{n}.next": f"ord {n}" for n in range(1, lines + 1)}
    home = come_home(with_goals(*before), with_goals(*now), written, blank=blank)
    landed = {name: int(home[name].name.split(".")[1]) for name in written}
    assert len(set(landed.values())) == len(landed)
    for n, name in enumerate(written, start=1):
        known = None if blank or n > len(before) else before[n - 1]
        if known in now:
            assert landed[name] == now.index(known) + 1
        else:
            assert landed[name] > len(now)
        assert (home[name].status is Status.CONFLICT) == (known is not None and known not in now)


@given(before=NAMES, now=NAMES)
def test_words_never_land_on_a_line_that_says_something_else_without_a_warning(
    before: list[str], now: list[str]
) -> None:
    written = {f"agreements.{n}.who": f"ord {n}" for n in range(1, len(before) + 2)}
    home = come_home(with_agreements(*before), with_agreements(*now), written)
    for n, name in enumerate(written, start=1):
        number = int(home[name].name.split(".")[1])
        said_before = before[n - 1] if n <= len(before) else None
        says_now = now[number - 1] if number <= len(now) else None
        assert said_before == says_now or home[name].status is Status.CONFLICT


@given(before=NAMES, now=NAMES)
def test_a_form_that_names_no_goals_is_lined_up_by_what_they_held(before: list[str], now: list[str]) -> None:
    slots = all_slots(form_sections(TOOL, LAW, with_goals(*before)))
    passport = issue(slots, edition="2018", case_number="x", visit_number=1)
    incoming = {slot.name: slot.value for slot in slots}
    current = with_goals(*now)
    lined = line_up(passport, incoming, all_slots(form_sections(TOOL, LAW, current)), PLAN, goal_marks(current))
    assert sorted(lined.incoming.values()) == sorted(incoming.values())
    for n, name in enumerate(before, start=1):
        if name in now:
            assert lined.name_in_form[f"{PLAN}.{now.index(name) + 1}.wording"] == f"{PLAN}.{n}.wording"


def test_more_lines_than_anybody_writes_are_not_mixed_up() -> None:
    written = {f"agreements.{n}.who": f"ord {n}" for n in range(1, MOST_ROWS + 2)}
    with pytest.raises(UnreadableFile, match="flere linjer"):
        come_home(with_agreements(), with_agreements("a"), written)


@pytest.mark.parametrize("name", ["agreements.0.who", "agreements.01.who", "agreements.9999999999.who", "a.b.c.d", ""])
def test_a_name_that_is_no_line_is_reported_and_not_placed(name: str) -> None:
    home = come_home(CASE, CASE, {name: "ord"})
    assert (home[name].name, home[name].status) == (name, Status.UNREADABLE)
