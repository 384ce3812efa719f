"""The room's addresses: those of the people who sign, and those of the municipality."""

from flask import Blueprint

from webforms.caseworkers.deeds import add_deed
from webforms.caseworkers.ways import around_case
from webforms.services import Services
from webforms.signing.deeds import DEEDS
from webforms.signing.evidence_pages import EvidencePages
from webforms.signing.follow_pages import FollowPages
from webforms.signing.late_pages import LatePages
from webforms.signing.open_pages import OpenPages
from webforms.signing.paper_pages import PaperPages
from webforms.signing.party_pages import PartyPages
from webforms.signing.sealed_signatures import SealedSignatures


class SigningPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        signatures = SealedSignatures(services)
        self._rooms = (
            PartyPages(services, signatures),
            OpenPages(services),
            FollowPages(services),
            PaperPages(services, signatures),
            LatePages(services, signatures),
            EvidencePages(services),
        )

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("signing", __name__, template_folder="templates")
        for room in self._rooms:
            room.add_to(pages)
        for deed in DEEDS:
            add_deed(pages, self._services, deed)
        pages.context_processor(around_case(self._services))
        return pages
