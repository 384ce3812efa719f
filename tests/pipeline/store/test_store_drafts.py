"""What is typed is kept, the newest wins, and nobody but its writer sees it."""

import pytest
from fictional_case import CASEWORKER, FATHER, HOUSEHOLD, MOTHER, SECTION, VISIT, open_fictional_case, text
from sqlalchemy import func, select, update

from pipeline.errors import Tampered
from pipeline.store.drafts import DraftOf
from pipeline.store.opening import Store
from pipeline.store.refusals import CaseNotFound
from pipeline.store.save_answers import Answer, SaveAnswers, Writer
from pipeline.store.tables import drafts


@pytest.fixture
def mine(case_id: str) -> DraftOf:
    return DraftOf(case_id, VISIT, SECTION, MOTHER, HOUSEHOLD)


def _words(store: Store, of: DraftOf) -> object:
    draft = store.drafts.of(of)
    return draft and draft.words


def test_the_newest_draft_wins_and_a_late_one_changes_nothing(store: Store, mine: DraftOf) -> None:
    assert store.drafts.keep(mine, 1, {"a1": "h"})
    assert store.drafts.keep(mine, 3, {"a1": "hej"})
    assert not store.drafts.keep(mine, 2, {"a1": "he"})
    draft = store.drafts.of(mine)
    assert draft is not None
    assert (draft.revision, draft.words) == (3, {"a1": "hej"})


def test_the_same_draft_twice_is_fine_but_another_one_of_its_revision_is_not(store: Store, mine: DraftOf) -> None:
    assert store.drafts.keep(mine, 1, {"a1": "hej"})
    assert store.drafts.keep(mine, 1, {"a1": "hej"})
    assert not store.drafts.keep(mine, 1, {"a1": "fra et andet vindue"})
    assert _words(store, mine) == {"a1": "hej"}


def test_everybody_has_drafts_of_their_own_for_each_section(store: Store, mine: DraftOf, case_id: str) -> None:
    others = [
        DraftOf(case_id, VISIT, SECTION, FATHER, HOUSEHOLD),
        DraftOf(case_id, VISIT, "b", MOTHER, HOUSEHOLD),
        DraftOf(case_id, VISIT, SECTION, MOTHER, MOTHER),
    ]
    store.drafts.keep(mine, 1, {"a1": "mit"})
    assert [_words(store, other) for other in others] == [None, None, None]


def test_a_draft_that_was_saved_is_not_brought_back_by_a_late_autosave(
    store: Store, save_answers: SaveAnswers, mine: DraftOf
) -> None:
    store.drafts.keep(mine, 7, {"a1": "næsten færdig"})
    save_answers.save(mine.case_id, VISIT, SECTION, [Answer("a1", 0, text("færdig"))], Writer(MOTHER, HOUSEHOLD))
    assert not store.drafts.keep(mine, 6, {"a1": "næsten"})
    assert _words(store, mine) is None
    assert store.drafts.keep(mine, store.drafts.count(mine) + 1, {"a1": "noget nyt"})
    assert _words(store, mine) == {"a1": "noget nyt"}


def test_a_dropped_draft_is_gone_and_its_words_are_not_in_the_database(store: Store, mine: DraftOf) -> None:
    store.drafts.keep(mine, 1, {"a1": "x" * 5000})
    store.drafts.drop(mine)
    assert _words(store, mine) is None
    with store.database.read() as connection:
        assert connection.execute(select(func.max(func.length(drafts.c.sealed)))).scalar_one() < 100


def test_a_draft_moved_to_another_place_or_an_older_one_put_back_does_not_open(store: Store, mine: DraftOf) -> None:
    theirs = DraftOf(open_fictional_case(store, "2026-2"), VISIT, SECTION, MOTHER)
    store.drafts.keep(theirs, 1, {"a1": "deres"})
    store.drafts.keep(mine, 1, {"a1": "gammelt"})
    sealed = select(drafts.c.sealed)
    with store.database.read() as connection:
        foreign = connection.execute(sealed.where(drafts.c.case_id == theirs.case_id)).scalar_one()
        old = connection.execute(sealed.where(drafts.c.case_id == mine.case_id)).scalar_one()
    store.drafts.keep(mine, 2, {"a1": "nyt"})
    for wrong in (foreign, old):
        with store.database.write() as connection:
            connection.execute(update(drafts).where(drafts.c.case_id == mine.case_id).values(sealed=wrong))
        with pytest.raises(Tampered):
            store.drafts.of(mine)


def test_there_are_no_drafts_of_an_unknown_case(store: Store) -> None:
    with pytest.raises(CaseNotFound):
        store.drafts.keep(DraftOf("findes-ikke", VISIT, SECTION, CASEWORKER), 1, {})
