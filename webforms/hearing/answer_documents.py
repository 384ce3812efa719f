"""An answer's own document: made by the warm machines, sealed, and kept for those who may read the answer."""

import io
import logging
from threading import Lock

from pipeline.cases.hearing.state import Answer, Hearing
from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import DocumentKept
from pipeline.documents.hearing_documents import hearing_answer
from pipeline.documents.kinds import PDF
from pipeline.errors import TilsynError
from pipeline.store.files import NewDocument
from webforms.services import Services

KIND = "hoeringssvar"
_log = logging.getLogger(__name__)


def slot_of(answer: str) -> str:
    """Where in the case the document of an answer lies."""
    return f"svar/{answer}"


def document_of(case: Case, answer: str) -> DocumentKept | None:
    """The sealed document of an answer; None while it has not been made."""
    found = (kept.document for kept in case.documents.values() if kept.document.slot == slot_of(answer))
    return next(found, None)


class AnswerDocuments:
    """Makes them.

    Args:
        services: the machines, and where documents are kept.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._one_at_a_time = Lock()

    def try_to_make(self, case_id: str, answer: str, by: str) -> None:
        """Make the document, or leave it to somebody who asks for it: the answer itself is in the case already."""
        try:
            self.make(case_id, answer, by)
        except TilsynError as fault:
            _log.warning("the document of an answer was not made (%s)", type(fault).__name__)

    def make(self, case_id: str, answer: str, by: str) -> None:
        """Make the document of an answer, unless it is there.

        Raises:
            TilsynError: it could not be made; nothing was kept.
            LookupError: the case has no such answer.
        """
        with self._one_at_a_time:
            case = self._services.store.cases.case(case_id)
            if document_of(case, answer) is None:
                self._keep(case_id, case, answer, by)

    def _keep(self, case_id: str, case: Case, answer: str, by: str) -> None:
        hearing, found = _answer(case, answer)
        with self._services.machines.at_work() as workshop:
            made = hearing_answer(case, hearing.id, answer, workshop, self._services.private)
        readers = {*may_read(case, hearing.opened.person_id, self._services.today()), found.by}
        document = NewDocument(
            kind=KIND,
            title="Høringssvar",
            original_name="hoeringssvar.pdf",
            media_type=PDF,
            visit=hearing.opened.visit,
            slot=slot_of(answer),
            dated=self._services.today(),
            seen_by=tuple(sorted(readers)),
        )
        self._services.store.files.keep(case_id, io.BytesIO(made.pdf), document, by, "hearing.answer")


def _answer(case: Case, answer: str) -> tuple[Hearing, Answer]:
    for hearing in case.hearings.by_id.values():
        for found in hearing.answers:
            if found.id == answer:
                return hearing, found
    raise LookupError("no such answer")
