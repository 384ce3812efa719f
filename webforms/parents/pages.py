"""The family's room: all its addresses."""

from flask import Blueprint

from webforms.parents.agenda_pages import AgendaPages
from webforms.parents.agreement_pages import AgreementPages
from webforms.parents.consent_pages import ConsentPages
from webforms.parents.diary_pages import DiaryPages
from webforms.parents.fridge_page import FridgePage
from webforms.parents.hand_in_pages import HandInPages
from webforms.parents.start_page import StartPage
from webforms.services import Services


class ParentsPages:
    """The pages of parents, helpers, the child with help, and those who speak for somebody.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._rooms = (
            StartPage(services),
            HandInPages(services),
            AgendaPages(services),
            ConsentPages(services),
            AgreementPages(services),
            FridgePage(services),
            DiaryPages(services),
        )

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("parents", __name__, template_folder="templates")
        for room in self._rooms:
            room.add_to(pages)
        return pages
