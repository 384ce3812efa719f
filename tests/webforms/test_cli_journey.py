"""The commands about the journeys: where everything stands, stepping in with a reason, honest exit codes, no names."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from fixtures.quick_folder import quick_folder

from pipeline.cases.hearing.events import HearingOpened
from pipeline.cases.record.events import CaseOpened, PersonRecorded
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.deadlines.deadline import Deadline
from pipeline.deadlines.rules import load_deadlines
from pipeline.journey.follow import Follow
from pipeline.store.journey_facts import Journey
from pipeline.store.opening import Places, Store, open_store
from webforms.cli_journey import journey
from webforms.danish_cli import DanishGroup, run

NUMBER, NAME = "2026-018", "Mette Påfund Eksempelsen"
LAST_DAY = date(2099, 12, 1)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name in [name for name in os.environ if name.startswith("HJEMMETILSYN_")]:
        monkeypatch.delenv(name)
    with quick_folder("tilsyn-gang-") as folder:
        monkeypatch.setenv("HJEMMETILSYN_HOME", str(folder / "hjem"))
        store = open_store(Places.in_home(Path(folder) / "hjem"))
        store.cases.tell(Follow(load_deadlines()))
        yield store
        store.close()


@pytest.fixture
def hearing(store: Store) -> Journey:
    """A hearing that waits for its answer."""
    events = (
        PersonRecorded(CasePerson("mor", NAME)),
        VisitOpened("besoeg", 1, "ordinary", "2018"),
        HearingOpened("h", "besoeg", "mor", Deadline(LAST_DAY).instant, "r", "0" * 64, 1),
    )
    case_id = store.cases.open_case(CaseOpened(NUMBER, "nord", "k", "u", fictional=True), "system", events)
    return next(row for row in store.journeys.of_case(case_id) if row.kind == "hearing")


class Said:
    """What a command said and how it ended."""

    def __init__(self, *arguments: str) -> None:
        group = DanishGroup("tilsyn", commands=[journey])

        @click.command(context_settings={"ignore_unknown_options": True})
        def outermost() -> None:
            self.code = run(group, arguments)

        result = CliRunner().invoke(outermost)
        assert result.exception is None
        self.out, self.err = result.stdout, result.stderr


def test_the_list_tells_where_everything_stands_and_names_nobody(hearing: Journey) -> None:
    said = Said("journey", "list")
    assert said.code == 0
    assert f"{hearing.id}  sag {NUMBER}, hearing: open siden" in said.out
    assert "I gang: 2." in said.out
    assert NAME not in said.out
    rows = json.loads(Said("journey", "list", "--json").out)
    assert {(row["case"], row["kind"], row["state"]) for row in rows} == {
        (NUMBER, "visit", "hearing"),
        (NUMBER, "hearing", "open"),
    }


def test_a_deadline_is_extended_and_a_hearing_stopped(store: Store, hearing: Journey) -> None:
    assert Said("journey", "extend", hearing.id, "--to", "2099-12-24", "--reason", "ferie").code == 0
    row = store.journeys.with_id(hearing.id)
    assert row
    assert row.deadline_at == Deadline(date(2099, 12, 24)).instant
    assert Said("journey", "cancel", hearing.id, "--reason", "forkert rapport").code == 0
    assert "withdrawn" in Said("journey", "show", hearing.id).out


def test_what_does_not_fit_is_refused_in_danish(hearing: Journey) -> None:
    for deed in ("retry", "skip"):
        said = Said("journey", deed, "0" * 32, "--reason", "x")
        assert (said.code, "Der er ingen med det id" in said.err) == (1, True)
    assert "Der er intet at prøve igen" in Said("journey", "retry", hearing.id, "--reason", "x").err


def test_the_check_tells_by_its_exit_code_whether_something_stands(store: Store, hearing: Journey) -> None:
    assert Said("journey", "check").code == 0
    taken = store.journeys.claim(hearing.id, datetime(2099, 12, 1, tzinfo=UTC), datetime.now(UTC))
    assert taken
    assert store.journeys.failed(taken, "OSError", None, datetime.now(UTC) + timedelta(0))
    said = Said("journey", "check")
    assert said.code == 1
    assert "opgivet" in said.out
    assert Said("journey", "retry", hearing.id, "--reason", "rettet").code == 0
