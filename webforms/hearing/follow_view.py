"""A visit's hearing as the municipality follows it: who was heard, what came, what has to be done next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.hearing.events import RemarkMade
from pipeline.cases.hearing.state import Answer, Hearing, Stand, Weighing
from pipeline.cases.record.history import name_of
from pipeline.danish import danish_date, danish_moment
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.hearing_words import answered_by, proved_by
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.hearing.at_visit import hearing_url, hearings_of
from webforms.hearing.own_hearings import TONES
from webforms.hearing.questions import title_of


@dataclass(frozen=True)
class ShownRemark:
    """A remark with the municipality's answer; `address` is where it is weighed, empty where it cannot be."""

    title: str
    text: str
    weighing: Weighing | None
    address: str


@dataclass(frozen=True)
class ShownAnswer:
    """An answer; `document` is the address of its sealed document, or of the scan."""

    who: str
    proof: str
    received: str
    is_late: bool
    remarks: tuple[ShownRemark, ...]
    attachments: tuple[tuple[str, str], ...]
    document: str


@dataclass(frozen=True)
class ShownHearing:
    """One person's hearing.

    Attributes:
        time_asked: reasons why more time is asked for, not answered yet.
        talks: wishes to talk that have not been met.
        talked: what was said in the talks that were held.
        sha256: of the report that was sent to this person.
        common: of what it shares with the reports to others; empty where all got the same.
    """

    id: str
    who: str
    capacity: str
    stand: Stand
    tone: str
    deadline: str
    opened: str
    answers: tuple[ShownAnswer, ...]
    time_asked: tuple[str, ...]
    talks: tuple[str, ...]
    talked: tuple[tuple[str, str], ...]
    silent: str
    withdrawn: str
    sha256: str
    common: str


def shown_hearings(at: AtCase, now: datetime) -> tuple[ShownHearing, ...]:
    """Every person's, in the order in which they were opened."""
    return tuple(_hearing(at, one, now) for one in hearings_of(at))


def _hearing(at: AtCase, hearing: Hearing, now: datetime) -> ShownHearing:
    stand = hearing.stand(now)
    return ShownHearing(
        id=hearing.id,
        who=name_of(at.case, hearing.opened.person_id),
        capacity=hearing.opened.capacity.value,
        stand=stand,
        tone=TONES.get(stand, ""),
        deadline=danish_date(Deadline.at(hearing.deadline).day),
        opened=danish_moment(hearing.opened_at),
        answers=tuple(_answer(at, hearing, answer) for answer in hearing.answers),
        time_asked=tuple(one.reason for one in hearing.more_time if one.given is None),
        talks=tuple(one.text for one in hearing.talks if one.held is None),
        talked=tuple((danish_date(t.held.on), t.held.text) for t in hearing.talks if t.held),
        silent=danish_moment(hearing.silent_at) if hearing.silent_at else "",
        withdrawn=hearing.withdrawn,
        sha256=hearing.opened.sha256,
        common=hearing.opened.common,
    )


def _answer(at: AtCase, hearing: Hearing, answer: Answer) -> ShownAnswer:
    document = document_of(at.case, answer.id)
    file = document.file if document else answer.scan
    return ShownAnswer(
        who=answered_by(at.case, hearing, answer),
        proof=proved_by(answer),
        received=danish_moment(answer.received),
        is_late=not hearing.is_in_time(answer),
        remarks=tuple(_remark(at, hearing, remark) for remark in answer.remarks),
        attachments=tuple(_attached(at, answer)) if answer.confirmed else (),
        document=address_of("files.file", case_id=at.view.id, file_id=file) if file else "",
    )


def _attached(at: AtCase, answer: Answer) -> Iterator[tuple[str, str]]:
    for file in answer.attachments:
        if file in at.case.documents:
            title = at.case.documents[file].document.title
            yield title, address_of("files.file", case_id=at.view.id, file_id=file)


def _remark(at: AtCase, hearing: Hearing, remark: RemarkMade) -> ShownRemark:
    is_closed = at.visit().id in at.case.hearings.closed
    address = "" if is_closed else hearing_url(at, "weigh", hearing=hearing.id, remark=remark.remark)
    return ShownRemark(title_of(remark.section, at.say), remark.text, hearing.weighed.get(remark.remark), address)
