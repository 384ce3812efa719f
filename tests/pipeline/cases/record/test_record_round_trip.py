"""The samples as events and back: nothing is lost on the way, with ids of the case or of the sample."""

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_case import FAMILIES, SAMPLES, begun, demo_people, family, family_case, sample, stamped

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.cases.record.case import fold_all
from pipeline.cases.record.codec import decode, encode
from pipeline.cases.record.events import ApprovalDecided, PersonRecorded, StandingBegun
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import CasePerson, Place
from pipeline.cases.record.to_answers import answers_json, to_answers
from pipeline.cases.record.visit_events import GoalPlaced, SectionHandedIn, Written
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.documents.contents.of_a_field import who
from pipeline.errors import AnswersError
from pipeline.tool.definition import Tool

DAY = date(2026, 4, 1)
BOTH = [(family_name, number) for family_name in FAMILIES for number in (1, 2)]


def raw(name: str, number: int) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SAMPLES / f"sample_{name}_{number}.json").read_bytes())
    return read


def back(visits: list[Answers], which: int, tool: Tool, events: list[dict[str, Any]]) -> Answers:
    """Through the events as they are stored, and back."""
    happened = from_answers(visits, tool).happened
    case = fold_all(decode(encode(one.event, one.by), one.seq, one.at) for one in happened)
    visit = visits[which]
    return to_answers(case, f"besoeg-{visit.visit_number}", visit.document_date, events)


@pytest.mark.parametrize(("name", "number"), BOTH)
def test_a_sample_alone_comes_back_whole(name: str, number: int, tool: Tool) -> None:
    answers = sample(name, number)
    assert back([answers], 0, tool, raw(name, number)["events"]) == answers


@pytest.mark.parametrize("name", FAMILIES)
def test_the_second_visit_comes_back_whole_with_the_first_before_it(name: str, tool: Tool) -> None:
    visits = [sample(name, 1), sample(name, 2)]
    assert back(visits, 1, tool, raw(name, 2)["events"]) == visits[1]


@pytest.mark.parametrize("name", FAMILIES)
def test_of_the_first_visit_only_peoples_titles_follow_the_time(name: str, tool: Tool) -> None:
    """A sister who was one year old is two in the case; everything else of the first visit is as it was."""
    visits = [sample(name, 1), sample(name, 2)]
    found = back(visits, 0, tool, raw(name, 1)["events"])
    titles = [replace(person, title="") for person in found.people]
    assert titles == [replace(person, title="") for person in visits[0].people]
    assert replace(found, people=()) == replace(visits[0], people=())


@pytest.mark.parametrize(("name", "number"), BOTH)
def test_the_json_is_the_samples_json(name: str, number: int, tool: Tool) -> None:
    answers, written = sample(name, number), raw(name, number)
    case = fold_all(from_answers([answers], tool).happened)
    made = answers_json(case, f"besoeg-{answers.visit_number}", answers.document_date, written["events"])
    written["not_asked"].sort()
    del written["note"]
    assert made.pop("why_not_asked") == {}
    assert _without_empty(made) == _without_empty(written)


@pytest.mark.parametrize("name", FAMILIES)
def test_with_the_people_of_the_demo_the_words_are_the_same(name: str, tool: Tool) -> None:
    visits = [sample(name, 1), sample(name, 2)]
    demo = demo_people().cases[visits[0].case_number]
    case = fold_all(from_answers(visits, tool, demo).happened)
    found = to_answers(case, f"besoeg-{visits[1].visit_number}", visits[1].document_date)
    expected = read_answers(_renamed(raw(name, 2), dict(demo.ids)))
    same = {f.name for f in fields(found)} - {"events", "contributions", "people"}
    assert {key: getattr(found, key) for key in same} == {key: getattr(expected, key) for key in same}
    assert [p.name for p in found.people] == [p.name for p in expected.people]
    kept = [key for key in expected.contributions if name != "autisme_skole" or key not in ("email", "phone")]
    assert {k: [c.value for c in found.of(k)] for k in kept} == {k: [c.value for c in expected.of(k)] for k in kept}


def test_enclosures_have_bytes_that_say_that_they_are_fictional(tool: Tool) -> None:
    made = from_answers([sample("cp_skole", 1)], tool)
    kept = [one.event for one in made.happened if isinstance(one.event, DocumentKept)]
    assert {document.file for document in kept} == set(made.files)
    for document in kept:
        content = made.files[document.file]
        assert content.startswith(b"Opdigtet")
        assert len(content) == document.size


def test_one_person_who_answers_a_field_twice_has_no_place(tool: Tool) -> None:
    answers = sample("cp_skole", 1)
    twice = {key: contributions * 2 for key, contributions in answers.contributions.items()}
    with pytest.raises(ValueError, match="twice"):
        from_answers([replace(answers, contributions=twice)], tool)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["home-1", "home-2"]), st.none() | TEXTS), max_size=12))
def test_each_voice_says_its_last_word_and_stands_where_it_spoke_first(said: list[tuple[str, str | None]]) -> None:
    by = {"home-1": "mother", "home-2": "father"}
    before = stamped(family())
    later = stamped(
        [Written("v1", "siblings", voice, None if text is None else {"text": text}) for voice, text in said]
    )
    moved = [replace(one, seq=one.seq + len(before), by=by[said[n][0]]) for n, one in enumerate(later)]
    found = to_answers(fold_all([*before, *moved]), "v1", DAY, unsent=True).of("siblings")
    last = dict(said)
    expected = [(by[voice], last[voice]) for voice in dict.fromkeys(v for v, _ in said) if last[voice] is not None]
    assert [(c.by.id, c.value.as_text()) for c in found] == expected


def test_a_representatives_words_are_the_partys() -> None:
    case = family_case(
        PersonRecorded(CasePerson("m-9", "Lis Repræsentant")),
        begun("m-1", Place.PARTY_REPRESENTATIVE, speaks_for="father"),
        Written("v1", "siblings", "home-2", {"text": "x"}, "father"),
    )
    (said,) = to_answers(case, "v1", DAY).of("siblings")
    assert (said.by.id, said.on_behalf_of) == ("father", None)


def test_a_caseworker_who_writes_for_a_parent_is_named_and_so_is_the_phone() -> None:
    told = Written("v1", "siblings", "home-2", {"text": "x"}, "father", "phone")
    case = family_case(told, SectionHandedIn("v1", "a", "home-2", confirmed_by="father"))
    (said,) = to_answers(case, "v1", DAY).of("siblings")
    assert said.on_behalf_of is not None
    assert (said.by.id, said.on_behalf_of.id) == ("m-1", "father")
    assert who(said) == "Bo Prøvesen, far (oplyst i telefon, noteret af Eva Rådgiver, myndighedsrådgiver)"


def test_words_that_were_carried_over_are_their_owners() -> None:
    case = family_case(
        GoalPlaced("v1", "g1", "motor", "continued", 0, "Gå"),
        Written("v1", goal_slot("g1", "wording"), SHARED, {"text": "Gå"}),
        Written("v1", goal_slot("g1", "focus"), "home-1", {"text": "Gå 10 meter"}, "mother", CARRIED_OVER),
    )
    (goal,) = to_answers(case, "v1", DAY).goals
    assert [(one.by.id, one.on_behalf_of) for one in goal.focus] == [("mother", None)]
    assert (goal.origin.value, goal.before) == ("continued", "")


def test_a_carried_goal_that_was_reworded_is_adjusted_and_keeps_its_wording_before() -> None:
    case = family_case(
        GoalPlaced("v1", "g1", "motor", "continued", 0, "Gå"),
        Written("v1", goal_slot("g1", "wording"), SHARED, {"text": "Løbe"}),
    )
    (goal,) = to_answers(case, "v1", DAY).goals
    assert (goal.wording, goal.origin.value, goal.before) == ("Løbe", "adjusted", "Gå")


def test_the_approval_is_the_one_of_the_visits_day() -> None:
    later = ApprovalDecided(date(2026, 3, 20), "Fuldtid", (), (), "", False)
    assert to_answers(family_case(later), "v1", DAY).approval.extent == "Deltid"


def test_people_without_a_part_in_the_visit_are_not_in_its_documents() -> None:
    case = family_case(
        PersonRecorded(CasePerson("friend", "Ulla Bisidder")),
        begun("friend", Place.COMPANION, speaks_for="mother"),
        PersonRecorded(CasePerson("m-3", "Bo Leder")),
        begun("m-3", Place.MANAGER),
        PersonRecorded(CasePerson("old", "Kaj Tidligere")),
        begun("old", Place.SCHOOL, until=date(2026, 1, 31)),
    )
    assert "friend" not in _ids(to_answers(case, "v1", DAY))
    assert not {"m-3", "old"} & set(_ids(to_answers(case, "v1", DAY)))
    assert "old" in _ids(to_answers(case, "v1", date(2026, 1, 31)))


@pytest.mark.parametrize(
    ("missing", "message"),
    [(ApprovalDecided, "Skriv godkendelsen på sagen"), ("m-1", "Skriv en sagsbehandler på sagen")],
)
def test_what_every_document_needs_is_asked_for(missing: Any, message: str) -> None:
    events = [e for e in family() if not (isinstance(e, ApprovalDecided) and missing is ApprovalDecided)]
    events = [e for e in events if not (isinstance(e, StandingBegun) and e.standing.person_id == missing)]
    with pytest.raises(AnswersError, match=message):
        to_answers(fold_all(stamped(events)), "v1", DAY)


def test_somebody_who_wrote_and_never_was_in_the_case_is_asked_for() -> None:
    case = family_case(
        PersonRecorded(CasePerson("ghost", "Ingen Plads")),
        Written("v1", "siblings", "home-1", {"text": "x"}, "ghost"),
    )
    with pytest.raises(AnswersError, match="Skriv på sagen, hvad personen er"):
        to_answers(case, "v1", DAY)


def _ids(answers: Answers) -> list[str]:
    return [person.id for person in answers.people]


def _renamed(value: Any, ids: dict[str, str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _renamed(v, ids, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_renamed(v, ids, key) for v in value]
    return ids.get(value, value) if key in ("id", "by", "to", "on_behalf_of") and isinstance(value, str) else value


def _without_empty(value: Any) -> Any:
    """Without what may be left out of the JSON when it is empty or the usual."""
    if isinstance(value, dict):
        return {k: _without_empty(v) for k, v in value.items() if v not in ("", [])}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value
