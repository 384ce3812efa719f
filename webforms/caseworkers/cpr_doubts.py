"""What is worth a second look about a CPR number: an unusual form, or a case that the person is in already."""

from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.people import Place
from pipeline.errors import AnswersError
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.small_form import Ask, Look
from webforms.caseworkers.visible_cases import with_cpr
from webforms.design.words import Speaker
from webforms.identity.current import visitor
from webforms.identity.decision import allowed
from webforms.services import Services

CHECKED = "cpr_checked"
"""Name of the box that says that the number was looked at a second time."""


def doubt_about(services: Services, say: Speaker, cpr: str, *, is_child: bool) -> str:
    """What is unusual about a number, in words; empty where nothing is, or where it is no number.

    That a parent is in another case is nothing unusual: siblings have cases of their own. Of a case that the visitor
    may not see only the team is told, so that the two can talk.
    """
    try:
        hint = read_cpr(cpr).hint if cpr else ""
    except AnswersError:
        return ""
    known = _known_in(services, say, cpr) if cpr and is_child else ""
    return " ".join(part for part in (hint, known) if part)


def checked_ask(at: AtCase, place: Place | None) -> tuple[Ask, ...]:
    """The box; only on forms that ask for a number."""
    asks_number = place is None or place in (
        Place.CHILD,
        Place.PARENTAL_AUTHORITY,
        Place.TRAINING_PARENT,
        Place.SIBLING,
    )
    return (Ask(CHECKED, Look.TICK, quiet=True),) if asks_number else ()


def _known_in(services: Services, say: Speaker, cpr: str) -> str:
    for case_id in with_cpr(services.store.lists, cpr):
        case = services.store.cases.case(case_id)
        if case.child is None or case.child.cpr != cpr:
            continue
        if allowed(visitor(), "case.read", case, services.today(), case_id).granted:
            return say("caseworkers.person.known_here", number=case.number)
        return say("caseworkers.person.known_elsewhere", team=case.team)
    return ""
