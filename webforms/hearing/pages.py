"""The room's addresses: those of the people who are heard, and those of the municipality."""

from flask import Blueprint

from webforms.caseworkers.at_case import at_case
from webforms.caseworkers.deeds import add_deed
from webforms.caseworkers.ways import trail, ways
from webforms.hearing.confirm_pages import ConfirmPages
from webforms.hearing.deeds import DEEDS
from webforms.hearing.follow_pages import FollowPages
from webforms.hearing.open_pages import OpenPages
from webforms.hearing.paper_pages import PaperPages
from webforms.hearing.party_pages import PartyPages
from webforms.hearing.wishes import WishPages
from webforms.identity.current import case_in_view_or_none
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
        pages.context_processor(self._around)
        return pages

    def _around(self) -> dict[str, object]:
        """What stands above the municipality's pages of a case."""
        if case_in_view_or_none() is None:
            return {}
        at = at_case(self._services, {})
        return {"ways": ways(at), "trail_to": lambda here: trail(at, here)}
