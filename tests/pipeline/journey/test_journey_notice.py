"""The family is told of a visit once it has settled, each by a letter of their own; a mail says only: there is news."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from fictional_case import CASEWORKER, CHILD_NAME, FATHER, HOUSEHOLD, MOTHER, MOTHER_NAME, VISIT
from travelling import NO_MACHINES, VISIT_DAY, RoundTrip

from exports.mail.contract import Mail, MailRefused
from exports.sms.contract import Sms
from pipeline.cases.journey.events import DocumentOrdered, VisitCalledOff
from pipeline.cases.notice.events import MailWished, NudgeToSend, SmsWished, Tells, VisitArranged, Way
from pipeline.cases.notice.material import asked_sections, owing_parents
from pipeline.cases.notice.nudges import nudges
from pipeline.cases.notice.numbers import number_for_sms
from pipeline.cases.record.events import AccessDecided, CaseClosed, Event, PersonRecorded
from pipeline.cases.record.people import CasePerson, Contact
from pipeline.cases.record.visit_events import SectionHandedIn, TeamChosen, VisitDayChanged
from pipeline.deadlines.rules import load_deadlines
from pipeline.documents.reminder_letter import REMINDER
from pipeline.documents.visit_notice import NOTICE
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.engine.step import Done, Work
from pipeline.journey.step_in import Deed, Order, StepIn
from pipeline.journey.steps.documents.make import make_document_by
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.journey.steps.notice import give_notice_with
from pipeline.journey.steps.nudge import Postbox, Texting, nudge_by
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places
from pipeline.store.tables import journeys
from pipeline.tool.load import load_tool

MAILBOX = "mor@opdigtet.example"
SETTLED = timedelta(minutes=11)
TOMORROW = date(2026, 10, 2)


@dataclass
class Mails:
    """A way of mail that remembers, and may refuse."""

    came: list[Mail] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        """See `MailTarget`."""
        if self.refusals:
            raise self.refusals.pop()
        self.came.append(mail)


def plain_letter(work: Work, order: DocumentOrdered, making: Making) -> Made:
    return Made(b"%PDF opdigtet", NewDocument(NOTICE, "Opdigtet brev", "b.pdf", "application/pdf", order.visit))


@pytest.fixture
def mails() -> Mails:
    return Mails()


@dataclass
class Texts:
    """A way of SMS that remembers."""

    came: list[Sms] = field(default_factory=list)

    def send(self, sms: Sms) -> None:
        """See `SmsTarget`."""
        self.came.append(sms)


@pytest.fixture
def texts() -> Texts:
    return Texts()


@pytest.fixture
def trip(home: Path, mails: Mails, texts: Texts) -> Iterator[RoundTrip]:
    postbox = Postbox(mails, "https://hjemmetilsyn.example", "Eksempel Kommune")
    texting = Texting(texts, postbox.address, postbox.municipality)
    more = {
        "make_document": make_document_by({NOTICE: plain_letter, REMINDER: plain_letter}, NO_MACHINES),
        "nudge": nudge_by(postbox, texting),
    }
    with RoundTrip(Places.in_home(home), more_steps=more) as trip:
        yield trip


def settled(trip: RoundTrip) -> None:
    trip.clock.at += SETTLED
    trip.run_due()


def wants_mail(trip: RoundTrip) -> None:
    mother = CasePerson(MOTHER, MOTHER_NAME, title="mor", contact=Contact(email=MAILBOX))
    opened = AccessDecided(MOTHER, granted=True, reason="opdigtet")
    trip.happens(PersonRecorded(mother), opened, MailWished(MOTHER, wanted=True))


def letters(trip: RoundTrip) -> list[str]:
    return [order.to for order in trip.case.travelled.ordered.values() if order.kind == NOTICE]


def test_day_place_and_team_one_after_the_other_are_one_letter_to_each_party(trip: RoundTrip) -> None:
    changes: tuple[Event, ...] = (
        VisitDayChanged(VISIT, date(2026, 12, 8)),
        VisitArranged(VISIT, "09:30", 60, "Rådhuset"),
        TeamChosen(VISIT, (CASEWORKER,)),
    )
    for change in changes:
        trip.happens(change)
        trip.clock.at += timedelta(minutes=5)
        trip.run_due()
    assert letters(trip) == []
    settled(trip)
    assert sorted(letters(trip)) == sorted([MOTHER, FATHER])
    (given,) = trip.case.notices.of_visit(VISIT)
    assert (given.told.day, given.told.starts, given.told.team) == (date(2026, 12, 8), "09:30", (CASEWORKER,))
    assert trip.row("notice").state == "told"


def test_a_moved_visit_is_told_anew_and_one_that_is_called_off_too(trip: RoundTrip) -> None:
    trip.happens(VisitArranged(VISIT, "09:30"))
    settled(trip)
    trip.happens(VisitDayChanged(VISIT, date(2026, 12, 15)))
    settled(trip)
    trip.happens(VisitCalledOff(VISIT, "cancelled", "opdigtet"))
    settled(trip)
    assert [one.told.tells for one in trip.case.notices.of_visit(VISIT)] == [Tells.NEW, Tells.CHANGED, Tells.CALLED_OFF]
    assert len(letters(trip)) == 6


def test_a_change_while_the_notice_is_given_takes_it_back(home: Path) -> None:
    """The step is overtaken between its reading and its commit; what is told is the newer one, and only that."""
    newer = [VisitDayChanged(VISIT, date(2026, 12, 15))]

    def overtaken(work: Work) -> Done:
        done = give_notice_with(load_deadlines())(work)
        while newer:
            trip.happens(newer.pop())
        return done

    with RoundTrip(Places.in_home(home), more_steps={"give_notice": overtaken}) as trip:
        trip.happens(VisitArranged(VISIT, "09:30"))
        settled(trip)
        assert (newer, trip.case.notices.given) == ([], ())
        settled(trip)
        assert [one.told.day for one in trip.case.notices.given] == [date(2026, 12, 15)]


def test_a_day_that_was_written_down_afterwards_tells_nobody(trip: RoundTrip) -> None:
    trip.happens(VisitDayChanged(VISIT, date(2026, 9, 1)))
    assert "notice" not in {row.kind for row in trip.store.journeys.of_case(trip.case_id)}


def test_a_closed_case_tells_nothing_more(trip: RoundTrip) -> None:
    trip.happens(VisitArranged(VISIT, "09:30"), CaseClosed("flyttet", "opdigtet"))
    settled(trip)
    assert trip.case.notices.given == ()


def nudge_mother(trip: RoundTrip, about: str = "proeve-1") -> tuple[NudgeToSend, ...]:
    asked = nudges(trip.case, [MOTHER, FATHER], about, TOMORROW)
    trip.happens(*asked)
    return asked


def test_nobody_is_written_to_who_has_not_said_yes(trip: RoundTrip, mails: Mails) -> None:
    assert nudge_mother(trip) == ()
    wants_mail(trip)
    assert [one.to for one in nudge_mother(trip)] == [MOTHER]
    trip.run_due()
    assert [mail.to for mail in mails.came] == [MAILBOX]


def test_who_cannot_get_in_gets_a_letter_and_no_mail(trip: RoundTrip) -> None:
    wants_mail(trip)
    trip.happens(AccessDecided(MOTHER, granted=False, reason="opdigtet"))
    assert nudge_mother(trip) == ()


def test_a_mail_says_nothing_of_whom_or_what(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    nudge_mother(trip)
    trip.run_due()
    (mail,) = mails.came
    said = f"{mail.subject}\n{mail.text}".lower()
    case = trip.case
    secret = {word for person in case.people.values() for word in (*person.name.split(), person.cpr, person.id) if word}
    secret |= {CHILD_NAME, case.number, trip.case_id, VISIT, case.unit, "hjemmetræn", "besøg", "høring", "rapport"}
    assert [word for word in secret if word.lower() in said] == []
    assert "https://hjemmetilsyn.example" in mail.text
    assert "?" not in mail.text
    assert "/sager" not in mail.text


def test_the_same_news_is_one_mail_however_often_it_is_asked_for(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    assert nudge_mother(trip)
    assert nudge_mother(trip) == ()
    trip.run_due()
    assert len(mails.came) == 1
    assert set(trip.case.notices.nudged) == {f"proeve-1-{MOTHER}"}


def test_a_mail_that_fails_is_tried_again_as_the_same_and_stops_nothing(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    mails.refusals = [OSError("opdigtet"), MailRefused(permanent=False)]
    nudge_mother(trip)
    trip.run_due()
    assert trip.case.notices.nudged == {}
    row = trip.row("nudge", f"proeve-1-{MOTHER}")
    assert (row.state, row.last_error) == ("queued", "StepFailed")
    trip.happens(VisitArranged(VISIT, "09:30"))
    trip.clock.at += timedelta(hours=2)
    trip.run_due()
    trip.clock.at += timedelta(hours=2)
    trip.run_due()
    assert trip.case.notices.given
    assert len(mails.came) == 1
    assert trip.row("nudge", f"proeve-1-{MOTHER}").state == "sent"


def test_a_mailbox_that_does_not_exist_is_left_to_the_operator(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    mails.refusals = [MailRefused(permanent=True)]
    nudge_mother(trip)
    trip.run_due()
    row = trip.row("nudge", f"proeve-1-{MOTHER}")
    assert row.dead_at is not None
    assert trip.case.notices.nudged == {}


def test_who_says_no_before_the_mail_goes_gets_none(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    nudge_mother(trip)
    trip.happens(MailWished(MOTHER, wanted=False))
    trip.run_due()
    assert mails.came == []
    assert trip.row("nudge", f"proeve-1-{MOTHER}").state == "unsent"


def test_who_wants_both_gets_a_mail_and_an_sms_and_the_sms_says_only_that_there_is_news(
    trip: RoundTrip, mails: Mails, texts: Texts
) -> None:
    mother = CasePerson(MOTHER, MOTHER_NAME, title="mor", contact=Contact(email=MAILBOX, phone="20 00 00 61"))
    wishes = [MailWished(MOTHER, wanted=True), SmsWished(MOTHER, wanted=True)]
    trip.happens(PersonRecorded(mother), AccessDecided(MOTHER, granted=True, reason="opdigtet"), *wishes)
    nudge_mother(trip)
    nudge_mother(trip)
    trip.run_due()
    assert (len(mails.came), len(trip.case.notices.nudged)) == (1, 2)
    [sms] = texts.came
    assert sms.to == "+4520000061"
    assert sms.text == (
        "Der er nyt til dig hos kommunen. Log ind på https://hjemmetilsyn.example\nHilsen Eksempel Kommune"
    )
    trip.happens(SmsWished(MOTHER, wanted=False))
    assert [one.way for one in nudges(trip.case, [MOTHER], "proeve-2", TOMORROW)] == [Way.MAIL]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("20 00 00 61", "+4520000061"),
        ("+45 2000-0061", "+4520000061"),
        ("+46 70 000 00 61", "+46700000061"),
        ("+45  20 00 00 61", "+4520000061"),
        ("+44 (0)20 0000 0061", "+442000000061"),
        ("+45, lokal 1234", ""),
        ("arbejde 123, ellers 20000061", "+4520000061"),
        ("lokal 1234", ""),
        ("", ""),
    ],
)
def test_the_number_of_a_text_message(written: str, number: str) -> None:
    assert number_for_sms(written) == number


def test_an_installation_without_mail_notes_none_as_sent(home: Path) -> None:
    with RoundTrip(Places.in_home(home)) as trip:
        wants_mail(trip)
        nudge_mother(trip)
        trip.run_due()
        assert trip.case.notices.nudged == {}
        assert trip.row("nudge", f"proeve-1-{MOTHER}").state == "unsent"


def test_reminders_of_material_and_hearing_go_by_mail_too(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    trip.move_to(date(2026, 11, 12))
    assert [nudge.partition("-")[0] for nudge in trip.case.notices.nudged] == ["material"]
    trip.move_to(VISIT_DAY + timedelta(days=1))
    deadline = trip.opens_hearings()
    trip.move_to((deadline - timedelta(days=1)).date())
    assert [nudge.partition("-")[0] for nudge in trip.case.notices.nudged] == ["material", "frist"]
    assert {mail.to for mail in mails.came} == {MAILBOX}


def test_an_operator_stops_a_notice_and_the_next_change_begins_it_again(trip: RoundTrip) -> None:
    trip.happens(VisitArranged(VISIT, "09:30"))
    StepIn(trip.store).do(trip.row("notice").id, Order(Deed.CANCEL, "opdigtet"), "drift")
    settled(trip)
    assert (trip.row("notice").state, trip.case.notices.given) == ("stopped", ())
    trip.happens(VisitArranged(VISIT, "10:30"))
    settled(trip)
    assert [one.told.starts for one in trip.case.notices.given] == ["10:30"]


def test_an_operator_stops_a_mail(trip: RoundTrip, mails: Mails) -> None:
    wants_mail(trip)
    nudge_mother(trip)
    StepIn(trip.store).do(trip.row("nudge", f"proeve-1-{MOTHER}").id, Order(Deed.CANCEL, "opdigtet"), "drift")
    trip.run_due()
    assert mails.came == []


def test_who_cannot_get_in_is_reminded_on_paper_and_only_they_are(trip: RoundTrip) -> None:
    trip.happens(AccessDecided(FATHER, granted=False, reason="opdigtet"))
    trip.happens(AccessDecided(MOTHER, granted=True, reason="opdigtet"))
    trip.move_to(date(2026, 11, 12))
    assert reminders(trip) == [(FATHER, "")]
    trip.move_to(VISIT_DAY + timedelta(days=1))
    deadline = trip.opens_hearings()
    trip.move_to((deadline - timedelta(days=1)).date())
    assert reminders(trip) == [(FATHER, ""), (FATHER, f"hoering-{FATHER}")]


def reminders(trip: RoundTrip) -> list[tuple[str, str]]:
    return [(order.to, order.about) for order in trip.case.travelled.ordered.values() if order.kind == REMINDER]


def test_a_household_that_has_handed_in_everything_is_not_reminded(trip: RoundTrip) -> None:
    asked = [section.key for section in asked_sections(load_tool("2018"), trip.case.visits[VISIT])]
    trip.happens(*(SectionHandedIn(VISIT, key, HOUSEHOLD) for key in asked[:-1]))
    assert owing_parents(trip.case, trip.case.visits[VISIT], load_tool("2018"), TOMORROW) == (MOTHER, FATHER)
    trip.happens(SectionHandedIn(VISIT, asked[-1], HOUSEHOLD))
    trip.move_to(date(2026, 11, 12))
    assert trip.case.travelled.noted == ()
    assert reminders(trip) == []


def test_a_planned_visit_from_an_older_release_is_told_of_once(trip: RoundTrip) -> None:
    trip.happens(VisitDayChanged(VISIT, VISIT_DAY))
    with trip.store.database.write() as connection:  # as before there were notices
        connection.execute(journeys.delete().where(journeys.c.kind == "notice"))
    assert not trip.case.notices.given
    assert begin_missing(trip.store, trip.follow) == 1
    assert begin_missing(trip.store, trip.follow) == 0
    settled(trip)
    [given] = trip.case.notices.given
    assert (given.told.tells, given.told.day) == (Tells.NEW, VISIT_DAY)
    assert begin_missing(trip.store, trip.follow) == 0


def test_a_visit_that_is_over_or_called_off_is_not_told_of_at_the_next_start(trip: RoundTrip) -> None:
    trip.happens(VisitCalledOff(VISIT, "cancelled", "opdigtet"))
    with trip.store.database.write() as connection:
        connection.execute(journeys.delete().where(journeys.c.kind == "notice"))
    assert begin_missing(trip.store, trip.follow) == 0
    assert not trip.case.notices.given
