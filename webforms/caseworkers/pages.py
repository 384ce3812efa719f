"""The caseworker's room: the whole table of its addresses."""

from flask import Blueprint

from webforms.caseworkers.agreements import END_AGREEMENT, NEW_AGREEMENT
from webforms.caseworkers.approvals import APPROVE
from webforms.caseworkers.calling_off import CALL_OFF
from webforms.caseworkers.case_pages import CasePages
from webforms.caseworkers.closing import CLOSE, REOPEN
from webforms.caseworkers.conclusion_deeds import PLACE_GOALS, SHARE, WEIGH
from webforms.caseworkers.conclusion_pages import ConclusionPages
from webforms.caseworkers.deeds import add_deed
from webforms.caseworkers.deliveries import RESEND
from webforms.caseworkers.extract_pages import ExtractPages
from webforms.caseworkers.follow_ups import REASSESSED, WHAT_FOLLOWS
from webforms.caseworkers.journal import CORRECT_NOTE, NEW_NOTE
from webforms.caseworkers.new_case_pages import NewCasePages
from webforms.caseworkers.people_pages import PeoplePages
from webforms.caseworkers.person_deeds import CHANGE_PERSON, DECIDE_ACCESS, NEW_PERSON
from webforms.caseworkers.phone_pages import PhonePages
from webforms.caseworkers.preparing_known import KnownPages
from webforms.caseworkers.preparing_pages import PreparingPages
from webforms.caseworkers.preparing_team import CHOOSE_TEAM
from webforms.caseworkers.preview_pages import PreviewPages
from webforms.caseworkers.record_pages import RecordPages
from webforms.caseworkers.staff_deeds import ASSIGN, HAND_OVER
from webforms.caseworkers.standing_deeds import CHANGE_STANDING, END_STANDING, NEW_STANDING
from webforms.caseworkers.visit_pages import VisitPages
from webforms.caseworkers.visits import LOCK, NOT_ASKED, OPEN_VISIT, VISIT_DAY
from webforms.caseworkers.ways import around_case
from webforms.caseworkers.worklist_pages import WorklistPages
from webforms.services import Services

_DEEDS = (
    NEW_PERSON,
    CHANGE_PERSON,
    DECIDE_ACCESS,
    NEW_STANDING,
    CHANGE_STANDING,
    END_STANDING,
    ASSIGN,
    HAND_OVER,
    NEW_NOTE,
    CORRECT_NOTE,
    NEW_AGREEMENT,
    END_AGREEMENT,
    APPROVE,
    OPEN_VISIT,
    VISIT_DAY,
    CALL_OFF,
    WHAT_FOLLOWS,
    REASSESSED,
    RESEND,
    NOT_ASKED,
    LOCK,
    CHOOSE_TEAM,
    WEIGH,
    PLACE_GOALS,
    SHARE,
    CLOSE,
    REOPEN,
)


class CaseworkerPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def blueprint(self) -> Blueprint:
        """Every address, with the methods it takes."""
        pages = Blueprint("caseworkers", __name__, template_folder="templates")
        for room in (
            WorklistPages,
            NewCasePages,
            CasePages,
            PeoplePages,
            RecordPages,
            ExtractPages,
            KnownPages,
            PreparingPages,
            PhonePages,
            VisitPages,
            ConclusionPages,
            PreviewPages,
        ):
            room(self._services).add_to(pages)
        for deed in _DEEDS:
            add_deed(pages, self._services, deed)
        pages.context_processor(around_case(self._services))
        return pages
