"""`make crash KILLS=50`: kill -9 at random moments, with a hundred cases on their journey.

Every click comes twice, a third of the letters is refused at first. On SQLite one process dispatches; on PostgreSQL
two workers do, of which one is killed over and over, and the other frozen once for longer than its leases, and thawed.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fixtures.postgresql import running_postgresql
from journey_clicks import Clickers
from target import PROJECT, Mother, kill

from pipeline.cases.hearing.answer_document import slot_of
from pipeline.cases.hearing.state import Stand
from pipeline.cases.journey.events import VisitArchived
from pipeline.cases.record.journal_events import DocumentSent
from pipeline.store.opening import Places, Store, open_store

_VISIT = "besoeg-1"
_SECONDS_TO_FINISH = 240.0
"""A busy machine makes a run longer; what has not come to its end by then is stuck."""


@dataclass
class Figures:
    """What came out."""

    name: str
    kills: int = 0
    cases: int = 0
    answers: int = 0
    sent: int = 0
    refused_at_first: int = 0
    again: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def row(self) -> str:
        """The line of the table."""
        counted = ("lost", "stuck", "made twice", "sent twice", "archived twice", "ignored")
        numbers = (self.kills, self.cases, self.answers, self.sent, self.refused_at_first, self.again)
        faults = [self.faults[kind] for kind in counted]
        return f"| {self.name} | {' | '.join(map(str, (*numbers, *faults)))} | {self.seconds:.0f} s |"


class Workers:
    """The processes, each killed or frozen and started again.

    Args:
        places: of a new installation.
        number: how many dispatch at once.
    """

    def __init__(self, places: Places, number: int, log: Path) -> None:
        self._log = log.open("w")
        self._mother = Mother("journey_process.py", self._log)
        self._told = {"home": str(places.files.parent), "database": places.database}
        self._alive = [self._start() for _ in range(number)]
        self._turn = 0

    def port(self) -> int:
        """See `Ports`; each in turn."""
        self._turn += 1
        return self._alive[self._turn % len(self._alive)][1]

    def kill(self, which: int) -> None:
        """Kill one without a word and start another in its place."""
        kill(self._alive[which][0])
        self._alive[which] = self._start()

    def freeze(self, which: int, seconds: float) -> None:
        """Stop one in the middle of whatever it does, and let it go on much later as if nothing had been."""
        pid, _ = frozen = self._alive[which]
        others = [one for one in self._alive if one is not frozen]
        os.kill(pid, signal.SIGSTOP)
        self._alive = others
        time.sleep(seconds)
        os.kill(pid, signal.SIGCONT)
        self._alive = [*others, frozen]

    def close(self) -> None:
        """End them all."""
        for pid, _ in self._alive:
            kill(pid)
        self._mother.close()
        self._log.close()

    def _start(self) -> tuple[int, int]:
        pid, port = self._mother.child(self._told).split()
        return int(pid), int(port)


def campaign(places: Places, kills: int, seed: int, *, in_flight: int = 100, freeze: float = 0.0) -> Figures:
    """Kill so many times; the seed tells the moments.

    Args:
        places: of a new installation.
        kills: how many.
        seed: of chance.
        in_flight: cases under way at a time.
        freeze: for so many seconds one of two workers is frozen; 0: there is one worker, and it is only killed.
    """
    begun, chance = time.monotonic(), random.Random(seed)
    home = places.files.parent
    home.mkdir(parents=True, exist_ok=True)
    open_store(places).close()
    workers = Workers(places, 2 if freeze else 1, home / "server.log")
    figures = Figures("SQLite" if "sqlite" in places.database else "PostgreSQL, two workers", kills)
    try:
        clickers = Clickers(workers, in_flight)
        with clickers.clicking():
            for number in range(kills):
                time.sleep(chance.uniform(0.4, 3.0))
                workers.kill(0)
                if freeze and number == kills // 2:
                    workers.freeze(1, freeze)
            clickers.begin_no_more(_SECONDS_TO_FINISH)
        _wait_for_the_end(places)
    finally:
        workers.close()
    _look(places, clickers, figures)
    figures.seconds = time.monotonic() - begun
    return figures


def _wait_for_the_end(places: Places) -> None:
    store, until = open_store(places), time.monotonic() + _SECONDS_TO_FINISH
    try:
        while time.monotonic() < until and any(
            (kind == "visit" and state != "planned") or kind == "document" for kind, state in store.journeys.count()
        ):
            time.sleep(0.2)
    finally:
        store.close()


def _look(places: Places, clickers: Clickers, figures: Figures) -> None:
    """Whatever was acknowledged is there, once, and at its end."""
    store = open_store(places)
    try:
        for traveller in clickers.travellers:
            if not traveller.is_acknowledged:
                continue
            figures.cases += 1
            listed = store.lists.find_number(traveller.number)
            if listed is None:
                figures.faults["lost"] += 1
                continue
            _look_at(store, listed.id, traveller.answered, figures)
        home = places.files.parent
        figures.refused_at_first = _delivered(home / "afvist")
        figures.faults["sent twice"] += abs(_delivered(home / "post") - figures.sent)
        figures.faults["archived twice"] += abs(_delivered(home / "arkiv" / "pakker") - figures.cases)
    finally:
        store.close()


def _delivered(folder: Path) -> int:
    """What lies there whole; hidden is what a kill has left in the making."""
    return sum(not path.name.startswith(".") for path in folder.glob("*"))


def _look_at(store: Store, case_id: str, answered: set[str], figures: Figures) -> None:
    rows = {row.about: row for row in store.journeys.of_case(case_id)}
    case, happened = store.cases.case(case_id), store.cases.happened(case_id)
    visit = rows.get(_VISIT)
    if visit is None:
        figures.faults["lost"] += 1
        return
    figures.faults["stuck"] += visit.state != "done"
    sent = Counter(one.event.to for one in happened if isinstance(one.event, DocumentSent))
    figures.sent += sent.total()
    figures.faults["sent twice"] += sum(number - 1 for number in sent.values())
    figures.faults["archived twice"] += max(0, sum(isinstance(one.event, VisitArchived) for one in happened) - 1)
    for who in answered:
        figures.answers += 1
        stand = case.hearings.by_id[f"h-{who}"].stand(datetime.now(UTC))
        was_heard = rows[f"h-{who}"].state == "answered" and stand is Stand.NO_REMARKS
        figures.faults["ignored"] += not was_heard
        made = sum(kept.document.slot == slot_of(f"s-{who}") for kept in case.documents.values())
        figures.faults["stuck"] += made == 0
        figures.faults["made twice"] += max(0, made - 1)
    figures.again += sum(line.tries > 1 for row in rows.values() for line in store.journeys.log_of(row.id))


def report(all_figures: list[Figures]) -> str:
    """The table."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, kill -9 with cases on their journey",
        "",
        "Every click came twice; a third of the letters was refused at first. “again”: moves that needed a second try.",
        "",
        "| | kills | cases | answers | letters | refused at first | again | lost | stuck | made twice "
        "| sent twice | archived twice | ignored answers | took |",
        f"|{'---|' * 14}",
        *(figures.row for figures in all_figures),
    ]
    return "\n".join(lines)


def main() -> int:
    """Run on both databases, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="half on each database")
    parser.add_argument("--freeze", type=float, default=40.0, help="seconds for which one of two workers is frozen")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    arguments = parser.parse_args()
    half, seed = arguments.kills // 2, arguments.seed
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tilsyn-crash-")))
        server = stack.enter_context(running_postgresql())
        done = [
            campaign(Places.in_home(folder / "a"), arguments.kills - half, seed),
            campaign(Places.in_home(folder / "b", server.new_database()), half, seed, freeze=arguments.freeze),
        ]
    text = report(done)
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")
    return 1 if any(figures.faults.total() for figures in done) else 0


if __name__ == "__main__":
    sys.exit(main())
