"""Drafts are made beside the requests: once for each state of the case, forgotten soon, tried again after a failure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from family_home import CASEWORKER, Clock, Home
from held_visit import hold

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.record.events import StandingChanged
from pipeline.cases.record.people import Place
from pipeline.documents.draft import Draft
from pipeline.documents.kinds import REPORT
from pipeline.errors import StepFailed
from pipeline.tool.load import EDITIONS
from webforms.caseworkers.previews import DraftOf, Previews
from webforms.demo import sample_path

DAY = date(2026, 11, 22)
SECONDS = 5.0


class Hand:
    """Makes drafts as a test wants it: at once, when let go, or never well."""

    def __init__(self) -> None:
        self.made, self.fails, self.go = 0, False, Event()
        self.go.set()

    def __call__(self, answers: Answers) -> tuple[Draft, ...]:
        assert self.go.wait(SECONDS)
        self.made += 1
        if self.fails:
            raise StepFailed("Maskinen svarer ikke. Prøv igen.")
        return (Draft(REPORT, b"%PDF"),)


@pytest.fixture
def hand() -> Iterator[Hand]:
    hand = Hand()
    yield hand
    hand.go.set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def previews(hand: Hand, clock: Clock) -> Previews:
    return Previews(hand, clock)


@pytest.fixture(scope="module")
def answers() -> Answers:
    return read_answers_file(sample_path("cp_skole_1", EDITIONS), EDITIONS)


def of(revision: int) -> DraftOf:
    return DraftOf("sag", "besoeg", revision, DAY)


def test_a_draft_is_begun_when_the_page_opens_and_made_once(previews: Previews, hand: Hand, answers: Answers) -> None:
    previews.begin(of(1), answers)
    first, again = (previews.wait_for(of(1), answers, SECONDS) for _ in range(2))
    assert (first, hand.made) == (again, 1)


def test_when_the_case_has_moved_on_a_new_draft_is_made(previews: Previews, hand: Hand, answers: Answers) -> None:
    for revision in (1, 2):
        previews.wait_for(of(revision), answers, SECONDS)
    assert hand.made == 2


def test_after_five_minutes_a_draft_is_forgotten(
    previews: Previews, hand: Hand, clock: Clock, answers: Answers
) -> None:
    previews.wait_for(of(1), answers, SECONDS)
    clock.move(minutes=5)
    previews.wait_for(of(1), answers, SECONDS)
    assert hand.made == 2


def test_only_the_newest_drafts_are_kept(previews: Previews, hand: Hand, answers: Answers) -> None:
    for revision in (*range(1, 8), 1):
        previews.wait_for(of(revision), answers, SECONDS)
    assert hand.made == 8
    previews.wait_for(of(7), answers, SECONDS)
    assert hand.made == 8


def test_what_takes_too_long_is_told_and_goes_on(previews: Previews, hand: Hand, answers: Answers) -> None:
    hand.go.clear()
    with pytest.raises(StepFailed, match="Udkastet er ikke færdigt endnu"):
        previews.wait_for(of(1), answers, 0.01)
    hand.go.set()
    assert previews.wait_for(of(1), answers, SECONDS)
    assert hand.made == 1


def test_too_many_at_a_time_are_asked_to_wait(previews: Previews, hand: Hand, answers: Answers) -> None:
    hand.go.clear()
    for revision in range(4):
        previews.begin(of(revision), answers)
    with pytest.raises(StepFailed, match="Vent et øjeblik"):
        previews.wait_for(of(9), answers, SECONDS)


def test_a_draft_that_failed_is_tried_again(previews: Previews, hand: Hand, answers: Answers) -> None:
    hand.fails = True
    with pytest.raises(StepFailed, match="Maskinen svarer ikke"):
        previews.wait_for(of(1), answers, SECONDS)
    hand.fails = False
    assert previews.wait_for(of(1), answers, SECONDS)


# --- the pages ---


def test_an_unknown_document_is_not_found(home: Home) -> None:
    hold(home)
    assert home.browser(CASEWORKER).at("forhaandsvisning/manifest").status == 404


def test_where_no_document_can_be_made_the_page_says_why_and_where_to_mend_it(home: Home) -> None:
    hold(home)
    held = [s for s in home.case().standings.values() if s.place in (Place.CASEWORKER, Place.SUBSTITUTE)]
    home.happens(*(StandingChanged(replace(standing, until=date(2026, 11, 1))) for standing in held))
    browser = home.browser(CASEWORKER)
    for path, status in (("forhaandsvisning", 200), ("forhaandsvisning/tilsynsrapport", 503)):
        page = browser.at(path)
        assert page.status == status
        assert "Udkastet kan ikke vises" in page.words
        assert "Sagen har ingen sagsbehandler" in page.words
    assert any(link.endswith("/kommunen") for link in page.links())
