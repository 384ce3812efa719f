"""A report goes out in hearing: made, sealed, kept for those who are heard, and a hearing opened for each of them."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from pipeline.cases.hearing.events import Capacity, ChildNotHeard, HearingOpened
from pipeline.cases.hearing.variants import WHOLE, Variant, withheld_places
from pipeline.cases.hearing.who import ToHear, may_read
from pipeline.cases.notice.nudges import nudges
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import Act
from pipeline.cases.record.protected import protected_text_found
from pipeline.cases.record.to_answers import to_answers
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.hearing_letter import SentReport
from pipeline.documents.contents.shared_content import digest_of, shared_content
from pipeline.documents.heard_report import heard_report
from pipeline.documents.hearing_documents import CHILD, LETTER, LetterOrder, sealed_hearing_letter
from pipeline.documents.kinds import PDF, REPORT
from pipeline.documents.render import Workshop
from pipeline.documents.visit_report import VisitReport, report_of
from pipeline.errors import AnswersError
from pipeline.journey.sending import is_child, to_send
from pipeline.store.clock import new_id
from pipeline.store.files import MadeFile, NewDocument
from webforms.caseworkers.at_case import AtCase

OPEN = "hearing.open"


@dataclass(frozen=True)
class Opening:
    """What the caseworker has decided.

    Attributes:
        heard: whom to hear.
        child_reason: why the child is not heard; empty where it is, or where the case has no child.
        leaves_out: whether what somebody is protected for is left out of the others' reports.
    """

    heard: Sequence[ToHear]
    deadline: Deadline
    child_reason: str
    leaves_out: bool = False


@dataclass(frozen=True)
class _Sent:
    """A document that has been made and not kept yet, and whose it is; nobody's: the municipality keeps it."""

    content: bytes
    document: NewDocument
    to: Sequence[ToHear]


@dataclass(frozen=True)
class _Report:
    """A report for those who read the same of it."""

    variant: Variant
    made: VisitReport
    to: Sequence[ToHear]


def open_hearings(at: AtCase, visit: Visit, opening: Opening) -> None:
    """Make the report and the letters, keep them and open the hearings: all of it in one transaction.

    Whoever has an open hearing already keeps it, so a double click opens none.

    Raises:
        TilsynError: a document could not be made, or nothing could be written.
    """
    services, revision = at.services, at.case.revision
    title = at.say("hearing.report_title", number=visit.number)
    with services.machines.at_work() as workshop:
        shared, variants = _variants(at, visit, opening)
        reports = [_Report(v, _report(at, visit, v, workshop), to) for v, to in variants.items()]
        made = [_Sent(one.made.pdf, _document(at, visit, REPORT.key, title, one.to), one.to) for one in reports]
        for report in reports:
            sent = SentReport(title, report.made.sha256, opening.deadline, report.variant.common)
            made += [_letter(at, visit, one, sent, workshop) for one in report.to]
    if shared:
        made.append(_Sent(shared, _kept_shared(at, visit), ()))
    with ExitStack() as stack:
        kept = [_on_disk(at, one, stack) for one in made]
        change = stack.enter_context(services.store.cases.change(at.view.id, at.view.actor, OPEN))
        for file, _ in kept:
            file.tell(change, at.view.actor)
        opened: list[HearingOpened] = []
        for report, (file, _) in zip(reports, kept, strict=False):  # the reports come first
            like = HearingOpened("", visit.id, "", opening.deadline.instant, file.id, report.made.sha256, revision)
            opened += _hearings(change.case, report.to, replace(like, common=report.variant.common))
        events = [*opened, *_child(opening, visit), *_deliveries(visit, opening, kept)]
        change.add([*events, *_nudges(change.case, opened, at.today)], at.view.actor)


def _variants(at: AtCase, visit: Visit, opening: Opening) -> tuple[bytes, dict[Variant, list[ToHear]]]:
    """Who reads which variant, and what they all share; one variant and nothing to share where nothing is left out."""
    answers = to_answers(at.case, visit.id, at.today, root=at.services.editions)
    hidden = {one.person.id: withheld_places(at.case, answers, one.person.id) for one in opening.heard}
    if not opening.leaves_out or not any(hidden.values()):
        return b"", {WHOLE: list(opening.heard)}
    shared = shared_content(heard_report(at.case, visit.id, at.today, at.services.editions, reader=""))
    variants: dict[Variant, list[ToHear]] = {}
    for one in opening.heard:
        variants.setdefault(Variant(hidden[one.person.id], digest_of(shared)), []).append(one)
    return shared, variants


def _report(at: AtCase, visit: Visit, variant: Variant, workshop: Workshop) -> VisitReport:
    return report_of(at.case, visit.id, workshop, at.today, at.services.private, variant=variant)


def _kept_shared(at: AtCase, visit: Visit) -> NewDocument:
    """What the digest stands for, for the municipality alone."""
    return NewDocument(
        kind="faelles_indhold",
        title=at.say("hearing.shared_title", number=visit.number),
        original_name="faelles_indhold.json",
        media_type="application/json",
        visit=visit.id,
        dated=at.today,
    )


def _letter(at: AtCase, visit: Visit, one: ToHear, report: SentReport, workshop: Workshop) -> _Sent:
    kind = CHILD if is_child(one) else LETTER
    order = LetterOrder(at.case, visit.id, one.person.id, one.capacity, report, at.today)
    made = sealed_hearing_letter(order, workshop, at.services.private)
    return _Sent(made.pdf, _document(at, visit, kind, at.say(f"hearing.{kind}_title"), (one,)), (one,))


def _document(at: AtCase, visit: Visit, kind: str, title: str, heard: Sequence[ToHear]) -> NewDocument:
    readers = {reader for one in heard for reader in may_read(at.case, one.person.id, at.today, Act.HEARING)}
    if kind == CHILD:  # parents may help with the sheet; the report itself is for those who are heard
        readers |= {s.person_id for s in at.case.standings_on(at.today) if s.place.is_parent}
    return NewDocument(
        kind=kind,
        title=title,
        original_name=f"{kind}.pdf",
        media_type=PDF,
        visit=visit.id,
        dated=at.today,
        seen_by=tuple(sorted(readers)),
    )


def _on_disk(at: AtCase, one: _Sent, stack: ExitStack) -> tuple[MadeFile, _Sent]:
    file = stack.enter_context(at.services.store.files.making(at.view.id, io.BytesIO(one.content), one.document))
    return file, one


def _deliveries(visit: Visit, opening: Opening, kept: Sequence[tuple[MadeFile, _Sent]]) -> Iterator[Event]:
    """Report and letter go to everybody who is heard, but for the child: it is heard, never served."""
    for one in opening.heard:
        if not is_child(one):
            files = (file for file, sent in kept if one in sent.to)
            yield from (to_send(visit.id, file.id, one.person.id, reads_here=one.reads_here) for file in files)


def _hearings(case: Case, heard: Sequence[ToHear], like: HearingOpened) -> Iterator[HearingOpened]:
    known = {one.opened.person_id for one in case.hearings.of_visit(like.visit) if not one.withdrawn}
    for one in heard:
        if one.person.id not in known:
            yield replace(like, hearing=new_id(), person_id=one.person.id, capacity=one.capacity)


def _nudges(case: Case, opened: Sequence[HearingOpened], day: date) -> Iterator[Event]:
    """Who is heard and wants a mail is told that there is something new; the child is never written to."""
    for one in opened:
        if one.capacity is not Capacity.CHILD:
            yield from nudges(case, [one.person_id], f"hoering-{one.hearing}", day)


def _child(opening: Opening, visit: Visit) -> Iterator[Event]:
    if opening.child_reason:
        yield ChildNotHeard(visit.id, opening.child_reason)


def is_heard(visit: Visit, case: Case) -> bool:
    """Whether a report of the visit is in hearing now, or has been heard."""
    return any(not one.withdrawn for one in case.hearings.of_visit(visit.id))


def protected_places(at: AtCase, visit: Visit, day: date) -> tuple[str, ...]:
    """Where free text of the report tells a protected person's address, phone number or e-mail, in words."""
    try:
        found = protected_text_found(at.case, to_answers(at.case, visit.id, day, root=at.services.editions))
    except AnswersError:
        return ()  # there is no report yet, and what it lacks is told beside this
    tool = at.services.tool(visit.edition)
    places = []
    for one in found:
        field = tool.find(one.place)
        part, _, _ = one.place.partition("/")
        label = (field.heading or field.label) if field else at.say(f"hearing.open.place_{part}")
        person = at.case.people[one.person_id]
        places.append(at.say("hearing.open.place", what=one.what, name=person.name, place=label))
    return tuple(dict.fromkeys(places))
