"""A process that keeps a little of everything about a fictional case, and ends without closing anything."""

import io
import json
import logging
import os
import sys
from datetime import date
from pathlib import Path

from fictional_case import (
    ADDRESS,
    CASEWORKER,
    CHILD_CPR,
    CHILD_NAME,
    DIAGNOSIS,
    HOUSEHOLD,
    MOTHER,
    MOTHER_CPR,
    MOTHER_NAME,
    SECTION,
    VISIT,
    open_fictional_case,
    text,
)

from pipeline.cases.record.journal_events import Agreed, JournalNoted, NoteKind
from pipeline.store.drafts import DraftOf
from pipeline.store.employees import Employee
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import Answer, SaveAnswers, Writer

EMPLOYEE, SUBJECT = "Bodil Opdigtet Sagsbehandler", "login-a1b2c3"
FILE_NAME, DRAFT, NOTE = "astma-attest-ida.pdf", "kladde om søvnen", "moren ringede om krampeanfald"
MARKED = (
    *(CHILD_NAME, MOTHER_NAME, CHILD_CPR, MOTHER_CPR, ADDRESS, DIAGNOSIS, EMPLOYEE, SUBJECT, FILE_NAME, DRAFT, NOTE),
    *("Eksempelsen", "Påfund", "CaseOpened", "PersonRecorded", "parental_authority", "krampe", "socialrådgiver"),
)


def demo_run(store: Store) -> None:
    """A little of everything that is kept."""
    case_id = open_fictional_case(store)
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)
    writer = Writer(MOTHER, HOUSEHOLD)
    saved = save.save(case_id, VISIT, SECTION, [Answer("a1", 0, text(f"{CHILD_NAME} har {DIAGNOSIS}"))], writer)
    save.save(case_id, VISIT, SECTION, [Answer("a1", saved.case.revision, text(DIAGNOSIS))], writer)
    store.drafts.keep(DraftOf(case_id, VISIT, SECTION, MOTHER), 1, {"a1": DRAFT})
    note = JournalNoted(NoteKind.PHONE, date(2026, 11, 1), MOTHER_NAME, NOTE)
    store.cases.append(case_id, [note, Agreed("x", VISIT, "ringe", MOTHER_NAME)], CASEWORKER, "journal.write")
    document = NewDocument("bilag", DIAGNOSIS, FILE_NAME, "application/pdf", received_from=MOTHER)
    store.files.keep(case_id, io.BytesIO(f"{CHILD_NAME}: {DIAGNOSIS}".encode() * 5000), document, MOTHER)
    employee = Employee(("https://login.eksempel.invalid", SUBJECT), EMPLOYEE, "socialrådgiver")
    store.employees.add(employee, CASEWORKER)
    store.lists.search_by_cpr(CHILD_CPR)
    store.lists.search_by_name([CHILD_NAME], [case_id])
    store.audit.record(MOTHER, "case.read", case_id)
    store.reseal.run()


def main() -> None:
    logging.basicConfig(level=logging.DEBUG)
    said = json.loads(sys.argv[1])
    demo_run(open_store(Places.in_home(Path(said["home"]), said["database"])))
    # Not closed: the database's log must be searched as a killed program leaves it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
