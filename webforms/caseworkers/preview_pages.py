"""The documents of a visit as they will look, at any time: marked as a draft, without the municipality's seal."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.answers import Answers
from pipeline.cases.record.to_answers import to_answers
from pipeline.documents.draft import DRAFTED, Draft, draft_documents
from pipeline.documents.kinds import PDF
from pipeline.errors import AnswersError, TilsynError
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.case_front import where
from webforms.caseworkers.conclusion_facts import conclusion_of
from webforms.caseworkers.previews import DraftOf, Previews
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.services import Services

_SECONDS = 20.0
"""So long a request waits for a draft; a warm machine takes about one."""
_NOT_FOUND, _UNAVAILABLE = 404, 503


@dataclass(frozen=True)
class PreviewLine:
    """A document of the draft on the page."""

    key: str
    address: str
    is_pdf: bool


class PreviewPages:
    """The page and the files.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._previews = Previews(self._make, services.clock)

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        path = "/sager/<case_id>/besoeg/<visit>/forhaandsvisning"
        pages.add_url_rule(path, "preview", self._preview, methods=["GET"])
        pages.add_url_rule(f"{path}/<document>", "preview_file", self._file, methods=["GET"])

    @needs("conclusion.read")
    def _preview(self, case_id: str, visit: str) -> str:
        at = at_case(self._services, {"visit": visit})
        at.visit()
        answers, problem = self._answers(at)
        if answers:
            self._previews.begin(_draft_of(at), answers)
        return self._page(at, problem)

    @needs("conclusion.read", pace=Pace.WRITING)
    def _file(self, case_id: str, visit: str, document: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"visit": visit})
        at.visit()
        kind = next((kind for kind in DRAFTED if kind.key == document), None)
        if kind is None:
            abort(_NOT_FOUND)
        answers, problem = self._answers(at)
        if answers is None:
            return self._page(at, problem), _UNAVAILABLE
        try:
            made = self._previews.wait_for(_draft_of(at), answers, _SECONDS)
        except TilsynError as failed:
            return self._page(at, str(failed)), _UNAVAILABLE
        return _handed_out(next(draft for draft in made if draft.kind == kind))

    def _answers(self, at: AtCase) -> tuple[Answers | None, str]:
        """The answers as they stand, or why there can be no document at all."""
        try:
            return to_answers(at.case, at.visit().id, at.today, root=self._services.editions), ""
        except AnswersError as lacking:
            return None, str(lacking)

    def _make(self, answers: Answers) -> tuple[Draft, ...]:
        with self._services.machines.at_work() as workshop:
            return draft_documents(answers, workshop, self._services.private)

    def _page(self, at: AtCase, problem: str) -> str:
        visit = at.visit()
        lines = (
            PreviewLine(kind.key, at.url("preview_file", visit=visit.id, document=kind.key), kind.media_type == PDF)
            for kind in DRAFTED
        )
        return render_template(
            "caseworkers/preview.html",
            at=at,
            visit=visit,
            lines=tuple(lines),
            problem=problem,
            conclusion=conclusion_of(at),
            where=where(at),
        )


def _draft_of(at: AtCase) -> DraftOf:
    return DraftOf(at.view.id, at.visit().id, at.case.revision, at.today)


def _handed_out(draft: Draft) -> Response:
    """A PDF opens in the browser; Word and Excel are kept."""
    response = make_response(draft.content)
    response.headers["Content-Type"] = draft.kind.media_type
    how = "inline" if draft.kind.media_type == PDF else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{draft.file_name}"'
    return response
