"""The municipality's employees: who they are, how they sign in, what they may, which teams' cases they see."""

from dataclasses import dataclass

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.danish import danish_list
from pipeline.errors import StoreUnavailable
from pipeline.store.employees import Employee, EmployeeKnown, EmployeeMovedOn, KnownEmployee
from webforms.caseworkers.small_form import Ask, Look, SmallForm, Typed
from webforms.demo_seed import ISSUER
from webforms.design.page import Option
from webforms.identity.current import visitor
from webforms.identity.marked import needs
from webforms.identity.roles import Role
from webforms.services import Services

_WORDS = "operator.employee"
_READ, _CHANGE = "employee.read", "employee.change"
_REVISION = "_revision"
_SEE_OTHER, _CONFLICT, _REFUSED, _UNAVAILABLE = 303, 409, 422, 503
_NOBODY = Employee(("", ""), "")
_EMPLOYED = tuple(role for role in Role if role.is_employed)


@dataclass(frozen=True)
class EmployeeLine:
    """An employee on the list."""

    id: str
    name: str
    title: str
    roles: str
    teams: str
    is_active: bool


class EmployeePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        one = "/medarbejdere/<employee_id>/ret"
        pages.add_url_rule("/medarbejdere", "employees", self._list, methods=["GET"])
        pages.add_url_rule("/medarbejdere/ny", "new_employee", self._new, methods=["GET"])
        pages.add_url_rule("/medarbejdere/ny", "add_employee", self._add, methods=["POST"])
        pages.add_url_rule(one, "employee", self._one, methods=["GET"])
        pages.add_url_rule(one, "change_employee", self._change, methods=["POST"])

    @needs(_READ)
    def _list(self) -> str:
        lines = [_line(known) for known in self._services.store.employees.all()]
        return render_template("operator/employees.html", lines=sorted(lines, key=lambda line: not line.is_active))

    @needs(_CHANGE)
    def _new(self) -> str:
        return self._page(self._form(None))

    @needs(_CHANGE)
    def _add(self) -> AnyResponse:
        form = self._form(None, request.form)
        if not form.validate():
            return make_response(self._page(form), _REFUSED)
        try:
            self._services.store.employees.add(self._employee(form, None), visitor().employee, _CHANGE)
        except EmployeeKnown as known:
            return make_response(self._page(form, fault=str(known)), _REFUSED)
        except StoreUnavailable as fault:
            return make_response(self._page(form, fault=str(fault)), _UNAVAILABLE)
        return redirect(url_for("operator.employees"), _SEE_OTHER)

    @needs(_READ)
    def _one(self, employee_id: str) -> str:
        known = self._known(employee_id)
        return self._page(self._form(known), known)

    @needs(_CHANGE)
    def _change(self, employee_id: str) -> AnyResponse:
        known = self._known(employee_id)
        form = self._form(known, request.form)
        if form.validate():
            self._keep_a_way_in(form, known)
        if form.problems:
            return make_response(self._page(form, known), _REFUSED)
        try:
            if request.form.get(_REVISION) != str(known.revision):
                raise EmployeeMovedOn
            self._services.store.employees.change(known, self._employee(form, known), visitor().employee, _CHANGE)
        except (EmployeeMovedOn, EmployeeKnown) as refused:
            return make_response(self._page(form, known, str(refused)), _CONFLICT)
        except StoreUnavailable as fault:
            return make_response(self._page(form, known, str(fault)), _UNAVAILABLE)
        if not form.ticked("active"):
            self._services.identity.sessions.end_all(f"employee:{known.id}")
        return redirect(url_for("operator.employees"), _SEE_OTHER)

    def _known(self, employee_id: str) -> KnownEmployee:
        return self._services.store.employees.with_id(employee_id) or abort(404)

    def _keep_a_way_in(self, form: SmallForm, known: KnownEmployee) -> None:
        """An administrator who shuts themselves out leaves an installation that nobody can change."""
        if known.id != visitor().employee:
            return
        if not form.ticked("active"):
            form.refuse("active", f"{_WORDS}.not_yourself")
        if Role.ADMINISTRATOR.value not in form.chosen("roles"):
            form.refuse("roles", f"{_WORDS}.not_yourself")

    def _form(self, known: KnownEmployee | None, typed: Typed | None = None) -> SmallForm:
        now = known.employee if known else _NOBODY
        options = tuple(Option(role.value, role.in_danish.capitalize()) for role in _EMPLOYED)
        asks = [
            Ask("name", required=True, begins=_begins(now.name)),
            Ask("title", hint=True, begins=_begins(now.title)),
            Ask("login", required=True, hint=True, begins=_begins(now.subject[1])),
            Ask("email", kind="email", begins=_begins(now.email)),
            Ask("phone", kind="tel", hint=True, width="m", begins=_begins(now.phone)),
            Ask("roles", Look.BOXES, required=True, hint=True, options=options, begins=now.roles),
            Ask("teams", Look.AREA, hint=True, rows=2, begins=_begins("\n".join(now.teams))),
        ]
        if known:
            asks.append(Ask("active", Look.TICK, hint=True, begins=("1",) if now.active else ()))
        return SmallForm(_WORDS, asks, self._services.say(), typed)

    def _employee(self, form: SmallForm, known: KnownEmployee | None) -> Employee:
        return Employee(
            subject=(known.employee.subject[0] if known else self._issuer(), form.text("login")),
            name=form.text("name"),
            title=form.text("title"),
            email=form.text("email"),
            phone=form.text("phone"),
            teams=form.lines("teams"),
            roles=form.chosen("roles"),
            active=form.ticked("active") if known else True,
        )

    def _issuer(self) -> str:
        """Who proves who employees are; in a demo nobody does."""
        provider = self._services.identity.settings.employees
        return provider.issuer if provider else ISSUER

    def _page(self, form: SmallForm, known: KnownEmployee | None = None, fault: str = "") -> str:
        return render_template(
            "operator/employee.html",
            form=form,
            problems=form.problems,
            fault=fault,
            known=known,
            revision_name=_REVISION,
        )


def _begins(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _line(known: KnownEmployee) -> EmployeeLine:
    employee = known.employee
    return EmployeeLine(
        id=known.id,
        name=employee.name,
        title=employee.title,
        roles=danish_list([role.in_danish for role in _EMPLOYED if role.value in employee.roles]),
        teams=", ".join(employee.teams),
        is_active=employee.active,
    )
