"""Events as JSON: every kind comes back as it was, and what an older release wrote is still read."""

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cases.record import case as folding
from pipeline.cases.record import visit_state
from pipeline.cases.record.codec import decode, encode, instant_as_text, instant_from_text
from pipeline.cases.record.events import CaseReopened, Event
from pipeline.cases.record.journal_events import DocumentKept, JournalNoted, NoteKind
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.record.visit_events import VisitEvent, VisitOpened, Written

KINDS: tuple[type[Any], ...] = get_args(Event)
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)

# Names that stand in databases. A kind is added here when it is added there; none is ever renamed or removed.
STORED_KINDS = {
    "AccessDecided", "AfterVisitShared", "AgendaPointAdded", "AgendaPointRemoved", "Agreed",
    "AgreementEnded", "AnswerConfirmed", "AnswerOnPaperRegistered", "ApprovalDecided", "CaseClosed",
    "CaseHandedOver", "CaseOpened", "CaseReopened", "ChildNotHeard", "ConsentAnswered", "ConsentAsked",
    "ContributionWeighed", "DeliveryWithdrawn", "DiaryFileKept", "DiaryRemoved", "DiaryShared",
    "DiaryWritten", "DocumentKept", "DocumentOrdered", "DocumentSent", "DocumentToSend",
    "EarlierVisitRecorded", "FieldsNotAsked", "FieldsSkipped", "FinalGoalsPlaced", "FinalReportMade",
    "GoalMoved", "GoalPlaced", "GoalRemoved", "HearingOpened", "HearingWithdrawn", "HelpAsked",
    "JournalNoted", "MailWished", "MoreTimeAsked", "MoreTimeGiven", "MoreTimeRefused", "NoticeGiven",
    "NudgeSent", "NudgeToSend", "OutcomeDecided", "PaperCameLate", "PersonRecorded", "ReassessmentDone",
    "RemarkMade", "RemarkWeighed", "RemarksWeighed", "ReminderGiven", "SectionHandedIn", "SectionsLocked",
    "SignedBySignIn", "SignedOnPaper", "SigningDeclined", "SigningExpired", "SigningOpened",
    "SigningWithdrawn", "SilenceRecorded", "SmsWished", "StandingBegun", "StandingChanged", "SteppedIn",
    "TalkAsked", "TalkHeld", "TeamChosen", "VisitArchived", "VisitArranged", "VisitCalledOff",
    "VisitDayChanged", "VisitNotHeld", "VisitOpened", "Written",
}  # fmt: skip

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
st.register_type_strategy(Written, st.builds(  # a value is a JSON object, which its type cannot say
    Written,
    visit=st.text(), slot=st.text(), voice=st.text(),
    value=st.none() | st.dictionaries(st.text(), JSON_VALUES, max_size=4),
    on_behalf_of=st.text(), through=st.text(),
))  # fmt: skip


@settings(max_examples=25)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    event = data.draw(st.from_type(kind))
    back = decode(encode(event, "p-1"), 7, AT)
    assert back.event == event
    assert (back.seq, back.by, back.at) == (7, "p-1", AT)


def test_the_names_of_stored_kinds_stay() -> None:
    assert {kind.__name__ for kind in KINDS} == STORED_KINDS


def test_the_case_knows_what_every_kind_does() -> None:
    assert set(folding._APPLY) == set(KINDS)
    assert {VisitOpened, *visit_state._APPLY} == set(get_args(VisitEvent))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_json_without_attributes_that_came_later_is_read(kind: type[Any]) -> None:
    """Every attribute with a default may be missing, as in what was written before the attribute was there."""
    needed = {f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING}
    full = json.loads(msgspec.json.encode(_example(kind)))
    old = {"kind": kind.__name__, "by": "p-1", "data": {name: full[name] for name in needed}}
    assert type(decode(json.dumps(old).encode(), 1, AT).event) is kind


def test_json_with_attributes_of_a_newer_release_is_read() -> None:
    newer = {"kind": "CaseReopened", "by": "p-1", "data": {"reason": "x", "invented_later": [1]}}
    assert decode(json.dumps(newer).encode(), 1, AT).event == CaseReopened("x")


def test_a_kind_of_a_newer_release_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown kind"):
        decode(b'{"kind": "InventedLater", "by": "p", "data": {}}', 1, AT)


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"kind": "CaseReopened", "by": "p", "data": {"reason": 7}}'])
def test_what_is_no_event_is_refused(raw: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(raw, 1, AT)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)), st.integers(-12, 12))
def test_an_instant_comes_back_and_sorts_as_text(wall: datetime, hours: int) -> None:
    instant = wall.replace(tzinfo=timezone(timedelta(hours=hours)))
    stored = instant_as_text(instant)
    assert instant_from_text(stored) == instant
    assert len(stored) == len("2026-11-22T00:36:10.000000Z")
    assert instant_as_text(instant + timedelta(microseconds=1)) > stored


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_as_text(datetime(2026, 1, 1))


def _example(kind: type[Any]) -> Any:
    text: dict[Any, Any] = {str: "x", bool: True, int: 1, date: date(2026, 1, 1), datetime: AT}
    hints = {f.name: f.type for f in dataclasses.fields(kind)}
    by_name = {
        "person": CasePerson("p", "Ida Prøvesen"),
        "standing": Standing("s", "p", Place.CHILD, date(2026, 1, 1)),
        "kind": NoteKind.NOTE if kind is JournalNoted else "x",
        "value": {"text": "x"},
        "document": DocumentKept("f", "dagbog", "x", "x.jpg", "image/jpeg", 1, "0"),
        "day": date(2026, 1, 1),
        "by_day": date(2026, 1, 1),
        "dated": date(2026, 1, 1),
    }
    values = {n: by_name[n] if n in by_name else text.get(t, ()) for n, t in hints.items()}
    return kind(**values)
