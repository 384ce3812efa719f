"""The journeys: where every visit, hearing and outgoing document stands, and stepping in by hand with a reason."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.errors import StoreUnavailable
from pipeline.journey.step_in import Deed, NotPossible, Order, StepIn
from pipeline.journey.watchdog import standing_too_long
from pipeline.store.journey_facts import Journey
from webforms.caseworkers.small_form import Ask, Look, SmallForm, Typed
from webforms.design.page import Option
from webforms.identity.current import visitor
from webforms.identity.marked import needs
from webforms.operator.journey_words import journey_line, move_line, standing_in_words
from webforms.services import Services

_READ, _ACT = "operation.read", "operation.act"
_WORDS = "operator.step_in"
_PER_PAGE = 50
_SEE_OTHER, _REFUSED, _UNAVAILABLE = 303, 422, 503


class JourneyPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._step_in = StepIn(services.store)

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/drift/gang", "journeys", self._list, methods=["GET"])
        pages.add_url_rule("/drift/gang/<journey>", "journey", self._one, methods=["GET"])
        pages.add_url_rule("/drift/gang/<journey>", "journey_do", self._do, methods=["POST"])

    @needs(_READ)
    def _list(self) -> str:
        journeys, say = self._services.store.journeys, self._services.say()
        wanted = request.args.get("side", "")
        page = max(int(wanted), 1) if wanted.isascii() and wanted.isdecimal() and 0 < len(wanted) < 6 else 1
        rows, total = journeys.listing(page=page, per_page=_PER_PAGE), sum(journeys.count().values())
        numbers = journeys.case_numbers(rows)
        standing = standing_too_long(journeys, self._services.clock())
        return render_template(
            "operator/journeys.html",
            lines=[journey_line(row, numbers[row.case_id], say) for row in rows],
            standing={one.journey.id: say(f"operator.why.{one.why}") for one in standing},
            told=standing_in_words(standing, say),
            is_well=not standing,
            total=total,
            page=page,
            pages=max(1, -(-total // _PER_PAGE)),
            address=lambda number: url_for("operator.journeys", side=number),
        )

    @needs(_READ)
    def _one(self, journey: str) -> str:
        return self._page(self._known(journey), self._form())

    @needs(_ACT)
    def _do(self, journey: str) -> AnyResponse:
        row, form = self._known(journey), self._form(request.form)
        if not form.validate():
            return make_response(self._page(row, form), _REFUSED)
        order = Order(Deed(form.chosen("deed")[0]), form.text("reason"), form.day("until"))
        try:
            self._step_in.do(row.id, order, visitor().employee)
        except NotPossible as refused:
            return make_response(self._page(row, form, str(refused)), _REFUSED)
        except StoreUnavailable as fault:
            return make_response(self._page(row, form, str(fault)), _UNAVAILABLE)
        return redirect(url_for("operator.journey", journey=row.id), _SEE_OTHER)

    def _known(self, journey_id: str) -> Journey:
        return self._services.store.journeys.with_id(journey_id) or abort(404)

    def _form(self, typed: Typed | None = None) -> SmallForm:
        say = self._services.say()
        options = tuple(Option(deed.value, say(f"{_WORDS}.{deed.value}")) for deed in Deed)
        asks = (
            Ask("deed", Look.RADIOS, required=True, options=options),
            Ask("until", Look.DAY, hint=True),
            Ask("reason", Look.AREA, required=True, hint=True, rows=2),
        )
        return SmallForm(_WORDS, asks, say, typed)

    def _page(self, row: Journey, form: SmallForm, fault: str = "") -> str:
        journeys, say = self._services.store.journeys, self._services.say()
        return render_template(
            "operator/journey.html",
            line=journey_line(row, journeys.case_numbers([row])[row.case_id], say),
            moves=[move_line(row.kind, line, say) for line in journeys.log_of(row.id)],
            is_live=row.is_live,
            form=form,
            problems=form.problems,
            fault=fault,
        )
