"""What has happened in a case lately, in words: the newest first, a run of answers by one person as one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cases.hearing import events as hearing
from pipeline.cases.journey import events as journey
from pipeline.cases.notice import events as notice
from pipeline.cases.record import events as ev
from pipeline.cases.record import family_events as family
from pipeline.cases.record import journal_events as journal
from pipeline.cases.record import visit_events as visits
from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import place_in_words
from pipeline.cases.signing import events as signing
from pipeline.danish import danish_date, danish_moment
from webforms.design.words import Speaker

UNTOLD = (
    # They belong to another event and tell nothing by themselves.
    visits.GoalPlaced,
    visits.GoalMoved,
    ev.EarlierVisitRecorded,
    # The diary is the family's own until they share something; that they write in it is theirs too.
    family.DiaryWritten,
    family.DiaryFileKept,
    family.DiaryRemoved,
    visits.AgendaPointRemoved,
    # A remark is part of the answer that is confirmed with it.
    hearing.RemarkMade,
    # That it was sent is told.
    notice.NudgeToSend,
    # What comes of it is told: the document that is kept.
    journey.DocumentOrdered,
)
"""Events that the list leaves out."""


@dataclass(frozen=True)
class Happening:
    """One line of what has happened."""

    when: str
    who: str
    what: str


def latest(case: Case, happened: Sequence[Stamped], say: Speaker, most: int) -> tuple[Happening, ...]:
    """The newest lines, at most so many."""
    found: list[Happening] = []
    before: tuple[object, ...] = ()
    for one in reversed(happened):
        if isinstance(one.event, UNTOLD):
            continue
        alike = _alike(one)
        if alike is not None and alike == before:
            continue
        before = alike or ()
        found.append(Happening(danish_moment(one.at), name_of(case, one.by), "".join(_words(case, one.event, say))))
        if len(found) == most:
            break
    return tuple(found)


def _alike(one: Stamped) -> tuple[object, ...] | None:
    """Answers by one person to one visit are one line, however many fields they fill."""
    event = one.event
    if isinstance(event, visits.Written):
        return (one.by, event.visit)
    return (one.by, event.visit, "hand-in") if isinstance(event, visits.SectionHandedIn) else None


def _words(case: Case, event: ev.Event, say: Speaker) -> Iterator[str]:  # noqa: C901 - a table of kinds, one line each
    key = f"caseworkers.happened.{TOLD[type(event)]}"
    match event:
        case ev.PersonRecorded(person=person):
            yield say(key, about=person.name)
        case ev.StandingBegun(standing=standing) | ev.StandingChanged(standing=standing):
            yield say(key, about=_name(case, standing.person_id), place=place_in_words(standing.place))
        case ev.AccessDecided(person_id=person_id, granted=granted):
            yield say(f"{key}_{'open' if granted else 'closed'}", about=_name(case, person_id))
        case visits.HelpAsked(person_id=person_id):
            yield say(key, about=_name(case, person_id))
        case family.ConsentAsked(person_id=person_id) | hearing.HearingOpened(person_id=person_id):
            yield say(key, about=_name(case, person_id))
        case (
            signing.SignedBySignIn(person_id=person_id)
            | signing.SignedOnPaper(person_id=person_id)
            | signing.PaperCameLate(person_id=person_id)
            | signing.SigningDeclined(person_id=person_id)
        ):
            yield say(key, about=_name(case, person_id))
        case visits.VisitDayChanged(visit=visit, day=day):
            said = danish_date(day) if day else say("caseworkers.happened.no_day")
            yield say(key, about=_number(case, visit), day=said)
        case visits.SectionsLocked(visit=visit, locked=locked, sections=sections):
            how = "locked" if locked else "unlocked"
            yield say(f"caseworkers.happened.{how}", about=_number(case, visit), sections=", ".join(sections))
        case visits.SectionHandedIn(visit=visit, confirmed_by=person_id) if person_id:
            yield say(f"{key}_by_phone", about=_name(case, person_id), number=_number(case, visit))
        case visits.SectionHandedIn(visit=visit) | visits.Written(visit=visit) | visits.FieldsNotAsked(visit=visit):
            yield say(key, about=_number(case, visit))
        case visits.FieldsSkipped(visit=visit, skipped=skipped):
            yield say(key if skipped else "caseworkers.happened.taken_up", about=_number(case, visit))
        case visits.TeamChosen(visit=visit):
            yield say(key, about=_number(case, visit))
        case (
            visits.GoalRemoved(visit=visit)
            | visits.FinalGoalsPlaced(visit=visit)
            | visits.AfterVisitShared(visit=visit)
        ):
            yield say(key, about=_number(case, visit))
        case visits.ContributionWeighed(visit=visit, included=included):
            yield say(f"{key}_{'in' if included else 'out'}", about=_number(case, visit))
        case (
            journey.VisitCalledOff(visit=visit)
            | journey.VisitNotHeld(visit=visit)
            | journey.OutcomeDecided(visit=visit)
            | journey.ReassessmentDone(visit=visit)
            | journey.VisitArchived(visit=visit)
        ):
            yield say(key, about=_number(case, visit))
        case notice.VisitArranged(visit=visit) | notice.NoticeGiven(visit=visit):
            yield say(key, about=_number(case, visit))
        case visits.VisitOpened(number=number):
            yield say(key, about=str(number))
        case journal.DocumentKept(title=title):
            yield say(key, about=title)
        case journal.DocumentSent(file=file) | journey.DocumentToSend(file=file):
            yield say(key, about=case.documents[file].document.title if file in case.documents else "")
        case ev.CaseHandedOver(team=team):
            yield say(key, about=team)
        case journal.Agreed(what=what):
            yield say(key, about=what)
        case ev.ApprovalDecided(decided_on=day):
            yield say(key, about=danish_date(day))
        case journey.DeliveryWithdrawn(delivery=delivery):
            order = case.travelled.to_send.get(delivery)
            kept = case.documents.get(order.file) if order else None
            yield say(key, about=kept.document.title if kept else "")
        case _:
            yield say(key)


TOLD: dict[type[object], str] = {
    ev.CaseOpened: "opened",
    ev.CaseHandedOver: "handed_over",
    ev.CaseClosed: "closed",
    ev.CaseReopened: "reopened",
    ev.PersonRecorded: "person",
    ev.StandingBegun: "standing_begun",
    ev.StandingChanged: "standing_changed",
    ev.AccessDecided: "access",
    ev.ApprovalDecided: "approval",
    visits.VisitOpened: "visit",
    visits.VisitDayChanged: "visit_day",
    visits.Written: "written",
    visits.GoalRemoved: "goal_removed",
    visits.FieldsNotAsked: "not_asked",
    visits.FieldsSkipped: "skipped",
    visits.TeamChosen: "team",
    visits.HelpAsked: "help_asked",
    visits.SectionHandedIn: "handed_in",
    visits.SectionsLocked: "locked",
    journal.JournalNoted: "noted",
    journal.Agreed: "agreed",
    journal.AgreementEnded: "agreement_ended",
    journal.DocumentKept: "kept",
    journal.DocumentSent: "sent",
    family.DiaryShared: "diary_shared",
    visits.AgendaPointAdded: "agenda_point",
    visits.ContributionWeighed: "weighed",
    visits.FinalGoalsPlaced: "goals_placed",
    visits.AfterVisitShared: "after_visit",
    family.ConsentAsked: "consent_asked",
    family.ConsentAnswered: "consent_answered",
    hearing.HearingOpened: "hearing_opened",
    hearing.HearingWithdrawn: "hearing_withdrawn",
    hearing.ChildNotHeard: "child_not_heard",
    hearing.AnswerConfirmed: "hearing_answered",
    hearing.AnswerOnPaperRegistered: "hearing_on_paper",
    hearing.SilenceRecorded: "hearing_silent",
    hearing.MoreTimeAsked: "more_time_asked",
    hearing.MoreTimeGiven: "more_time_given",
    hearing.MoreTimeRefused: "more_time_refused",
    hearing.TalkAsked: "talk_asked",
    hearing.TalkHeld: "talk_held",
    hearing.RemarkWeighed: "remark_weighed",
    hearing.RemarksWeighed: "remarks_weighed",
    hearing.FinalReportMade: "final_report",
    journey.VisitCalledOff: "visit_called_off",
    journey.VisitNotHeld: "visit_not_held",
    journey.DeliveryWithdrawn: "delivery_withdrawn",
    journey.ReassessmentDone: "reassessed",
    journey.DocumentToSend: "to_send",
    journey.ReminderGiven: "reminded",
    journey.OutcomeDecided: "outcome",
    journey.VisitArchived: "archived",
    journey.SteppedIn: "stepped_in",
    signing.SigningOpened: "signing_opened",
    signing.SignedBySignIn: "signed",
    signing.SignedOnPaper: "signed_on_paper",
    signing.PaperCameLate: "signed_late",
    signing.SigningDeclined: "signing_declined",
    signing.SigningWithdrawn: "signing_withdrawn",
    signing.SigningExpired: "signing_expired",
    notice.VisitArranged: "visit_arranged",
    notice.NoticeGiven: "notice_given",
    notice.MailWished: "mail_wished",
    notice.SmsWished: "sms_wished",
    notice.NudgeSent: "nudged",
}


def _name(case: Case, person_id: str) -> str:
    person = case.people.get(person_id)
    return person.name if person else ""


def _number(case: Case, visit_id: str) -> str:
    visit = case.visits.get(visit_id)
    return str(visit.number) if visit else ""
