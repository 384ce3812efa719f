"""How a hearing stands: the last second counts, silence is silence, late answers are kept, every remark is weighed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cases.hearing import events as ev
from pipeline.cases.hearing.as_events import hearing_as_events
from pipeline.cases.hearing.state import Hearings, Stand, after
from pipeline.cases.hearing.who import hearings_for, may_read, to_hear
from pipeline.cases.record.case import Case, fold, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import AccessDecided, CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.insight import insight
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

# Everybody here is made up.
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 16, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY, SINCE = date(2026, 11, 3), date(2026, 1, 1)
OPENED = ev.HearingOpened("h1", "b1", "mor", DEADLINE, "fil", "0" * 64, 7)
REMARK = ev.RemarkMade("h1", "a1", "r1", "konklusion", "Der mangler noget.")


def _confirmed(received: datetime, answer: str = "a1") -> ev.AnswerConfirmed:
    return ev.AnswerConfirmed("h1", answer, received, "mitid", "substantial", AT)


def _after(*events: ev.HearingEvent, at: datetime = AT) -> Hearings:
    hearings = Hearings()
    for event in (OPENED, *events):
        hearings = after(hearings, event, at, "mor")
    return hearings


def _stand(*events: ev.HearingEvent, now: datetime = AT) -> Stand:
    return _after(*events).by_id["h1"].stand(now)


def test_one_second_before_the_deadline_counts() -> None:
    assert _stand(REMARK, _confirmed(DEADLINE - SECOND)) is Stand.REMARKS


def test_the_deadline_itself_is_too_late() -> None:
    assert _stand(REMARK, _confirmed(DEADLINE)) is Stand.LATE


def test_a_hearing_waits_until_its_deadline_and_is_silent_after_it() -> None:
    assert _stand(now=DEADLINE - SECOND) is Stand.OPEN
    assert _stand(now=DEADLINE) is Stand.SILENT
    assert _stand(ev.SilenceRecorded("h1")) is Stand.SILENT


def test_no_remarks_is_an_answer_and_silence_is_none() -> None:
    assert _stand(_confirmed(AT)) is Stand.NO_REMARKS


def test_a_late_answer_is_kept_beside_the_silence_and_can_be_weighed() -> None:
    weighed = ev.RemarkWeighed("h1", "r1", True, "Vi tager det med.")
    hearing = _after(ev.SilenceRecorded("h1"), REMARK, _confirmed(DEADLINE + SECOND), weighed).by_id["h1"]
    assert hearing.stand(DEADLINE) is Stand.LATE
    assert hearing.silent_at is not None
    assert [remark.text for answer in hearing.answers for remark in answer.remarks] == ["Der mangler noget."]
    assert hearing.weighed["r1"].taken_in
    assert hearing.unweighed() == ()


def test_more_time_takes_the_silence_back_and_makes_a_late_answer_timely() -> None:
    later = DEADLINE + timedelta(days=7)
    given = ev.MoreTimeGiven("h1", later, "Ferie")
    hearing = _after(ev.MoreTimeAsked("h1", "Ferie"), ev.SilenceRecorded("h1"), REMARK, _confirmed(DEADLINE), given)
    assert hearing.by_id["h1"].stand(AT) is Stand.REMARKS
    assert hearing.by_id["h1"].silent_at is None
    assert [one.given for one in hearing.by_id["h1"].more_time] == [True]


def test_more_time_can_be_refused_with_a_reason() -> None:
    hearing = _after(ev.MoreTimeAsked("h1", "Ferie"), ev.MoreTimeRefused("h1", "Sagen haster."))
    assert [(one.given, one.why) for one in hearing.by_id["h1"].more_time] == [(False, "Sagen haster.")]
    assert hearing.by_id["h1"].deadline == DEADLINE


def test_a_talk_meets_the_wish_and_is_kept_where_nobody_asked() -> None:
    held = ev.TalkHeld("h1", DAY, "De er enige.")
    assert [t.held for t in _after(ev.TalkAsked("h1", "Ring"), held).by_id["h1"].talks] == [held]
    assert [t.held for t in _after(held).by_id["h1"].talks] == [held]


def test_an_answer_holds_only_the_remarks_that_were_made_with_it() -> None:
    other = ev.RemarkMade("h1", "a2", "r2", "", "Og så en ting.")
    hearing = _after(REMARK, _confirmed(AT), other, _confirmed(AT, "a2")).by_id["h1"]
    assert [[one.remark for one in answer.remarks] for answer in hearing.answers] == [["r1"], ["r2"]]


def test_the_weighing_cannot_end_while_somebody_may_still_answer() -> None:
    assert not _after().may_close("b1", DEADLINE - SECOND)
    assert _after().may_close("b1", DEADLINE)


def test_the_weighing_cannot_end_before_every_timely_remark_has_its_answer() -> None:
    answered = (REMARK, _confirmed(AT))
    assert not _after(*answered).may_close("b1", AT)
    assert _after(*answered, ev.RemarkWeighed("h1", "r1", False, "Fordi.")).may_close("b1", AT)


def test_a_withdrawn_hearing_awaits_nothing() -> None:
    hearings = _after(REMARK, _confirmed(AT), ev.HearingWithdrawn("h1", "Forkert rapport"))
    assert hearings.by_id["h1"].stand(AT) is Stand.WITHDRAWN
    assert hearings.by_id["h1"].unweighed() == ()
    assert not hearings.may_close("b1", DEADLINE)


def test_a_remark_that_was_never_made_cannot_be_weighed() -> None:
    with pytest.raises(KeyError):
        _after(ev.RemarkWeighed("h1", "r1", True, "x"))


# -- who


def _case(*more: Event) -> Case:
    places = (
        ("mor", Place.PARENTAL_AUTHORITY, ""),
        ("far", Place.PARENTAL_AUTHORITY, ""),
        ("bonusfar", Place.TRAINING_PARENT, ""),
        ("barn", Place.CHILD, ""),
        ("rep", Place.PARTY_REPRESENTATIVE, "mor"),
        ("fuldmagt", Place.POWER_OF_ATTORNEY, "mor"),
        ("skole", Place.SCHOOL, ""),
    )
    events: list[Event] = [CaseOpened("DEMO-1", "nord", "Eksempel Kommune", "Børn", fictional=True)]
    for who, place, speaks_for in places:
        person = CasePerson(who, f"{who.capitalize()} Opdigtsen", born=date(2016, 5, 5) if who == "barn" else None)
        standing = Standing(f"s-{who}", who, place, SINCE, speaks_for=speaks_for)
        events += [PersonRecorded(person), StandingBegun(standing)]
    events += [AccessDecided(who, granted=True, reason="test") for who in ("mor", "bonusfar", "barn")]
    return fold_all(Stamped(seq, AT, "system", event) for seq, event in enumerate((*events, *more), 1))


def test_holders_of_authority_must_be_heard_the_others_may_be() -> None:
    found = [(one.person.id, one.is_required) for one in to_hear(_case(), DAY)]
    assert found == [("mor", True), ("far", True), ("bonusfar", False), ("barn", False)]


def test_whoever_cannot_get_in_is_told_of_so_that_paper_is_sent() -> None:
    assert [one.person.id for one in to_hear(_case(), DAY) if not one.reads_here] == ["far"]


def test_a_representative_of_the_party_may_read_what_is_sent_to_the_party() -> None:
    assert may_read(_case(), "mor", DAY) == ("mor", "rep")
    assert may_read(_case(), "far", DAY) == ("far",)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("mor", ["h1", "h3"]),
        ("far", []),  # access has not been decided
        ("rep", ["h1"]),
        ("fuldmagt", []),
        ("barn", ["h3"]),
        ("bonusfar", ["h3"]),
        ("skole", []),
    ],
)
def test_each_answers_the_own_hearing_and_a_parent_helps_the_child(actor: str, expected: list[str]) -> None:
    case = _case(
        OPENED,
        ev.HearingOpened("h2", "b1", "far", DEADLINE, "fil", "0" * 64, 7),
        ev.HearingOpened("h3", "b1", "barn", DEADLINE, "fil", "0" * 64, 7, ev.Capacity.CHILD),
    )
    assert [one.id for one in hearings_for(case, actor, DAY)] == expected


# -- as the report's fields tell it


def test_the_documents_tell_of_sending_remarks_silence_and_the_weighing() -> None:
    case = _case(
        OPENED,
        ev.HearingOpened("h2", "b1", "far", DEADLINE, "fil", "0" * 64, 7),
        ev.ChildNotHeard("b1", "Barnet er to år."),
        REMARK,
        _confirmed(AT),
        ev.SilenceRecorded("h2"),
        ev.RemarkWeighed("h1", "r1", True, "Det står der nu."),
        ev.RemarksWeighed("b1"),
    )
    told = [(one["type"], one.get("to"), one["text"]) for one in hearing_as_events(case, "b1")]
    assert told == [
        ("hoering_sent", "mor", ""),
        ("remarks_received", "mor", "Der mangler noget."),
        ("hoering_sent", "far", "Der kom intet svar inden fristen."),
        ("child_not_heard", "barn", "Barnet er to år."),
        ("remarks_weighed", None, "Taget med: Det står der nu."),
    ]
    assert {one.get("deadline") for one in hearing_as_events(case, "b1")} == {"2026-11-16", None}


def test_a_manager_without_a_place_in_the_case_weighs_unnamed() -> None:
    case = _case(OPENED, REMARK, _confirmed(AT), ev.RemarkWeighed("h1", "r1", True, "Det står der nu."))
    closed = fold(case, Stamped(case.revision + 1, AT, "leder-9", ev.RemarksWeighed("b1")))
    weighed = hearing_as_events(closed, "b1")[-1]
    assert weighed["type"] == "remarks_weighed"
    assert "by" not in weighed  # a name that the report's people do not hold would make it impossible


def test_insight_tells_a_person_what_they_answered_and_what_came_of_it() -> None:
    case = _case(
        OPENED,
        ev.MoreTimeAsked("h1", "Ferie"),
        REMARK,
        _confirmed(AT),
        ev.TalkHeld("h1", DAY, "Hun er enig."),
        ev.RemarkWeighed("h1", "r1", False, "Vi er ikke enige."),
    )
    told = insight(case, "mor", DAY, law_for(DAY), load_tool)
    (chapter,) = (one for one in told.chapters if one.title == "Høringer, hvor du er hørt")
    texts = "\n".join(entry.text for entry in chapter.entries)
    for words in ("Der mangler noget.", "Kommunens svar: Vi er ikke enige.", "Ferie", "Hun er enig."):
        assert words in texts
    other = insight(case, "far", DAY, law_for(DAY), load_tool)
    assert "Der mangler noget." not in repr(other)
