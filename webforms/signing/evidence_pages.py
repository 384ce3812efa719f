"""The evidence of a signed agreement as a download: made when it is asked for, and not kept."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response

from pipeline.cases.record.case import Case
from pipeline.cases.signing.state import Signing
from pipeline.documents.evidence.how_to import FILE_NAME
from pipeline.documents.evidence.of_signing import evidence_of, scans_of
from pipeline.documents.evidence.write import evidence_file
from pipeline.intake.names import content_disposition
from webforms.files.who_sees_files import may_open
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.services import Services
from webforms.signing.at_signing import at_signing
from webforms.signing.follow_pages import FOLLOW
from webforms.signing.party_pages import PATH, READ

_ZIP = "application/zip"


class EvidencePages:
    """The two addresses: for who has signed, and for the municipality.

    Args:
        services: hold the documents and the seal.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(f"{PATH}/bevis", "evidence", self._own, methods=["GET"])
        path = "/sager/<case_id>/underskrifter/<signing>/bevis"
        pages.add_url_rule(path, "case_evidence", self._of_case, methods=["GET"])

    @needs(READ, pace=Pace.UPLOADING)  # each is sealed anew, which costs as much as a file that comes in
    def _own(self, case_id: str, signing: str, person: str) -> Response:
        at = at_signing(self._services, signing, person)
        return self._handed_out(at.view, at.signing)

    @needs(FOLLOW, pace=Pace.UPLOADING)
    def _of_case(self, case_id: str, signing: str) -> Response:
        view = case_in_view()
        return self._handed_out(view, view.case.signings.get(signing) or abort(404))

    def _handed_out(self, view: CaseInView, signing: Signing) -> Response:
        services = self._services
        evidence = evidence_of(view.case, signing, self._reader(view), self._scans(view, signing), services.clock())
        with services.machines.at_work() as workshop:
            response = make_response(evidence_file(evidence, workshop.sealer))
        response.mimetype = _ZIP
        response.headers["Content-Disposition"] = content_disposition(FILE_NAME)
        return response

    def _reader(self, view: CaseInView) -> Callable[[str], bytes]:
        return lambda file: b"".join(self._services.store.files.read(view.id, file))

    def _scans(self, view: CaseInView, signing: Signing) -> tuple[str, ...]:
        case: Case = view.case
        today = self._services.today()
        return tuple(file for file in scans_of(signing) if may_open(view, case.documents[file], today))
