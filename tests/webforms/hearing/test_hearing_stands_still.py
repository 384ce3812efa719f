"""While somebody is heard, what they are heard about stands still for everybody; what is typed waits as a draft."""

from datetime import date, timedelta

import pytest
from hearing_house import CASEWORKER, HERS, HIS, MARIA, VISIT, House

from pipeline.cases.hearing.events import HearingWithdrawn
from pipeline.cases.record.events import Event
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import (
    FieldsNotAsked,
    FieldsSkipped,
    GoalPlaced,
    SectionHandedIn,
    SectionsLocked,
    VisitDayChanged,
    VisitOpened,
    Written,
)
from pipeline.cases.record.voices import SHARED
from pipeline.store.refusals import HeardNow

CHANGES: tuple[Event, ...] = (
    Written(VISIT, "theme_health", CASEWORKER, {"kind": "text", "text": "Andet"}),
    VisitDayChanged(VISIT, date(2026, 11, 1), "opdigtet"),
    GoalPlaced(VISIT, "nyt", "movement", "parents", 99),
    FieldsNotAsked(VISIT, ("theme_health",)),
    FieldsSkipped(VISIT, ("theme_health",), "opdigtet"),
    SectionHandedIn(VISIT, "a", SHARED),
)


def all_withdrawn(house: House) -> None:
    house.happens(*(HearingWithdrawn(one, "opdigtet") for one in house.heard.hearings.by_id), number=house.heard.number)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_nothing_that_the_report_says_is_changed_while_somebody_is_heard(house: House, change: Event) -> None:
    before = house.heard.visits[VISIT]
    with pytest.raises(HeardNow):
        house.happens(change, number=house.heard.number)
    assert house.heard.visits[VISIT] == before
    all_withdrawn(house)
    house.happens(change, number=house.heard.number)


def test_another_visit_of_the_case_goes_on(house: House) -> None:
    opened = VisitOpened("besoeg-3", 3, "ordinary", "2018")
    house.happens(opened, VisitDayChanged("besoeg-3", date(2027, 5, 4)), number=house.heard.number)
    assert house.heard.visits["besoeg-3"].day == date(2027, 5, 4)


def test_after_the_deadline_of_the_last_the_municipality_may_put_remarks_in(house: House) -> None:
    deadline = max(house.hearing(one).deadline for one in (HERS, HIS))
    house.clock.at = deadline - timedelta(seconds=1)
    with pytest.raises(HeardNow):
        house.happens(CHANGES[0], number=house.heard.number)
    house.clock.at = deadline
    house.happens(CHANGES[0], number=house.heard.number)


def test_the_page_says_why_nothing_can_be_written_and_keeps_what_was_typed_before(house: House) -> None:
    address = house.address(f"besoeg/{VISIT}/afsnit/d")
    all_withdrawn(house)
    house.happens(SectionsLocked(VISIT, ("d",), locked=False, reason="opdigtet"), number=house.heard.number)
    browser = house.at(MARIA).get(address)
    assert browser.status == 200
    typed = browser.sent(browser.form())
    name = next(key for key in typed if key not in ("csrf_token",) and not key.startswith("_"))
    house.open_hearings()
    answer = browser.send(browser.form().get("action"), {**typed, name: "Opdigtede ord, der ikke må gå tabt"})
    assert answer.status_code == 422
    assert "gemt som din kladde" in answer.text
    page = house.at(MARIA).get(address)
    assert "i høring" in page.words
    assert not page.tree().xpath("//main//textarea")
    all_withdrawn(house)
    assert "Opdigtede ord, der ikke må gå tabt" in house.at(MARIA).get(address).page


def _open_again(house: House) -> str:
    """Nobody is heard and nothing is locked; returns the address of the page at the visit."""
    all_withdrawn(house)
    house.happens(SectionsLocked(VISIT, tuple("ijklm"), locked=False, reason="opdigtet"), number=house.heard.number)
    return house.address(f"besoeg/{VISIT}/paa-besoeget")


def test_what_is_typed_at_a_visit_while_the_hearing_opens_waits_and_stands_there_again(house: House) -> None:
    at_visit = _open_again(house)
    writer = house.at(CASEWORKER).get(at_visit)
    house.open_hearings()
    refused = writer.fill(theme_health="Opdigtet iagttagelse")
    assert refused.status == 422
    for page in (refused, house.at(CASEWORKER).get(at_visit)):  # and in a browser that was closed meanwhile
        assert "gemt som din kladde" in page.words
        assert "Opdigtet iagttagelse" in page.words
        assert "Når høringen er slut" in page.words
    all_withdrawn(house)
    again = house.at(CASEWORKER).get(at_visit)
    assert again.typed("theme_health") == "Opdigtet iagttagelse"
    again.fill()
    written = house.heard.visits[VISIT].current(Slot("theme_health", CASEWORKER))
    assert (written.value if written else None) == {"text": "Opdigtet iagttagelse"}


def test_an_autosave_at_a_visit_that_came_in_hearing_is_kept_too(house: House) -> None:
    at_visit = _open_again(house)
    writer = house.at(CASEWORKER).get(at_visit)
    house.open_hearings()
    assert writer.keep(1, theme_health="Opdigtet iagttagelse").status_code == 422
    assert "Opdigtet iagttagelse" in house.at(CASEWORKER).get(at_visit).words


def test_a_hearing_that_opens_between_request_and_write_loses_no_word(house: House) -> None:
    _open_again(house)
    for path, field in (("paa-besoeget", "theme_health"), ("kommunen/l", "conclusion")):
        writer = house.at(CASEWORKER).get(house.address(f"besoeg/{VISIT}/{path}"))
        house.meanwhile.append(house.open_hearings)
        refused = writer.fill(**{field: "Opdigtet iagttagelse"})
        assert (refused.status, "gemt som din kladde" in refused.words) == (422, True)
        assert "Opdigtet iagttagelse" in refused.words
        all_withdrawn(house)
        again = house.at(CASEWORKER).get(house.address(f"besoeg/{VISIT}/{path}"))
        assert again.typed(field) == "Opdigtet iagttagelse"
