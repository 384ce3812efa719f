"""The program that is killed: the engine with its dispatcher, and a small web server for people's clicks."""

import io
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.append(str(Path(__file__).parents[1]))  # behind our packages, whose names its folders bear
sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline" / "store"))
sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline" / "journey"))

from fictional_case import CASEWORKER, FATHER, MOTHER, PEOPLE, VISIT, opening
from travelling import MORE_PEOPLE, NO_MACHINES

from exports.post.contract import Letter
from exports.post.letter_folder import LetterFolder
from exports.targets.folder.archive_folder import ArchiveFolder
from pipeline.cases.hearing.answer_document import ANSWER, slot_of
from pipeline.cases.hearing.events import AnswerConfirmed, FinalReportMade, HearingOpened, RemarksWeighed
from pipeline.cases.journey.events import DocumentOrdered, DocumentToSend, OutcomeDecided
from pipeline.deadlines.rules import load_deadlines
from pipeline.errors import StoreUnavailable
from pipeline.journey.dispatch.embedded import Embedded
from pipeline.journey.dispatch.procrastinate import Distributed
from pipeline.journey.engine.engine import Engine
from pipeline.journey.engine.pace import Pace
from pipeline.journey.engine.step import Done, Step, Work
from pipeline.journey.flow import AFTER_DEADLINE
from pipeline.journey.follow import Follow
from pipeline.journey.steps.all_steps import all_steps
from pipeline.journey.steps.documents.make import make_document_by
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.law.kle import kle_on
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseNumberTaken
from pipeline.tool.load import EDITIONS

PACE = Pace(lease=timedelta(seconds=2), first_wait=timedelta(seconds=0.2), longest_wait=timedelta(seconds=1))
HEARD_FOR = timedelta(seconds=2)
_REPORT = NewDocument("endelig_rapport", "Opdigtet rapport", "r.pdf", "application/pdf", VISIT)
_STEP_SECONDS = 0.02


class FailsAtFirst:
    """Letters whose key says so are refused the first time: a third of them."""

    def __init__(self, letters: LetterFolder, refused: Path) -> None:
        self._letters, self._refused = letters, refused
        refused.mkdir(parents=True, exist_ok=True)

    def send(self, key: str, letter: Letter) -> None:
        """See `Channel`."""
        mark = self._refused / key
        if sum(key.encode()) % 3 == 0 and not mark.exists():
            mark.touch()
            raise OSError("refused at first, as a third of them is")
        self._letters.send(key, letter)


def _slowly(step: Step) -> Step:
    """Kills shall find steps in the middle: before and after what they do outside the database."""

    def slow(work: Work) -> Done:
        time.sleep(_STEP_SECONDS)
        done = step(work)
        time.sleep(_STEP_SECONDS)
        return done

    return slow


class _Clicks(BaseHTTPRequestHandler):
    """Answers a click when what it asks for is committed; the same click twice does nothing more."""

    protocol_version = "HTTP/1.1"

    def __init__(self, store: Store, *arguments: Any) -> None:
        self._store = store
        super().__init__(*arguments)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, said = 200, getattr(self, f"_{self.path[1:]}")(**asked)
        except StoreUnavailable:
            status, said = 503, False
        done = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(done)))
        self.end_headers()
        self.wfile.write(done)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _begin(self, number: str) -> bool:
        """A case whose report both parents are heard over; they have had their time but for two seconds."""
        deadline = datetime.now(UTC) - AFTER_DEADLINE + HEARD_FOR
        hearings = [HearingOpened(f"h-{who}", VISIT, who, deadline, "r", "0" * 64, 1) for who in (MOTHER, FATHER)]
        try:
            self._store.cases.open_case(opening(number), CASEWORKER, (*PEOPLE, *MORE_PEOPLE, *hearings))
        except CaseNumberTaken:
            return True
        return True

    def _answer(self, number: str, who: str) -> bool:
        with self._store.cases.change(self._case(number), who, "test") as change:
            hearing = change.case.hearings.by_id[f"h-{who}"]
            if not hearing.answers:
                received = hearing.deadline - timedelta(seconds=1)
                change.add([AnswerConfirmed(hearing.id, f"s-{who}", received, "demo", "", received)], who)
        return True

    def _finish(self, number: str) -> bool:
        """The caseworker closes the weighing and sends the final report, where everybody has been heard."""
        case_id = self._case(number)
        if self._state(case_id) != "weighing":
            return VISIT in self._store.cases.case(case_id).hearings.final
        content = io.BytesIO(b"%PDF opdigtet")
        with (
            self._store.files.making(case_id, content, _REPORT) as made,
            self._store.cases.change(case_id, CASEWORKER, "test") as change,
        ):
            if VISIT not in change.case.hearings.final:
                made.tell(change, CASEWORKER)
                sending = [DocumentToSend(f"til-{who}", VISIT, made.id, who, "letter") for who in (MOTHER, FATHER)]
                change.add([RemarksWeighed(VISIT), FinalReportMade(VISIT, made.id, "0" * 64), *sending], CASEWORKER)
        return True

    def _decide(self, number: str) -> bool:
        case_id = self._case(number)
        if self._state(case_id) == "deciding":
            with self._store.cases.change(case_id, CASEWORKER, "test") as change:
                if VISIT not in change.case.travelled.outcomes:
                    change.add([OutcomeDecided(VISIT, "no_change")], CASEWORKER)
        return VISIT in self._store.cases.case(case_id).travelled.outcomes

    def _case(self, number: str) -> str:
        listed = self._store.lists.find_number(number)
        assert listed
        return listed.id

    def _state(self, case_id: str) -> str:
        rows = self._store.journeys.of_case(case_id)
        return next(row.state for row in rows if (row.kind, row.about) == ("visit", VISIT))


def _written(work: Work, order: DocumentOrdered, making: Making) -> Made:
    """The document of an answer, without LibreOffice: what is killed here is the keeping of it."""
    kept = NewDocument(ANSWER, "Opdigtet svar", "s.pdf", "application/pdf", order.visit, slot_of(order.about))
    return Made(b"%PDF opdigtet", kept)


def engine_of(store: Store, home: Path) -> Engine:
    """The real steps, made slow, with a third of the letters refused at first."""
    letters = FailsAtFirst(LetterFolder(home / "post"), home / "afvist")
    steps = all_steps(
        {"letter": letters}, ArchiveFolder(home / "arkiv"), kle_on, EDITIONS, NO_MACHINES, deadlines=load_deadlines()
    )
    steps["make_document"] = make_document_by({ANSWER: _written}, NO_MACHINES)
    return Engine(store, {name: _slowly(step) for name, step in steps.items()}, PACE)


def serve(told: dict[str, str]) -> None:
    """Open the store, dispatch, and answer until killed."""
    home, follow = Path(told["home"]), Follow(load_deadlines())
    store = open_store(Places.in_home(home, told["database"]))
    store.cases.tell(follow)
    engine = engine_of(store, home)
    dispatcher = Embedded if store.database.is_sqlite else Distributed
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Clicks, store))
    with dispatcher(engine, follow, seconds=0.2):
        print(os.getpid(), server.server_port, flush=True)
        server.serve_forever()


def main() -> None:
    """Make a child for each line that comes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            serve(json.loads(line))


if __name__ == "__main__":
    main()
