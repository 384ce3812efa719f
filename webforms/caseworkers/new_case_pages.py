"""A new case: number, team, the child and the parents, written in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.events import AccessDecided, CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.errors import AnswersError, StoreUnavailable
from pipeline.store.clock import new_id
from pipeline.store.refusals import CaseNumberTaken
from webforms.caseworkers.cpr_doubts import CHECKED, doubt_about
from webforms.caseworkers.deeds import Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm, Typed
from webforms.caseworkers.staff_deeds import person_of, teams
from webforms.design.page import Option
from webforms.design.words import Speaker
from webforms.identity.current import visitor
from webforms.identity.marked import needs
from webforms.services import Services

_WORDS = "caseworkers.new_case"
_SEE_OTHER, _REFUSED, _UNAVAILABLE = 303, 422, 503
_PARENTS = (1, 2)
_TRAINS, _TOGETHER = "traener", "sammen"


@dataclass(frozen=True)
class _Parent:
    person: CasePerson
    trains: bool
    is_holder: bool


class NewCasePages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager/ny", "new_case", self._show, methods=["GET"])
        pages.add_url_rule("/sager/ny", "open_case", self._open, methods=["POST"])

    @needs("case.open")
    def _show(self) -> str:
        return self._page(self._form())

    @needs("case.open")
    def _open(self) -> AnyResponse:
        form, say = self._form(request.form), self._services.say()
        form.validate()
        doubts = self._check(form, say)
        if form.problems:
            return make_response(self._page(form, doubts), _REFUSED)
        opening = CaseOpened(
            number=form.text("number"),
            team=form.text("team"),
            municipality=self._services.identity.settings.municipality,
            unit=form.text("unit") or form.text("team"),
            fictional=self._services.identity.settings.demo,
        )
        try:
            case_id = self._services.store.cases.open_case(opening, visitor().employee, self._events(form))
        except CaseNumberTaken:
            form.refuse("number", f"{_WORDS}.number_taken")
            return make_response(self._page(form), _REFUSED)
        except StoreUnavailable as fault:
            remark = Remark("error", say("caseworkers.deed.not_saved"), str(fault))
            return make_response(self._page(form, (remark,)), _UNAVAILABLE)
        return redirect(url_for("caseworkers.case", case_id=case_id), _SEE_OTHER)

    def _page(self, form: SmallForm, remarks: Sequence[Remark] = ()) -> str:
        return render_template("caseworkers/new_case.html", form=form, remarks=remarks, problems=form.problems)

    def _form(self, typed: Typed | None = None) -> SmallForm:
        say = self._services.say()
        known = teams(self._services.store.employees.all())
        mine = sorted(visitor().teams)
        options = tuple(Option(team, team) for team in sorted({*known, *mine}))
        asks = [
            Ask("number", required=True, hint=True, width="m"),
            Ask("team", Look.LIST, required=True, options=options, begins=tuple(mine[:1])),
            Ask("unit", hint=True),
            Ask("child_name", required=True),
            Ask("child_cpr", Look.CPR, required=True, hint=True),
            Ask(CHECKED, Look.TICK, quiet=True),
        ]
        for number in _PARENTS:
            asks += _parent_asks(number, say)
        asks.append(Ask("home", Look.RADIOS, hint=True, options=_homes(say)))
        return SmallForm(_WORDS, asks, say, typed)

    def _check(self, form: SmallForm, say: Speaker) -> tuple[Remark, ...]:
        numbers = [form.text(name) for name in ("child_cpr", "cpr_1", "cpr_2") if form.text(name)]
        if _is_cpr(form.text("number")):
            form.refuse("number", f"{_WORDS}.number_is_cpr")
        if len(set(numbers)) < len(numbers):
            form.refuse("cpr_1", f"{_WORDS}.same_number")
        if form.text("name_2") and not form.text("home"):
            form.refuse("home", f"{_WORDS}.home_missing")
        if form.text("name_2") and not form.text("authority_2"):
            form.refuse("authority_2", f"{_WORDS}.authority_2_missing")
        if (form.text("cpr_2") or form.text("phone_2")) and not form.text("name_2"):
            form.refuse("name_2", f"{_WORDS}.name_2_missing")
        if not any(form.text(f"authority_{n}") == "ja" for n in _PARENTS if form.text(f"name_{n}")):
            form.refuse("authority_1", f"{_WORDS}.nobody_holds")
        doubts = [doubt_about(self._services, say, form.text("child_cpr"), is_child=True)]
        doubts += [doubt_about(self._services, say, form.text(f"cpr_{n}"), is_child=False) for n in _PARENTS]
        found = " ".join(dict.fromkeys(doubt for doubt in doubts if doubt))
        if found and not form.ticked(CHECKED):
            form.refuse(CHECKED, f"{_WORDS}.{CHECKED}_missing")
        return (Remark("warning", say("caseworkers.person.doubt"), found),) if found else ()

    def _events(self, form: SmallForm) -> tuple[Event, ...]:
        today = self._services.today()
        child = CasePerson(new_id(), form.text("child_name"), form.text("child_cpr"))
        happened: list[Event] = [
            PersonRecorded(child),
            StandingBegun(Standing(new_id(), child.id, Place.CHILD, today)),
        ]
        parents = [_parent(form, number) for number in _PARENTS if form.text(f"name_{number}")]
        shared = new_id()
        for parent in parents:
            home = shared if form.text("home") == _TOGETHER else new_id()
            happened.append(PersonRecorded(parent.person))
            places = [Place.PARENTAL_AUTHORITY] if parent.is_holder else []
            places += [Place.TRAINING_PARENT] if parent.trains or not parent.is_holder else []
            happened += [
                StandingBegun(Standing(new_id(), parent.person.id, place, today, household=home)) for place in places
            ]
        return (*happened, *self._access(form, parents), *self._caseworker())

    def _access(self, form: SmallForm, parents: Sequence[_Parent]) -> tuple[Event, ...]:
        """Access is decided for the parents whom the caseworker says to let in at once."""
        reason = self._services.say()(f"{_WORDS}.access_reason")
        return tuple(
            AccessDecided(parent.person.id, granted=True, reason=reason)
            for number, parent in zip(_PARENTS, parents, strict=False)
            if form.ticked(f"access_{number}")
        )

    def _caseworker(self) -> tuple[Event, ...]:
        """Whoever opens a case as a caseworker has it, until somebody else is put on it."""
        known = self._services.store.employees.with_id(visitor().employee)
        if known is None or Place.CASEWORKER.value not in known.employee.roles:
            return ()
        standing = Standing(new_id(), known.id, Place.CASEWORKER, self._services.today())
        return (PersonRecorded(person_of(known, None)), StandingBegun(standing))


def _is_cpr(written: str) -> bool:
    """Whether it could be a CPR number: a case number stands where one must never stand."""
    try:
        return bool(read_cpr(written))
    except AnswersError:
        return False


def _parent_asks(number: int, say: Speaker) -> list[Ask]:
    yes_no = (Option("ja", say(f"{_WORDS}.yes")), Option("nej", say(f"{_WORDS}.no")))
    return [
        Ask(f"name_{number}", required=number == 1),
        Ask(f"cpr_{number}", Look.CPR, hint=True),
        Ask(f"authority_{number}", Look.RADIOS, required=number == 1, hint=True, options=yes_no),
        Ask(f"trains_{number}", Look.TICK),
        Ask(f"phone_{number}", kind="tel", width="m"),
        Ask(f"address_{number}", Look.AREA, rows=2),
        Ask(f"protected_{number}", Look.TICK, hint=True),
        Ask(f"access_{number}", Look.TICK, hint=True),
    ]


def _homes(say: Speaker) -> tuple[Option, ...]:
    return (Option(_TOGETHER, say(f"{_WORDS}.home_together")), Option("hver", say(f"{_WORDS}.home_apart")))


def _parent(form: SmallForm, number: int) -> _Parent:
    contact = Contact(
        form.text(f"address_{number}"), form.text(f"phone_{number}"), protected=form.ticked(f"protected_{number}")
    )
    person = CasePerson(new_id(), form.text(f"name_{number}"), form.text(f"cpr_{number}"), contact=contact)
    return _Parent(person, form.ticked(f"trains_{number}"), form.text(f"authority_{number}") == "ja")
