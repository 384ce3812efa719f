"""The room of those who keep the system running: the whole table of its addresses."""

from flask import Blueprint

from webforms.operator.archive_pages import ArchivePages
from webforms.operator.employee_pages import EmployeePages
from webforms.operator.journey_pages import JourneyPages
from webforms.operator.operation_pages import OperationPages
from webforms.services import Services


class OperatorPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def blueprint(self) -> Blueprint:
        """Every address, with the methods it takes."""
        pages = Blueprint("operator", __name__, template_folder="templates")
        for room in (OperationPages, JourneyPages, EmployeePages, ArchivePages):
            room(self._services).add_to(pages)
        return pages
