"""The room of the form on paper: all its addresses."""

from flask import Blueprint

from webforms.paper.fetch_pages import FetchPages
from webforms.paper.home_pages import HomePages
from webforms.services import Services


class PaperPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._rooms = (FetchPages(services), HomePages(services))

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("paper", __name__, template_folder="templates")
        for room in self._rooms:
            room.add_to(pages)
        return pages
