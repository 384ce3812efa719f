"""Operation: case numbers, states, deadlines, and how the installation is; nobody's name or number."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from pipeline.cases.record.codec import instant_from_text
from pipeline.danish import danish_date, danish_day, danish_moment
from pipeline.store.case_lists import ListedCase
from pipeline.store.clear_columns import CLOSED, OPEN
from webforms.design.words import Speaker
from webforms.identity.marked import needs
from webforms.operator.health import signs
from webforms.services import Services

_PER_PAGE = 50


@dataclass(frozen=True)
class CaseLine:
    """A case as whoever keeps the system running sees it."""

    number: str
    team: str
    state: str
    due: str
    is_late: bool
    opened: str


class OperationPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/drift", "operation", self._operation, methods=["GET"])

    @needs("operation.read")
    def _operation(self) -> str:
        store, say = self._services.store, self._services.say()
        wanted = request.args.get("side", "")
        page = int(wanted) if wanted.isascii() and wanted.isdecimal() and 0 < len(wanted) < 6 else 1
        listed = store.lists.listing(page=max(page, 1), per_page=_PER_PAGE)
        return render_template(
            "operator/operation.html",
            lines=[self._line(case, say) for case in listed.cases],
            total=listed.total,
            open_cases=store.lists.listing(states=(OPEN,), per_page=1).total,
            closed_cases=store.lists.listing(states=(CLOSED,), per_page=1).total,
            page=max(page, 1),
            pages=max(1, -(-listed.total // _PER_PAGE)),
            address=lambda number: url_for("operator.operation", side=number),
            signs=signs(store, self._services.clock(), say),
            moment=danish_moment(self._services.clock()),
        )

    def _line(self, case: ListedCase, say: Speaker) -> CaseLine:
        due = case.next_deadline
        return CaseLine(
            number=case.number,
            team=case.team,
            state=say(f"operator.state.{case.state}"),
            due=danish_date(due) if due else "",
            is_late=bool(due and due < self._services.today()),
            opened=danish_day(instant_from_text(case.opened_at)),
        )
