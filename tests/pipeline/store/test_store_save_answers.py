"""Two people in the same section: nothing is overwritten unseen, nothing is lost, nothing is written twice."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fictional_case import CASEWORKER, FATHER, HOUSEHOLD, MOTHER, SECTION, VISIT, text

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import FieldsNotAsked, GoalPlaced, GoalRemoved, SectionsLocked
from pipeline.store.opening import Places, Store
from pipeline.store.refusals import EventRefused, SlotRefused
from pipeline.store.save_answers import Answer, SaveAnswers, Saved, Writer, draft_of

MOTHERS, FATHERS = Writer(MOTHER, HOUSEHOLD), Writer(FATHER, HOUSEHOLD)


def _save(save: SaveAnswers, case_id: str, writer: Writer, *answers: Answer) -> Saved:
    return save.save(case_id, VISIT, SECTION, answers, writer)


def _words(case: Case, slot: str) -> str | None:
    version = case.visits[VISIT].current(Slot(slot, HOUSEHOLD))
    return version and version.value and version.value["text"]


def test_a_slot_that_moved_is_not_overwritten_and_the_rest_is_saved(
    save_answers: SaveAnswers, store: Store, case_id: str
) -> None:
    first = _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")), Answer("a2", 0, text("også mors")))
    assert first.written == ("a1", "a2")
    second = _save(save_answers, case_id, FATHERS, Answer("a1", 0, text("fars")), Answer("a3", 0, text("nyt")))
    assert second.written == ("a3",)
    (conflict,) = second.conflicts
    assert (conflict.slot, conflict.theirs.by, conflict.theirs.value) == ("a1", MOTHER, text("mors"))
    assert conflict.mine == text("fars")
    assert _words(second.case, "a1") == "mors"
    draft = store.drafts.of(draft_of(case_id, VISIT, SECTION, FATHERS))
    assert draft is not None
    assert draft.words == {"a1": text("fars")}
    assert [e.outcome for e in store.audit.entries()][-1] == "conflict"


def test_whoever_has_seen_the_other_answer_may_replace_it_and_the_draft_is_gone(
    save_answers: SaveAnswers, store: Store, case_id: str
) -> None:
    _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")))
    (conflict,) = _save(save_answers, case_id, FATHERS, Answer("a1", 0, text("fars"))).conflicts
    settled = _save(save_answers, case_id, FATHERS, Answer("a1", conflict.theirs.seq, text("fars")))
    assert settled.written == ("a1",)
    assert store.drafts.of(draft_of(case_id, VISIT, SECTION, FATHERS)) is None
    versions = settled.case.visits[VISIT].answers[Slot("a1", HOUSEHOLD)]
    assert [v.by for v in versions] == [MOTHER, FATHER]


def test_the_same_save_twice_writes_once(save_answers: SaveAnswers, case_id: str) -> None:
    answers = Answer("a1", 0, text("mors")), Answer("a2", 0, None)
    first = _save(save_answers, case_id, MOTHERS, *answers)
    again = _save(save_answers, case_id, MOTHERS, *answers)
    assert (first.written, first.unchanged) == (("a1",), ("a2",))
    assert (again.written, again.unchanged, again.conflicts) == ((), ("a1", "a2"), ())
    assert again.case.revision == first.case.revision


def test_a_save_that_was_repeated_after_somebody_else_wrote_is_not_written_again(
    save_answers: SaveAnswers, case_id: str
) -> None:
    first = _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")))
    _save(save_answers, case_id, FATHERS, Answer("a1", first.case.revision, text("fars")))
    again = _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")))
    assert (again.written, again.unchanged, again.conflicts) == ((), ("a1",), ())
    assert _words(again.case, "a1") == "fars"


def test_two_who_answer_alike_do_not_disturb_each_other(save_answers: SaveAnswers, case_id: str) -> None:
    _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("ens")))
    same = _save(save_answers, case_id, FATHERS, Answer("a1", 0, text("ens")))
    assert (same.written, same.unchanged, same.conflicts) == ((), ("a1",), ())


def test_a_revision_that_never_was_overwrites_nothing(save_answers: SaveAnswers, case_id: str) -> None:
    _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")))
    made_up = _save(save_answers, case_id, FATHERS, Answer("a1", 10_000, text("fars")))
    assert [c.slot for c in made_up.conflicts] == ["a1"]


def test_parents_who_live_apart_each_have_their_own_answer(save_answers: SaveAnswers, case_id: str) -> None:
    _save(save_answers, case_id, Writer(MOTHER, MOTHER), Answer("a1", 0, text("mors")))
    saved = _save(save_answers, case_id, Writer(FATHER, FATHER), Answer("a1", 0, text("fars")))
    answers = saved.case.visits[VISIT].answers
    assert {slot.voice: versions[-1].value for slot, versions in answers.items()} == {
        MOTHER: text("mors"),
        FATHER: text("fars"),
    }


def test_an_answer_is_taken_back_and_its_words_are_kept(save_answers: SaveAnswers, case_id: str) -> None:
    first = _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("mors")))
    back = _save(save_answers, case_id, MOTHERS, Answer("a1", first.case.revision, None))
    assert _words(back.case, "a1") is None
    assert len(back.case.visits[VISIT].answers[Slot("a1", HOUSEHOLD)]) == 2


@pytest.mark.parametrize(
    ("closing", "words"),
    [(SectionsLocked(VISIT, (SECTION,), locked=True), "lukket"), (FieldsNotAsked(VISIT, ("a2",)), "spørger ikke")],
)
def test_what_may_not_be_answered_is_refused_and_nothing_is_written(
    save_answers: SaveAnswers, store: Store, case_id: str, closing: SectionsLocked | FieldsNotAsked, words: str
) -> None:
    store.cases.append(case_id, [closing], CASEWORKER, "section.lock")
    with pytest.raises(SlotRefused, match=words):
        _save(save_answers, case_id, MOTHERS, Answer("a1", 0, text("x")), Answer("a2", 0, text("y")))
    assert store.cases.case(case_id).visits[VISIT].answers == {}


def test_a_field_of_another_section_or_sent_twice_is_refused(store: Store, case_id: str) -> None:
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: {"a1": SECTION, "b1": "b"}.get(slot))
    for wrong in ("b1", "findes-ikke"):
        with pytest.raises(SlotRefused, match="hører ikke"):
            _save(save, case_id, MOTHERS, Answer("a1", 0, text("x")), Answer(wrong, 0, text("y")))
    with pytest.raises(SlotRefused, match="to gange"):
        _save(save, case_id, MOTHERS, Answer("a1", 0, text("x")), Answer("a1", 0, text("y")))
    with pytest.raises(EventRefused):
        save.save(case_id, "intet-besoeg", SECTION, [Answer("a1", 0, text("x"))], MOTHERS)
    assert store.cases.case(case_id).visits[VISIT].answers == {}


def test_a_goal_is_described_only_while_it_stands_in_the_plan(
    save_answers: SaveAnswers, store: Store, case_id: str
) -> None:
    words = Answer("goal/maal-1/focus", 0, text("gå tre skridt"))
    with pytest.raises(SlotRefused, match="Målet"):
        _save(save_answers, case_id, MOTHERS, words)
    store.cases.append(case_id, [GoalPlaced(VISIT, "maal-1", "motorik", "home", 1)], CASEWORKER, "goal.place")
    assert _save(save_answers, case_id, MOTHERS, words).written == (words.slot,)
    store.cases.append(case_id, [GoalRemoved(VISIT, "maal-1")], CASEWORKER, "goal.remove")
    with pytest.raises(SlotRefused, match="Målet"):
        _save(save_answers, case_id, FATHERS, Answer(words.slot, 0, text("andet")))


def test_of_a_hundred_saves_at_once_nothing_is_lost_and_every_conflict_is_shown(
    save_answers: SaveAnswers, case_id: str
) -> None:
    """Ten people write ten times into the same slot, each having seen what stood there before."""
    results: list[Saved] = []

    def write(person: int) -> None:
        seen = 0
        for turn in range(10):
            writer, words = Writer(f"person-{person}", HOUSEHOLD), text(f"{person}-{turn}")
            while True:
                saved = _save(save_answers, case_id, writer, Answer("a1", seen, words))
                results.append(saved)
                if saved.written:
                    seen = saved.case.visits[VISIT].revision_of(Slot("a1", HOUSEHOLD))
                    break
                # The person is shown the other's words, and still wants their own.
                seen = saved.conflicts[0].theirs.seq

    people = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    (versions,) = results[-1].case.visits[VISIT].answers.values()
    case = max((saved.case for saved in results), key=lambda case: case.revision)
    (versions,) = case.visits[VISIT].answers.values()
    written = [version.value["text"] for version in versions if version.value]
    assert sorted(written) == sorted(f"{person}-{turn}" for person in range(10) for turn in range(10))
    assert sum(len(saved.written) for saved in results) == 100
    assert sum(len(saved.conflicts) for saved in results) == len(results) - 100


def test_two_processes_that_save_the_same_section_see_each_others_words(
    places: Places, store: Store, case_id: str
) -> None:
    command = [sys.executable, str(Path(__file__).with_name("saving_process.py"))]
    said = {"database": places.database, "home": str(places.anchor.parent), "case": case_id, "times": 20}
    processes = [
        subprocess.Popen([*command, json.dumps({**said, "person": person})], stdout=subprocess.PIPE, text=True)
        for person in (MOTHER, FATHER)
    ]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in processes]
    versions = store.cases.case(case_id).visits[VISIT].answers[Slot("a1", HOUSEHOLD)]
    assert len(versions) == 40
    for person, outcome in zip((MOTHER, FATHER), told, strict=True):
        mine = [v.seq for v in versions if v.by == person]
        assert outcome["written"] == mine
