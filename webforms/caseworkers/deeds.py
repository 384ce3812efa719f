"""One thing that somebody does to a case with a form: shown, checked, written as events, or shown again with why not.

A deed is data: its address, the right it needs, its questions, and the events that follow from the answers. What all
deeds share stands here once: what was typed stays on the page, nobody overwrites a record that somebody else changed
meanwhile, and whatever is written is written whole and only if it still may be.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.events import Event
from pipeline.errors import StoreUnavailable
from pipeline.store.refusals import CaseMovedOn, HeardNow
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.small_form import SmallForm
from webforms.design.page import Line
from webforms.identity.marked import needs
from webforms.services import Services

SEEN = "_seen"
"""Name of the hidden field that says how the record stood when the page was shown."""

_SEE_OTHER, _CONFLICT, _REFUSED = 303, 409, 422
_TRIES = 5


@dataclass(frozen=True)
class Remark:
    """What a page says above its form; kind: info, warning, error."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Deed:
    """One thing that is done to a case.

    Attributes:
        name: of the endpoint; the words stand in the catalogue at `<room>.<name>`.
        path: below `/sager/<case_id>`.
        action: the right it needs.
        form: its questions for a case.
        events: what follows from the answers; where they do not fit, refuses them in the form and gives nothing.
        onwards: where the page leads afterwards.
        reads: the right that showing the form needs, where it shows more than the person typed.
        record: what is changed as a whole, to notice that somebody else has changed it.
        remarks: what is said above the form.
        about: what the heading says in `{about}`, e.g. a name.
        danger: whether the button is a warning.
        then: what is done at once when it is written, for whoever waits for it.
        room: whose catalogue holds its words.
    """

    name: str
    path: str
    action: str
    form: Callable[[AtCase], SmallForm]
    events: Callable[[AtCase, SmallForm], Sequence[Event]]
    onwards: Callable[[AtCase], str]
    reads: str = ""
    record: Callable[[AtCase], object] | None = None
    remarks: Callable[[AtCase, SmallForm], Sequence[Remark]] | None = None
    about: Callable[[AtCase], str] | None = None
    danger: bool = False
    room: str = "caseworkers"
    then: Callable[[AtCase], None] | None = None


def add_deed(pages: Blueprint, services: Services, deed: Deed) -> None:
    """Register the two addresses of a deed: the form, and what is sent."""

    @needs(deed.reads or deed.action)
    def show(**address: str) -> str:
        at = at_case(services, address)
        at.require(deed.action)
        return _page(at, deed, deed.form(at))

    @needs(deed.action)
    def do(**address: str) -> AnyResponse:
        return _do(at_case(services, address), deed)

    path = f"/sager/<case_id>{deed.path}"
    pages.add_url_rule(path, deed.name, show, methods=["GET"])
    pages.add_url_rule(path, f"{deed.name}_do", do, methods=["POST"])


def _do(at: AtCase, deed: Deed) -> AnyResponse:
    form = deed.form(at).with_typed(request.form)
    for _ in range(_TRIES):
        if deed.record and request.form.get(SEEN, "") != _seen(at, deed):
            return make_response(_page(at, deed, form, changed=_now_stands(at, deed, form)), _CONFLICT)
        events = deed.events(at, form) if form.validate() else ()
        if form.problems:
            return make_response(_page(at, deed, form), _REFUSED)
        try:
            at.services.store.cases.append(at.view.id, events, at.view.actor, deed.action, at.case.revision)
        except CaseMovedOn:
            # Something else in the case has changed; whether this may still be done is asked anew.
            at = at.afresh()
            at.require(deed.action)
            form = deed.form(at).with_typed(request.form)
            continue
        except (HeardNow, StoreUnavailable) as fault:
            return make_response(_page(at, deed, form, fault=str(fault)), _REFUSED)
        if deed.then:
            deed.then(at.afresh())
        return redirect(deed.onwards(at.afresh()), _SEE_OTHER)
    raise CaseMovedOn


def _page(at: AtCase, deed: Deed, form: SmallForm, fault: str = "", changed: Sequence[Line] = ()) -> str:
    about = deed.about(at) if deed.about else ""
    words = f"{deed.room}.{deed.name}"
    shown: dict[str, Any] = {
        "heading": at.say(f"{words}.heading", about=about) if about else at.say(f"{words}.heading"),
        "lead": at.say(f"{words}.lead"),
        "press": at.say(f"{words}.press"),
        "remarks": deed.remarks(at, form) if deed.remarks else (),
        "seen": _seen(at, deed) if deed.record else "",
    }
    return render_template(
        "caseworkers/deed.html",
        at=at,
        form=form,
        fault=fault,
        changed=changed,
        problems=form.problems,
        back=deed.onwards(at),
        danger=deed.danger,
        **shown,
    )


def _seen(at: AtCase, deed: Deed) -> str:
    """A short digest of the record as it is now; only who is shown the record is shown its digest."""
    record = deed.record(at) if deed.record else None
    return hashlib.sha256(msgspec.json.encode(record)).hexdigest()[:32]


def _now_stands(at: AtCase, deed: Deed, form: SmallForm) -> tuple[Line, ...]:
    """What now stands where the person has typed something else."""
    typed = {shown.ask.name: shown.typed for shown in form.shown}
    stands = deed.form(at).shown
    differing = tuple(Line(one.label, one.in_words) for one in stands if typed.get(one.ask.name) != one.typed)
    return differing or tuple(Line(one.label, one.in_words) for one in stands)
