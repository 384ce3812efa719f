"""The final report of a visit: made when the weighing is closed, once, and kept for everybody who was heard."""

import io
from collections.abc import Iterator
from threading import Lock

from flask import abort

from pipeline.cases.hearing.events import FinalReportMade
from pipeline.cases.hearing.state import Hearing
from pipeline.cases.hearing.who import may_read, to_hear
from pipeline.cases.hearing.withheld import is_for_all
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.documents.hearing_documents import FINAL, FinalOrder, final_report_of
from pipeline.documents.kinds import PDF
from pipeline.store.files import NewDocument
from webforms.caseworkers.at_case import AtCase
from webforms.hearing.answer_documents import document_of
from webforms.hearing.opening import is_child, to_send
from webforms.services import Services

_MAKE = "document.make"


class FinalReports:
    """Makes them.

    Args:
        services: the machines, and where documents are kept.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._one_at_a_time = Lock()

    def make(self, at: AtCase) -> None:
        """Make the final report of the visit that the address names, unless it is there; 404 before the weighing ends.

        Raises:
            TilsynError: it could not be made; nothing was kept.
        """
        with self._one_at_a_time:
            at = at.afresh()
            visit, hearings = at.visit().id, at.case.hearings
            if visit not in hearings.closed:
                abort(404)
            if visit not in hearings.final:
                self._make(at, [one for one in hearings.of_visit(visit) if not one.withdrawn])

    def _make(self, at: AtCase, heard: list[Hearing]) -> None:
        visit, opened = at.visit(), heard[0].opened
        happened = self._services.store.cases.happened(at.view.id)
        then = fold_all(one for one in happened if one.seq <= opened.revision)
        dated = at.case.documents[opened.report].document.dated or at.today
        order = FinalOrder(at.case, visit.id, then, dated, at.today, tuple(self._attached(at, heard)))
        with self._services.machines.at_work() as workshop:
            made = final_report_of(order, workshop, self._services.private)
        document = NewDocument(
            kind=FINAL,
            title=at.say("hearing.final_title", number=visit.number),
            original_name="endelig-rapport.pdf",
            media_type=PDF,
            visit=visit.id,
            dated=at.today,
            seen_by=_readers(at, heard),
        )
        store, by = self._services.store, at.view.actor
        plain = io.BytesIO(made.pdf)
        with (
            store.files.making(at.view.id, plain, document) as file,
            store.cases.change(at.view.id, by, _MAKE) as change,
        ):
            file.tell(change, by)
            final = FinalReportMade(visit.id, file.id, opened.sha256)
            change.add([final, *_deliveries(at, visit.id, file.id)], by)

    def _attached(self, at: AtCase, heard: list[Hearing]) -> Iterator[tuple[str, str, bytes, str]]:
        """The heard version, and the own document of every answer that all may read, byte for byte."""
        for number, report in enumerate(dict.fromkeys(one.opened.report for one in heard), start=1):
            yield f"hoert-udgave-{number}.pdf", PDF, self._read(at, report), "Den udgave, der blev sendt i høring"
        answers = [(one, answer) for one in heard for answer in one.answers if is_for_all(at.case, answer)]
        for number, (one, answer) in enumerate(answers, start=1):
            document = document_of(at.case, answer.id)
            if document:
                who = name_of(at.case, one.opened.person_id)
                yield f"hoeringssvar-{number}.pdf", PDF, self._read(at, document.file), f"Høringssvar fra {who}"

    def _read(self, at: AtCase, file: str) -> bytes:
        return b"".join(self._services.store.files.read(at.view.id, file))


def _readers(at: AtCase, heard: list[Hearing]) -> tuple[str, ...]:
    case: Case = at.case
    return tuple(sorted({who for one in heard for who in may_read(case, one.opened.person_id, at.today)}))


def _deliveries(at: AtCase, visit: str, file: str) -> Iterator[Event]:
    """To everybody who was heard, but for the child: it is heard, never served."""
    heard = {one.opened.person_id for one in at.case.hearings.of_visit(visit) if not one.withdrawn}
    for one in to_hear(at.case, at.today):
        if one.person.id in heard and not is_child(one):
            yield to_send(visit, file, one.person.id, reads_here=one.reads_here)
