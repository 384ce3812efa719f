"""The program that is killed: a small web server around the store. Imports once, then has a child for each life."""

import io
import json
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pipeline.cases.record.parts import Slot
from pipeline.errors import StoreUnavailable
from pipeline.store.drafts import DraftOf
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import Answer, SaveAnswers, Writer

_PHOTO = NewDocument("foto", "opdigtet", "x.jpg", "image/jpeg")


class _Handler(BaseHTTPRequestHandler):
    """Answers a request when what it asks for is committed, never before."""

    protocol_version = "HTTP/1.1"

    def __init__(self, store: Store, *arguments: Any) -> None:
        self._store = store
        self._save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: "a")
        super().__init__(*arguments)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, said = 200, getattr(self, f"_{self.path[1:]}")(**asked)
        except StoreUnavailable:  # the database server was crashed
            status, said = 503, None
        done = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(done)))
        self.end_headers()
        self.wfile.write(done)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answers(self, case: str, person: str, words: str, based_on: dict[str, int]) -> Any:
        answers = [Answer(slot, seen, {"text": words}) for slot, seen in based_on.items()]
        saved = self._save.save(case, "besoeg", "a", answers, Writer(person, person))
        visit = saved.case.visits["besoeg"]
        return {slot: visit.revision_of(Slot(slot, person)) for slot in saved.written}

    def _draft(self, case: str, person: str, revision: int, words: str) -> Any:
        return self._store.drafts.keep(DraftOf(case, "besoeg", "b", person), revision, {"b1": words})

    def _file(self, case: str, person: str, title: str, content: str) -> Any:
        return self._store.files.keep(case, io.BytesIO(content.encode()), replace(_PHOTO, title=title), person)

    def _read(self, case: str, person: str, outcome: str) -> Any:
        self._store.audit.record(person, "case.read", case, outcome)
        return self._store.cases.case(case).revision


def serve(told: dict[str, str]) -> None:
    """Open the store and answer until killed."""
    store = open_store(Places.in_home(Path(told["home"]), told["database"]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, store))
    print(os.getpid(), server.server_port, flush=True)
    server.serve_forever()


def main() -> None:
    """Make a child for each line that comes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            serve(json.loads(line))


main()
