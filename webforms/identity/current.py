"""Who asks, and about which case, as the guard has found it out before the view runs."""

from dataclasses import dataclass

from flask import g

from pipeline.cases.record.case import Case
from pipeline.store.employees import Employee
from webforms.identity.decision import Decision
from webforms.identity.visitor import Visitor


@dataclass(frozen=True)
class CaseInView:
    """The case that the address names.

    Attributes:
        decision: how far the visitor's right reaches here; a page shows no more than that.
        actor: the visitor's id in this case, for events and the audit log.
    """

    id: str
    case: Case
    decision: Decision
    actor: str


def visitor() -> Visitor:
    """Who is signed in.

    Raises:
        LookupError: nobody need be, on a page that is open to all; use `visitor_or_none` there.
    """
    found = visitor_or_none()
    if found is None:
        raise LookupError("nobody is signed in on this page")
    return found


def visitor_or_none() -> Visitor | None:
    """Who is signed in, if anybody."""
    found: Visitor | None = g.get("visitor")
    return found


def employee_or_none() -> Employee | None:
    """The employee who is signed in, as the store knew them when this request came."""
    found: Employee | None = g.get("employee")
    return found


def case_in_view() -> CaseInView:
    """The case that the address names.

    Raises:
        LookupError: the address names none.
    """
    found = case_in_view_or_none()
    if found is None:
        raise LookupError("this address names no case")
    return found


def case_in_view_or_none() -> CaseInView | None:
    """The case that the address names, if it names one."""
    found: CaseInView | None = g.get("case_in_view")
    return found


def decision() -> Decision:
    """How far the visitor's right reaches on this page.

    Raises:
        LookupError: the page is open to all.
    """
    found: Decision | None = g.get("decision")
    if found is None:
        raise LookupError("this address is open to all")
    return found
