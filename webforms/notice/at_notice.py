"""The visit that an address names, for those who are told of it: the family, its representatives, the municipality."""

from flask import abort

from pipeline.cases.record.parts import Visit
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.roles import Role


def visit_told_of(visit: str) -> tuple[CaseInView, Visit]:
    """The case and the visit; 404 for helpers, whom the family tells itself when it wants them there."""
    view = case_in_view()
    if view.decision.role is Role.HELPER:
        abort(404)
    return view, view.case.visits.get(visit) or abort(404)
