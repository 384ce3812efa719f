"""The family sees when the visit is, what it is about and what is asked for; nobody sees another household's part."""

from datetime import date
from pathlib import Path

import pytest
from family_home import APART, CASEWORKER, LOTTE, MARIA, SIGNE, THOMAS, TOGETHER, WITH_HELPERS, Home
from icalendar import Calendar

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.notice.events import MailWished, SmsWished
from pipeline.cases.record.events import PersonRecorded
from pipeline.cases.record.insight import insight
from pipeline.cases.record.people import CasePerson, Contact
from pipeline.cases.record.visit_events import AgendaPointAdded, VisitDayChanged
from pipeline.cases.record.voices import household_of
from pipeline.errors import TilsynError
from pipeline.journey.steps.documents.making import Making
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool
from webforms.dispatching import journey_engine
from webforms.mail_file import read_mail_server
from webforms.settings import read_settings

DAY, TYPED = date(2027, 3, 2), "2.3.2027"


def planned(home: Home, number: str = TOGETHER, **more: str) -> None:
    """A caseworker writes day, time and place."""
    caseworker = "medarbejder-03" if number == APART else CASEWORKER
    page = home.browser(caseworker, number).at("dag")
    assert page.fill(day=TYPED, reason="Opdigtet", starts="9.30", minutes="90", place="Rådhuset", **more).status == 200


def told(home: Home, number: str = TOGETHER, visit: str = "") -> None:
    """The ten minutes pass, and the engine has come by; the visit is the newest one unless it is named."""
    home.clock.move(minutes=11)
    home.services.engine.run_now(home.case_id(number), "notice", visit or home.visit(number).id)


def test_what_the_caseworker_writes_is_told_ten_minutes_later(home: Home) -> None:
    planned(home)
    assert "Der er ikke sendt brev om det endnu" in home.browser(SIGNE).at("besked").words
    waiting = home.browser(CASEWORKER).at("besked").words
    assert "Et brev bliver lavet og sendt cirka" in waiting
    told(home)
    words = home.browser(SIGNE).at("besked").words
    for part in (
        "Tirsdag den 2. marts 2027",
        "Kl. 09.30, cirka 90 minutter",
        "Rådhuset",
        "Sundhedsforhold",
        "16. februar 2027",
    ):
        assert part in words
    assert "Familien fik besked" in home.browser(CASEWORKER).at("besked").words


def test_a_family_that_owes_something_is_reminded_on_its_page(home: Home) -> None:
    planned(home)
    told(home)
    assert "Vi mangler noget" not in home.browser(SIGNE).at("besked").words
    home.happens(ReminderGiven("visit", home.visit().id), by="system")
    assert "Vi mangler noget fra dig senest 16. februar 2027" in home.browser(SIGNE).at("besked").words


def test_a_time_that_is_none_and_minutes_that_are_none_are_refused_with_what_was_typed(home: Home) -> None:
    page = home.browser(CASEWORKER).at("dag").fill(day=TYPED, reason="x", starts="halv ti", minutes="mange")
    assert page.status == 422
    assert "Skriv klokkeslættet som 9.30" in page.words
    assert "Skriv et antal minutter" in page.words
    assert page.typed("starts") == "halv ti"


@pytest.mark.parametrize("field", ["place", "words"])
def test_what_all_parties_are_sent_may_not_tell_a_protected_address(home: Home, field: str) -> None:
    protected = next(one for one in home.case(APART).people.values() if one.contact.protected and one.contact.address)
    street = protected.contact.address.splitlines()[0]
    page = home.browser("medarbejder-03", APART).at("dag")
    refused = page.fill(day=TYPED, reason="x", **{field: f"Vi ses på {street}"})
    assert refused.status == 422
    assert "beskyttet" in refused.words
    assert home.visit(APART).day != DAY


def test_each_household_sees_its_own_points_and_not_the_others(home: Home) -> None:
    hers = household_of(home.case(APART), MARIA, DAY)
    added = AgendaPointAdded(home.visit(APART).id, "punkt-1", hers, "Mors opdigtede punkt")
    home.happens(added, VisitDayChanged(home.visit(APART).id, DAY, "opdigtet"), number=APART)
    told(home, APART)
    assert "Mors opdigtede punkt" in home.browser(MARIA, APART).at("besked").words
    his = home.browser(THOMAS, APART).at("besked")
    assert his.status == 200
    assert "Mors opdigtede punkt" not in his.words


def test_a_helper_is_told_by_the_family_and_not_by_this_page(home: Home) -> None:
    helper = home.browser(LOTTE, WITH_HELPERS)
    assert helper.at("besked").status == 404
    assert helper.at("kalender.ics").status == 404


def test_words_for_the_family_go_with_a_visit_that_is_called_off_and_the_reason_stays_in_the_case(home: Home) -> None:
    planned(home)
    told(home)
    page = home.browser(CASEWORKER).at("aflys")
    page.fill(why="cancelled", reason="Intern opdigtet grund", words="Vi ringer om en ny dag.")
    called_off = next(iter(home.case().travelled.called_off))
    told(home, visit=called_off)
    seen = home.browser(SIGNE).get(f"/sager/{home.case_id()}/besoeg/{called_off}/besked")
    assert "Besøget er aflyst" in seen.words
    assert "Vi ringer om en ny dag." in seen.words
    assert "Intern" not in seen.words


def test_the_calendar_follows_a_visit_that_is_moved_and_tells_nothing_of_whom(home: Home) -> None:
    assert home.browser(SIGNE).at("kalender.ics").status == 404
    planned(home)
    told(home)
    first = calendar_of(home)
    home.happens(VisitDayChanged(home.visit().id, date(2027, 3, 9), "opdigtet"))
    told(home)
    second = calendar_of(home)
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second.decoded("dtstart").isoformat() == "2027-03-09T08:30:00+00:00"
    home.happens(VisitDayChanged(home.visit().id, None, "opdigtet"))
    told(home)
    assert calendar_of(home)["status"] == "CANCELLED"
    said = home.browser(SIGNE).at("kalender.ics").page.lower()
    case = home.case()
    names = {word.lower() for person in case.people.values() for word in person.name.split()}
    assert [word for word in (*names, case.number.lower(), home.case_id()) if word in said] == []


def calendar_of(home: Home) -> Calendar:
    answer = home.browser(SIGNE).client.get(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/kalender.ics")
    assert answer.mimetype == "text/calendar"
    assert "tilsynsbesoeg.ics" in answer.headers["Content-Disposition"]
    calendar = Calendar.from_ical(answer.data)
    assert isinstance(calendar, Calendar)
    return calendar.walk("VEVENT")[0]  # type: ignore[return-value] # an event is a component as a calendar is


def test_mail_is_off_until_the_installation_has_a_server(home: Home) -> None:
    assert "sender ikke mails" in home.browser(SIGNE).of_case("mail").words
    assert "/mail" not in " ".join(home.browser(SIGNE).of_case("start").links())


def test_each_says_yes_or_no_to_mail_for_themselves(home: Home) -> None:
    mother = CasePerson(SIGNE, home.case().people[SIGNE].name, contact=Contact(email="signe@opdigtet.example"))
    home.happens(PersonRecorded(mother))
    browser = home.browser(SIGNE).of_case("start")
    for answer, wanted in (("ja", True), ("ja", True), ("nej", False)):
        sent = browser.send(f"/sager/{home.case_id()}/mail", {"svar": answer})
        assert sent.status_code == 303
        assert (SIGNE in home.case().notices.by_mail) is wanted
        extract = insight(home.case(), SIGNE, DAY, law_for(DAY), load_tool)
        told_of = [entry.text for chapter in extract.chapters for entry in chapter.entries if "Mail" in entry.heading]
        assert told_of == (["Du har sagt ja."] if wanted else [])
    assert browser.send(f"/sager/{home.case_id()}/mail", {"svar": "måske"}).status_code == 400
    wishes = [
        one.event for one in home.services.store.cases.happened(home.case_id()) if isinstance(one.event, MailWished)
    ]
    assert [one.wanted for one in wishes] == [True, False]


def test_each_says_yes_or_no_to_sms_for_themselves(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("start")
    for answer, wanted in (("ja", True), ("ja", True), ("nej", False)):
        assert browser.send(f"/sager/{home.case_id()}/mail", {"sms": answer}).status_code == 303
        assert (SIGNE in home.case().notices.by_sms, home.case().notices.by_mail) == (wanted, frozenset())
    events = [one.event for one in home.services.store.cases.happened(home.case_id())]
    assert [one.wanted for one in events if isinstance(one, SmsWished)] == [True, False]


def test_a_mail_server_is_never_spoken_to_in_the_clear_and_its_password_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "mail.toml"
    good = 'host = "post.opdigtet.example"\nsender = "a@opdigtet.example"\npassword = "hemmeligt"\n'
    file.write_text(good)
    server = read_mail_server(file)
    assert (server.port, server.tls_at_once) == (587, False)
    file.write_text(good + 'security = "tls"\n')
    assert read_mail_server(file).port == 465
    for wrong in ('security = "none"\n', "port = true\n", 'x = "hemmeligt"\n', "[["):
        file.write_text(good + wrong)
        with pytest.raises(TilsynError) as refused:
            read_mail_server(file)
        assert "hemmeligt" not in str(refused.value)
    with pytest.raises(TilsynError, match="kan ikke læses"):
        read_mail_server(tmp_path / "mangler.toml")


def test_mail_without_an_address_of_the_pages_is_refused_at_the_start(home: Home, tmp_path: Path) -> None:
    settings = read_settings({"HJEMMETILSYN_HOME": str(tmp_path), "HJEMMETILSYN_MAIL": str(tmp_path / "mail.toml")})
    making = Making(home.services.machines.at_work, home.services.private)
    with pytest.raises(TilsynError, match="HJEMMETILSYN_ADDRESS"):
        journey_engine(settings, home.services.store, making)
