"""The room's addresses."""

from flask import Blueprint

from webforms.caseworkers.ways import around_case
from webforms.notice.calendar_page import CalendarPage
from webforms.notice.mail_pages import MailPages
from webforms.notice.told_page import ToldPage
from webforms.services import Services


class NoticePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rooms = (ToldPage(services), CalendarPage(services), MailPages(services))

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("notice", __name__, template_folder="templates")
        for room in self._rooms:
            room.add_to(pages)
        pages.context_processor(around_case(self._services))
        return pages
