"""New keys while people work: interrupted anywhere, nothing is lost, and the next run goes on."""

import io
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from fictional_case import HOUSEHOLD, MOTHER, SECTION, VISIT, open_fictional_case, text
from sqlalchemy import event, select
from test_store_files import PHOTO

from pipeline.errors import KeyringError
from pipeline.store.drafts import DraftOf
from pipeline.store.employees import Employee
from pipeline.store.invitations import Invitations
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.reseal import Resealed
from pipeline.store.save_answers import Answer, SaveAnswers, Writer
from pipeline.store.sessions import Sessions
from pipeline.store.tables import cases, events

CONTENT = b"opdigtet billede " * 10_000
SUBJECT = ("https://login.eksempel.invalid", "a1b2")


def _fill(store: Store, how_many: int) -> list[str]:
    """Cases with answers, a draft and a file each."""
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)
    ids = [open_fictional_case(store, f"2026-{number}") for number in range(how_many)]
    for case_id in ids:
        save.save(case_id, VISIT, SECTION, [Answer("a1", 0, text("opdigtet"))], Writer(MOTHER, HOUSEHOLD))
        store.drafts.keep(DraftOf(case_id, VISIT, "b", MOTHER), 1, {"b1": case_id})
        store.files.keep(case_id, io.BytesIO(CONTENT), PHOTO, MOTHER)
    return ids


def _everything(store: Store, places: Places, ids: list[str]) -> object:
    """All that is kept, read anew from the database."""
    fresh = open_store(places)
    try:
        return [
            (
                fresh.cases.happened(case_id),
                fresh.drafts.of(DraftOf(case_id, VISIT, "b", MOTHER)),
                fresh.lists.summaries([case_id]),
                [b"".join(fresh.files.read(case_id, file)) for file in fresh.cases.case(case_id).documents],
            )
            for case_id in ids
        ]
    finally:
        fresh.close()


def _case_keys(store: Store) -> dict[str, tuple[bytes, int]]:
    with store.database.read() as connection:
        rows = connection.execute(select(cases.c.id, cases.c.wrapped_key, cases.c.key_generation)).all()
    return {row.id: (row.wrapped_key, row.key_generation) for row in rows}


def test_every_case_gets_a_new_key_and_opens_as_before(store: Store, places: Places) -> None:
    ids = _fill(store, 3)
    before, keys = _everything(store, places, ids), _case_keys(store)
    with store.database.read() as connection:
        sealed = set(connection.execute(select(events.c.sealed)).scalars())
    assert store.reseal.run() == Resealed(3, ())
    assert _everything(store, places, ids) == before
    assert all(keys[case_id][0] != new for case_id, (new, _) in _case_keys(store).items())
    with store.database.read() as connection:
        assert sealed.isdisjoint(connection.execute(select(events.c.sealed)).scalars())
    assert len(list(places.files.glob("??/*"))) == 3


def test_after_a_new_master_key_the_old_one_is_needed_by_nothing(store: Store, places: Places) -> None:
    ids = _fill(store, 3)
    employee_id = store.employees.add(Employee(SUBJECT, "Bodil Opdigtet"), MOTHER)
    secret = Sessions(store.database, store.keyring).begin(employee_id, b"indhold", timedelta(hours=1))
    invitations = Invitations(store.database, store.keyring, store.audit)
    invited = invitations.make(ids[0], MOTHER, employee_id)
    before = _everything(store, places, ids)
    store.keyring.add_generation()
    assert store.rewrap.run() == 6
    assert store.rewrap.run() == 0
    store.keyring.retire(1)
    assert _everything(store, places, ids) == before
    assert {generation for _, generation in _case_keys(store).values()} == {2}
    assert [known.id for known in store.employees.all()] == [employee_id]
    found = Sessions(store.database, store.keyring).find(secret)
    assert found is not None
    assert found.content == b"indhold"
    assert invitations.find(invited.token) is not None


def test_a_case_whose_master_key_is_gone_says_so(store: Store, places: Places) -> None:
    (case_id,) = _fill(store, 1)
    store.keyring.add_generation()
    store.keyring.retire(1)
    fresh = open_store(places)
    with pytest.raises(KeyringError, match=r"nøgle nr\. 1"):
        fresh.cases.case(case_id)
    fresh.close()


def test_a_case_with_a_lost_file_keeps_its_key_until_the_file_is_back(store: Store, places: Places) -> None:
    ids = _fill(store, 2)
    before = _everything(store, places, ids)
    lost = next(iter(places.files.glob("??/*")))
    content = lost.read_bytes()
    lost.unlink()
    outcome = store.reseal.run()
    assert outcome.done == 1
    lost.write_bytes(content)
    assert store.reseal.run() == Resealed(1, ())
    assert outcome.damaged[0] in ids
    assert _everything(store, places, ids) == before


class _PowerCut(Exception):
    pass


@contextmanager
def _cut_at(store: Store, statement: int) -> Iterator[None]:
    """Break off at the n-th statement or beginning of a transaction that the program sends to its database."""
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise _PowerCut

    with ExitStack() as until:
        for name in ("begin", "before_cursor_execute"):
            event.listen(store.database.engine, name, count)
            until.callback(event.remove, store.database.engine, name, count)
        yield


@pytest.mark.parametrize("what", ["reseal", "rewrap"])
def test_broken_off_at_any_statement_nothing_is_lost_and_the_next_run_finishes(
    store: Store, places: Places, what: str
) -> None:
    ids = _fill(store, 1)
    before = _everything(store, places, ids)
    run = getattr(store, what).run
    for statement in range(1, 200):
        if what == "rewrap":
            store.keyring.add_generation()
        try:
            with _cut_at(store, statement):
                run()
            break
        except _PowerCut:
            assert _everything(store, places, ids) == before
            run()
    assert statement > 5
    assert _everything(store, places, ids) == before
    assert len(list(places.files.glob("??/*"))) == 1


def test_killed_at_random_moments_nothing_is_lost_and_the_next_run_finishes(store: Store, places: Places) -> None:
    ids = _fill(store, 5)
    before = _everything(store, places, ids)
    said = json.dumps({"database": places.database, "home": str(places.files.parent)})
    seed = random.Random(4)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("rotating_process.py")), said],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "klar\n"
            time.sleep(seed.uniform(0.0, 0.4))
            process.send_signal(signal.SIGKILL)
        assert _everything(store, places, ids) == before
    store.reseal.run()
    store.rewrap.run()
    for generation in store.keyring.generations[:-1]:
        store.keyring.retire(generation)
    assert _everything(store, places, ids) == before


def test_answers_are_saved_while_keys_are_changed(store: Store, places: Places) -> None:
    ids = _fill(store, 2)
    other = open_store(places)
    save = SaveAnswers(other.cases, other.drafts, lambda edition, slot: SECTION)
    for turn in range(5):
        store.reseal.run()
        store.keyring.add_generation()
        store.rewrap.run()
        for case_id in ids:
            saved = save.save(
                case_id, VISIT, SECTION, [Answer(f"a{turn + 2}", 0, text("x"))], Writer(MOTHER, HOUSEHOLD)
            )
            assert saved.written
    for case_id in ids:
        assert len(store.cases.case(case_id).visits[VISIT].answers) == 6
    other.close()
