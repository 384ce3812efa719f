"""How a document for signing stands: who is awaited, whose turn it is, and what an optional signer changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cases.record.case import EMPTY, Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import AccessDecided, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.insight import insight
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.signing import events as ev
from pipeline.cases.signing.own_signatures import TITLE
from pipeline.cases.signing.state import Signing, Stand, after
from pipeline.cases.signing.who import can_sign, may_sign, signings_for
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

# Everybody here is made up.
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 16, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY, SINCE = date(2026, 11, 3), date(2026, 1, 1)
DECLINED = ev.SigningDeclined("u1", "mor", "Nej")


def _opened(*, optional: bool = False, in_order: bool = False) -> ev.SigningOpened:
    signers = (ev.Signer("mor", "Underskrift-1"), ev.Signer("far", "Underskrift-2", optional))
    return ev.SigningOpened("u1", "b1", "fil", "0" * 64, 7, DEADLINE, signers, ("a1",), in_order)


def _signed(person: str) -> ev.SignedBySignIn:
    return ev.SignedBySignIn("u1", person, "0" * 64, AT, "mitid", "substantial", AT, f"fil-{person}", "1" * 64)


def _after(*events: ev.SigningEvent, opened: ev.SigningOpened | None = None) -> Signing:
    signings = after({}, opened or _opened(), AT, "sagsbehandler")
    for event in events:
        signings = after(signings, event, AT, "mor")
    return signings["u1"]


def test_it_stands_open_until_everybody_has_signed_and_then_names_the_newest_file() -> None:
    assert _after().stand(AT) is Stand.OPEN
    assert _after(_signed("mor")).stand(AT) is Stand.OPEN
    both = _after(_signed("mor"), _signed("far"))
    assert (both.stand(AT), both.file, both.awaited) == (Stand.SIGNED, "fil-far", ())


def test_a_signature_on_paper_counts_as_much() -> None:
    paper = ev.SignedOnPaper("u1", "far", DAY, "scan", "fil-2", "2" * 64)
    assert _after(_signed("mor"), paper).stand(AT) is Stand.SIGNED


def test_the_last_second_counts_and_after_it_it_has_expired() -> None:
    assert _after().stand(DEADLINE - SECOND) is Stand.OPEN
    assert _after().stand(DEADLINE) is Stand.EXPIRED
    assert _after(ev.SigningExpired("u1")).stand(AT) is Stand.EXPIRED


def test_one_who_has_to_sign_and_declines_ends_it_and_one_who_need_not_does_not() -> None:
    assert _after(DECLINED).stand(AT) is Stand.DECLINED
    opened = _opened(optional=True)
    no = ev.SigningDeclined("u1", "far", "Nej")
    assert _after(no, opened=opened).stand(AT) is Stand.OPEN
    assert _after(no, _signed("mor"), opened=opened).stand(AT) is Stand.SIGNED


def test_whoever_need_not_sign_is_awaited_until_the_last_day_and_no_longer() -> None:
    one = _after(_signed("mor"), opened=_opened(optional=True))
    assert (one.is_complete, one.stand(AT), one.stand(DEADLINE)) == (True, Stand.OPEN, Stand.SIGNED)


def test_in_order_the_second_waits_and_side_by_side_nobody_does() -> None:
    for in_order in (True, False):
        one = _after(opened=_opened(in_order=in_order))
        assert (may_sign(one, "mor", AT), may_sign(one, "far", AT)) == (True, not in_order)
    assert may_sign(_after(_signed("mor"), opened=_opened(in_order=True)), "far", AT)


def test_the_last_one_is_known_and_nobody_signs_twice_or_after_it_was_taken_back() -> None:
    one = _after(_signed("mor"))
    assert (one.is_last("far"), _after().is_last("far")) == (True, False)
    assert not may_sign(one, "mor", AT)
    assert not may_sign(_after(ev.SigningWithdrawn("u1", "Fejl")), "far", AT)


@pytest.mark.parametrize("event", [_signed("fremmed"), ev.SigningDeclined("u2", "mor", ""), ev.SigningExpired("u2")])
def test_what_speaks_of_somebody_or_something_that_is_not_there_does_not_fit(event: ev.SigningEvent) -> None:
    with pytest.raises(KeyError):
        _after(event)


def _case(*more: Event) -> Case:
    people = (("mor", Place.PARENTAL_AUTHORITY), ("far", Place.TRAINING_PARENT), ("barn", Place.CHILD))
    born = {"barn": date(2016, 5, 5)}
    events: list[Event] = [
        PersonRecorded(CasePerson(who, f"{who.title()} Opdigtsen", born=born.get(who))) for who, _ in people
    ]
    events += [StandingBegun(Standing(f"s-{person}", person, place, SINCE)) for person, place in people]
    represents = Standing("s-rep", "rep", Place.PARTY_REPRESENTATIVE, SINCE, speaks_for="mor")
    events += [PersonRecorded(CasePerson("rep", "Rep Opdigtsen")), StandingBegun(represents)]
    events += [AccessDecided(person, granted=True, reason="test") for person in ("mor", "far", "barn")]
    stamped = [Stamped(seq, AT, "test", event) for seq, event in enumerate((*events, _opened(), *more), 1)]
    return fold_all(stamped, EMPTY)


def test_parents_and_the_child_can_be_asked_and_a_representative_signs_for_a_party() -> None:
    case = _case()
    assert [person.id for person in can_sign(case, DAY)] == ["mor", "far", "barn"]
    mine = {who: [person for _, person in signings_for(case, who, DAY)] for who in ("mor", "far", "barn", "rep")}
    assert mine == {"mor": ["mor"], "far": ["far"], "barn": [], "rep": ["mor"]}


def _own_data(case: Case, person: str) -> str:
    chapters = insight(case, person, DAY, law_for(DAY), load_tool).chapters
    return str([chapter.entries for chapter in chapters if chapter.title == TITLE])


def test_ones_own_signature_is_among_ones_own_data_and_anothers_reason_is_not() -> None:
    told = {who: _own_data(_case(_signed("far"), DECLINED), who) for who in ("mor", "far")}
    assert "Ville ikke skrive under" in told["mor"]
    assert "Skrev under ved log-ind" in told["far"]
    assert ("Nej" in told["mor"], "Nej" in told["far"]) == (True, False)
