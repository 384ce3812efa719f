"""The room's addresses: those of the people who are heard, and those of the municipality."""

from flask import Blueprint

from webforms.caseworkers.deeds import add_deed
from webforms.caseworkers.ways import around_case
from webforms.hearing.confirm_pages import ConfirmPages
from webforms.hearing.deeds import DEEDS
from webforms.hearing.follow_pages import FollowPages
from webforms.hearing.open_pages import OpenPages
from webforms.hearing.paper_pages import PaperPages
from webforms.hearing.party_pages import PartyPages
from webforms.hearing.wishes import WishPages
from webforms.services import Services


class HearingPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rooms = (
            PartyPages(services),
            ConfirmPages(services),
            WishPages(services),
            OpenPages(services),
            FollowPages(services),
            PaperPages(services),
        )

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("hearing", __name__, template_folder="templates")
        for room in self._rooms:
            room.add_to(pages)
        for deed in DEEDS:
            add_deed(pages, self._services, deed)
        pages.context_processor(around_case(self._services))
        return pages
