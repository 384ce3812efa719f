"""The visit as a file for the calendar of whoever is signed in."""

from flask import Blueprint, Response, abort

from exports.calendar.appointment import MEDIA_TYPE, calendar_file
from pipeline.intake.names import content_disposition
from webforms.identity.marked import needs
from webforms.notice.appointment import appointment_of
from webforms.notice.at_notice import visit_told_of
from webforms.services import Services

_FILE = "tilsynsbesoeg.ics"


class CalendarPage:
    """The address.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        address = "/sager/<case_id>/besoeg/<visit>/kalender.ics"
        pages.add_url_rule(address, "calendar", self._file, methods=["GET"])

    @needs("part.read")
    def _file(self, case_id: str, visit: str) -> Response:
        view, found = visit_told_of(visit)
        say = self._services.say()
        words = say("notice.calendar_words", address=self._services.identity.settings.address)
        appointment = appointment_of(view.case, found, say("notice.calendar_title"), words) or abort(404)
        response = Response(calendar_file(appointment), mimetype=MEDIA_TYPE)
        response.headers["Content-Disposition"] = content_disposition(_FILE)
        return response
