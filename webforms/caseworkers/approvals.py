"""The approval that supervision is measured against: shown, and decided anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cases.record.events import ApprovalDecided, Event
from pipeline.danish import danish_date
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Line, Option
from webforms.inputs.danish_day import written_day

_WORDS = "caseworkers.approve"


@dataclass(frozen=True)
class ApprovalLines:
    """One approval as a page shows it."""

    decided_on: str
    lines: tuple[Line, ...]


def approval_lines(at: AtCase) -> tuple[ApprovalLines, ...]:
    """The approvals, the one in force first."""
    newest_first = sorted(at.case.approvals, key=lambda approval: approval.decided_on, reverse=True)
    return tuple(ApprovalLines(danish_date(a.decided_on), _lines(a, at)) for a in newest_first)


def _lines(a: ApprovalDecided, at: AtCase) -> tuple[Line, ...]:
    health = at.say(f"{_WORDS}.health_{'yes' if a.health_elements else 'no'}")
    health = f"{health}\n{a.health_reason}".strip()
    said = {
        "extent": a.extent,
        "methods": "\n".join(a.methods),
        "goals": "\n".join(a.goals),
        "frame": a.supervision_frame,
        "health": health,
    }
    return tuple(Line(at.say(f"{_WORDS}.{name}"), value) for name, value in said.items())


def _form(at: AtCase) -> SmallForm:
    now = at.case.approval_on(at.today)
    yes_no = (Option("ja", at.say(f"{_WORDS}.health_yes")), Option("nej", at.say(f"{_WORDS}.health_no")))
    asks = (
        Ask("decided_on", Look.DAY, required=True, hint=True, begins=(written_day(at.today),)),
        Ask("extent", Look.AREA, required=True, hint=True, begins=(now.extent,) if now else ()),
        Ask("methods", Look.AREA, required=True, hint=True, begins=("\n".join(now.methods),) if now else ()),
        Ask("goals", Look.AREA, hint=True, begins=("\n".join(now.goals),) if now else ()),
        Ask("frame", Look.AREA, required=True, hint=True, begins=(now.supervision_frame,) if now else ()),
        Ask("health", Look.RADIOS, required=True, hint=True, options=yes_no, begins=_health(now)),
        Ask("health_reason", Look.AREA, hint=True, rows=2, begins=(now.health_reason,) if now else ()),
    )
    return SmallForm(_WORDS, asks, at.say)


def _health(now: ApprovalDecided | None) -> tuple[str, ...]:
    return () if now is None else ("ja",) if now.health_elements else ("nej",)


def _events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    day = form.day("decided_on") or at.today
    has_health = form.text("health") == "ja"
    if day > at.today:
        form.refuse("decided_on", f"{_WORDS}.in_the_future")
    if has_health and not form.text("health_reason"):
        form.refuse("health_reason", f"{_WORDS}.health_reason_missing")
    return (
        ApprovalDecided(
            decided_on=day,
            extent=form.text("extent"),
            methods=form.lines("methods"),
            goals=form.lines("goals"),
            supervision_frame=form.text("frame"),
            health_elements=has_health,
            health_reason=form.text("health_reason"),
        ),
    )


APPROVE = Deed(
    name="approve",
    path="/godkendelse/ny",
    action="approval.decide",
    form=_form,
    events=_events,
    onwards=lambda at: at.url("case"),
    reads="people.read",
    record=lambda at: list(at.case.approvals),
)
