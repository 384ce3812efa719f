"""The hearings that somebody may answer, as their list shows them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask import url_for

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.state import Hearing, Stand
from pipeline.cases.hearing.who import hearings_for
from pipeline.deadlines.deadline import Deadline
from webforms.design.words import Speaker
from webforms.files.who_sees_files import may_open
from webforms.identity.current import CaseInView

TONES = {Stand.OPEN: "warning", Stand.REMARKS: "success", Stand.NO_REMARKS: "success"}


_NEWS = timedelta(days=28)
"""For so long a final report is told of first; after it, it lies in its place."""


class Asked(StrEnum):
    """What somebody is asked for by the hearings that wait."""

    NOTHING = ""
    REPORT = "report"
    CHILD = "child"
    """The child itself is asked."""
    HELP = "help"
    """Nothing more of their own: a child is asked, whom they may help."""


@dataclass(frozen=True)
class OwnHearing:
    """A hearing on the list; `who` is empty where it is the visitor's own."""

    address: str
    visit: int
    who: str
    is_child: bool
    stand: Stand
    tone: str
    deadline: str
    final: str


def own_hearings(view: CaseInView, day: date, now: datetime, say: Speaker) -> tuple[OwnHearing, ...]:
    """The newest first."""
    found = hearings_for(view.case, view.actor, day)
    return tuple(_shown(view, one, now, say) for one in sorted(found, key=lambda one: one.opened_at, reverse=True))


def asked_for(view: CaseInView, day: date, now: datetime) -> Asked:
    """What a hearing waits for that this visitor can do; the report comes before helping the child."""
    waiting = [one.opened for one in hearings_for(view.case, view.actor, day) if one.stand(now) is Stand.OPEN]
    if any(opened.capacity is not Capacity.CHILD for opened in waiting):
        return Asked.REPORT
    if any(opened.person_id == view.actor for opened in waiting):
        return Asked.CHILD
    return Asked.HELP if waiting else Asked.NOTHING


@dataclass(frozen=True)
class FinalReport:
    """The newest final report that somebody may open; `is_news`: it came a short while ago."""

    address: str
    is_news: bool


def final_report_for(view: CaseInView, day: date, now: datetime) -> FinalReport | None:
    """The newest final report of a visit over whose report the visitor, or whom they speak for, was heard."""
    heard = {one.opened.visit for one in hearings_for(view.case, view.actor, day)}
    finals = (final.file for visit, final in view.case.hearings.final.items() if visit in heard)
    found = [kept for file in finals if (kept := view.case.documents.get(file)) and may_open(view, kept, day)]
    if not found:
        return None
    newest = max(found, key=lambda kept: kept.at)
    address = url_for("files.file", case_id=view.id, file_id=newest.document.file)
    return FinalReport(address, now - newest.at <= _NEWS)


def _shown(view: CaseInView, hearing: Hearing, now: datetime, say: Speaker) -> OwnHearing:
    opened, stand = hearing.opened, hearing.stand(now)
    is_own = opened.person_id == view.actor
    final = view.case.hearings.final.get(opened.visit)
    return OwnHearing(
        address=url_for("hearing.read", case_id=view.id, hearing=hearing.id),
        visit=view.case.visits[opened.visit].number,
        who="" if is_own else view.case.people[opened.person_id].name,
        is_child=opened.capacity is Capacity.CHILD,
        stand=stand,
        tone=TONES.get(stand, ""),
        deadline=say.day(Deadline.at(hearing.deadline).day),
        final=url_for("files.file", case_id=view.id, file_id=final.file) if final else "",
    )
