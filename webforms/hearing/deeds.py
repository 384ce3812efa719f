"""What the municipality does in a hearing with a small form: weigh a remark, give time, note a talk, close."""

from collections.abc import Callable, Sequence

from flask import abort

from pipeline.cases.hearing.events import (
    HearingWithdrawn,
    MoreTimeGiven,
    MoreTimeRefused,
    RemarksWeighed,
    RemarkWeighed,
    TalkHeld,
)
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.hearing_words import answered_by
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.follow_ups import outcome_asks, outcome_events
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.hearing.at_visit import hearing_in_address, hearing_url, hearings_of, remark_in_address
from webforms.hearing.questions import title_of
from webforms.inputs.danish_day import written_day

_ROOM, _WEIGH = "hearing", "hearing.weigh"
_ONE = "/besoeg/<visit>/hoering/<hearing>"
_IN, _OUT = "med", "ikke-med"
_YES, _NO = "ja", "nej"


def _onwards(at: AtCase) -> str:
    return hearing_url(at, "follow")


def _who(at: AtCase) -> str:
    return name_of(at.case, hearing_in_address(at).opened.person_id)


def _weigh_form(at: AtCase) -> SmallForm:
    remark, hearing = remark_in_address(at), hearing_in_address(at)
    if at.visit().id in at.case.hearings.closed:
        abort(404)
    before = hearing.weighed.get(remark.remark)
    options = (
        Option(_IN, at.say("hearing.weigh.taken_in"), at.say("hearing.weigh.taken_in_hint")),
        Option(_OUT, at.say("hearing.weigh.not_taken_in"), at.say("hearing.weigh.not_taken_in_hint")),
    )
    chosen = ((_IN if before.taken_in else _OUT),) if before else ()
    reason = (before.reason,) if before else ()
    asks = (
        Ask("decision", Look.RADIOS, required=True, options=options, begins=chosen),
        Ask("reason", Look.AREA, required=True, hint=True, begins=reason),
    )
    return SmallForm("hearing.weigh", asks, at.say)


def _weigh_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    remark = remark_in_address(at)
    return (RemarkWeighed(remark.hearing, remark.remark, form.text("decision") == _IN, form.text("reason")),)


def _weigh_remarks(at: AtCase, form: SmallForm) -> Sequence[Remark]:
    remark, hearing = remark_in_address(at), hearing_in_address(at)
    answer = next(one for one in hearing.answers if remark in one.remarks)
    who = answered_by(at.case, hearing, answer)
    return (Remark("info", f"{who}: {title_of(remark.section, at.say)}", remark.text),)


def _time_form(at: AtCase) -> SmallForm:
    options = (Option(_YES, at.say("hearing.give_time.yes")), Option(_NO, at.say("hearing.give_time.no")))
    until = at.services.deadlines.hearing(max(at.today, Deadline.at(hearing_in_address(at).deadline).day)).day
    asks = (
        Ask("decision", Look.RADIOS, required=True, options=options, begins=(_YES,)),
        Ask("day", Look.DAY, hint=True, begins=(written_day(until),)),
        Ask("reason", Look.AREA, hint=True, rows=2),
    )
    return SmallForm("hearing.give_time", asks, at.say)


def _time_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    hearing, day = hearing_in_address(at), form.day("day")
    if form.text("decision") == _NO:
        if not form.text("reason"):
            form.refuse("reason", "hearing.give_time.reason_missing")
        return (MoreTimeRefused(hearing.id, form.text("reason")),)
    if day is None or Deadline(day).instant <= hearing.deadline or day < at.today:
        form.refuse("day", "hearing.give_time.day_earlier")
        return ()
    return (MoreTimeGiven(hearing.id, Deadline(day).instant, form.text("reason")),)


def _time_remarks(at: AtCase, form: SmallForm) -> Sequence[Remark]:
    hearing = hearing_in_address(at)
    now = at.say("hearing.give_time.now", day=danish_date(Deadline.at(hearing.deadline).day))
    asked = (one.reason for one in hearing.more_time if one.given is None)
    return (Remark("info", now, next(asked, at.say("hearing.give_time.not_asked"))),)


def _talk_form(at: AtCase) -> SmallForm:
    hearing_in_address(at)
    asks = (
        Ask("on", Look.DAY, required=True, begins=(written_day(at.today),)),
        Ask("text", Look.AREA, required=True, hint=True, rows=6),
    )
    return SmallForm("hearing.talk_held", asks, at.say)


def _talk_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    on = form.day("on")
    if on is None or on > at.today:
        form.refuse("on", "hearing.talk_held.on_later")
        return ()
    return (TalkHeld(hearing_in_address(at).id, on, form.text("text")),)


def _withdraw_form(at: AtCase) -> SmallForm:
    if hearing_in_address(at).withdrawn:
        abort(404)
    return SmallForm("hearing.withdraw", (Ask("reason", Look.AREA, required=True, hint=True, rows=2),), at.say)


def _withdraw_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (HearingWithdrawn(hearing_in_address(at).id, form.text("reason")),)


def _close_form(at: AtCase) -> SmallForm:
    if at.visit().id in at.case.hearings.closed or not hearings_of(at):
        abort(404)
    return SmallForm("hearing.close", (Ask("sure", Look.TICK, required=True),), at.say)


def _close_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit().id
    if not at.case.hearings.may_close(visit, at.services.clock()):
        form.refuse("sure", "hearing.close.not_yet")
        return ()
    return (RemarksWeighed(visit),)


def _outcome_form(at: AtCase) -> SmallForm:
    if at.visit().id not in at.case.hearings.final or at.visit().id in at.case.travelled.outcomes:
        abort(404)
    return SmallForm("hearing.outcome", outcome_asks(at), at.say)


def _deed(
    name: str,
    path: str,
    form: Callable[[AtCase], SmallForm],
    events: Callable[[AtCase, SmallForm], Sequence[Event]],
    remarks: Callable[[AtCase, SmallForm], Sequence[Remark]] | None = None,
    *,
    danger: bool = False,
    about: Callable[[AtCase], str] | None = _who,
) -> Deed:
    return Deed(
        name=name,
        path=path,
        action=_WEIGH,
        form=form,
        events=events,
        onwards=_onwards,
        reads="hearing.follow",
        remarks=remarks,
        about=about,
        danger=danger,
        room=_ROOM,
    )


DEEDS = (
    _deed("weigh", f"{_ONE}/bemaerkning/<remark>", _weigh_form, _weigh_events, _weigh_remarks),
    _deed("give_time", f"{_ONE}/frist", _time_form, _time_events, _time_remarks),
    _deed("talk_held", f"{_ONE}/samtalen", _talk_form, _talk_events),
    _deed("withdraw", f"{_ONE}/traek-tilbage", _withdraw_form, _withdraw_events, danger=True),
    _deed("close", "/besoeg/<visit>/hoering/luk", _close_form, _close_events, about=None),
    _deed("outcome", "/besoeg/<visit>/hoering/udfald", _outcome_form, outcome_events, about=None),
)
