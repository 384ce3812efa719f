"""One worker process of the measured round: `flow_worker.py alone|flow HOME DATABASE COUNT THREADS SEAL_JSON`.

It warms up with a case, says so, waits for a line, takes its cases round, prints its CPU seconds and waits.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from cpu_time import tree_cpu
from outside import seal_settings
from way_round import Alone, Sample, WayRound

from pipeline.deadlines.rules import load_deadlines
from pipeline.journey.follow import Follow
from pipeline.journey.steps.documents.making import Making
from pipeline.store.opening import Places, open_store
from webforms.dispatching import dispatcher, journey_engine
from webforms.settings import Settings, read_settings
from webforms.wiring import workshop

_PAUSE = 0.1


class Crew:
    """Takes so many cases round at a time, to their very end."""

    def __init__(self, way: Alone | WayRound, threads: int) -> None:
        self._way, self._threads, self._taken = way, threads, 0

    def begin(self, count: int) -> list[str]:
        """Have so many cases ready, as they are before their report is made."""
        numbers = range(self._taken, self._taken + count)
        self._taken += count
        return [self._way.begin(f"{os.getpid()}-{number}") for number in numbers]

    def go(self, cases: list[str]) -> None:
        """Take cases round."""
        with ThreadPoolExecutor(self._threads) as hands:
            list(hands.map(self._way.go, cases))
        if isinstance(self._way, WayRound):
            _to_the_end(self._way, cases)


def _to_the_end(way: WayRound, case_ids: list[str]) -> None:
    """The caseworker decides when everything is sent; the dispatcher does the rest.

    One case is looked at a time: nobody asks for all of them again and again, so that must not count as the flow's.
    """
    until = time.monotonic() + 120
    for has_come in (way.decide, lambda case_id: way.state(case_id) == "done"):
        for case_id in case_ids:
            while not has_come(case_id):
                if time.monotonic() > until:
                    raise SystemExit("bench: en sag kom ikke til ende")
                time.sleep(_PAUSE)


@contextmanager
def _way(name: str, settings: Settings) -> Iterator[Alone | WayRound]:
    sample = Sample.load()
    with ExitStack() as stack:
        machines = stack.enter_context(workshop(settings))
        private = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        making = Making(lambda: nullcontext(machines), private)
        if name == "alone":
            yield Alone(sample, making.at_work, private)
            return
        store, deadlines = open_store(Places.in_home(settings.home, settings.database)), load_deadlines()
        stack.callback(store.close)
        store.cases.tell(Follow(deadlines))
        engine = journey_engine(settings, store, making)
        stack.enter_context(dispatcher(engine, deadlines))
        yield WayRound(sample, making.at_work, private, store, engine)


def main(way: str, home: str, database: str, count: int, threads: int, seal: str) -> None:
    """Measure `count` cases."""
    read = read_settings({"HJEMMETILSYN_HOME": home, **({"HJEMMETILSYN_DATABASE": database} if database else {})})
    with _way(way, replace(read, seal=seal_settings(seal), workers=threads)) as found:
        crew = Crew(found, threads)
        crew.go(crew.begin(threads))
        cases = crew.begin(count)
        print("klar", flush=True)
        sys.stdin.readline()
        before = tree_cpu()
        crew.go(cases)
        print(tree_cpu() - before, flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
