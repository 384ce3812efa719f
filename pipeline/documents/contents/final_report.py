"""What the final report (endelig rapport) says beside the report: what was heard, answered and changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.state import Hearing, Stand
from pipeline.cases.hearing.withheld import readable_by_all, reason_for_all
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.word_changes import Change, Segment, segments
from pipeline.danish import danish_day, danish_moment
from pipeline.documents.contents.hearing_words import answered_by, deadline_day, proved_by, remark_block, spoken_by
from pipeline.documents.contents.report import ReportDocument
from pipeline.documents.contents.shared_content import NAMED
from pipeline.documents.contents.words import Block, Goals, Line, Said

_STANDS = {
    Stand.REMARKS: "Har svaret med bemærkninger.",
    Stand.NO_REMARKS: "Har svaret, at der ingen bemærkninger er.",
    Stand.LATE: "Svaret kom efter fristen.",
    Stand.SILENT: "Har ikke svaret inden fristen.",
    Stand.OPEN: "Fristen er ikke gået endnu.",
    Stand.WITHDRAWN: "Høringen er trukket tilbage.",
}
_CAPACITIES = {
    Capacity.PARTY: "forældremyndighed",
    Capacity.TRAINING_PARENT: "træner barnet",
    Capacity.CHILD: "barnet",
}
NOT_WEIGHED = "Kommet efter fristen. Kommunen har ikke taget stilling til den."


@dataclass(frozen=True)
class WeighedRemark:
    """A remark with the municipality's answer."""

    title: str
    text: str
    told: str
    decision: str
    reason: str


@dataclass(frozen=True)
class HeardPerson:
    """Somebody who was heard: what came, when, how it was proved, and each remark with its answer."""

    who: str
    came: str
    proof: tuple[Line, ...]
    remarks: tuple[WeighedRemark, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of words; what differs from the other version stands in `marked`."""

    plain: str
    marked: str


@dataclass(frozen=True)
class Changed:
    """A field whose words are others than in the heard version; both are told in full, what differs is marked."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class FinalReport(ReportDocument):
    """The slots of `endelig_rapport`: those of the report, and these.

    Attributes:
        heard: which version was heard: when, and its SHA-256.
        people: everybody who was heard.
        child_not_heard: why the child was not, or empty.
        changes: what is otherwise than in the heard version; empty where nothing is.
        unchanged: words that say so, or empty.
    """

    heard: tuple[Line, ...]
    people: tuple[HeardPerson, ...]
    child_not_heard: str
    changes: tuple[Changed, ...]
    unchanged: str


def final_report(
    case: Case, visit: str, heard: ReportDocument, now: ReportDocument, drawn: Collection[str]
) -> FinalReport:
    """The final report.

    Args:
        case: with the closed weighing.
        visit: the visit.
        heard: the report as it was heard.
        now: the report as it is now.
        drawn: keys of the fields that tell what happened after the visit; they always differ, and are no change.
    """
    hearings = tuple(one for one in case.hearings.of_visit(visit) if not one.withdrawn)
    changes = tuple(_changes(heard, now, drawn))
    closed_at, _ = case.hearings.closed[visit]
    attributes: dict[str, Any] = {field.name: getattr(now, field.name) for field in fields(ReportDocument)}
    return FinalReport(
        **attributes,
        heard=tuple(_heard(case, hearings)),
        people=tuple(_person(case, one, one.stand(closed_at)) for one in hearings),
        child_not_heard=reason_for_all(case, case.hearings.child_not_heard.get(visit, "")),
        changes=changes,
        unchanged="" if changes else "Rapportens ord er de samme som i den udgave, der blev sendt i høring.",
    )


def _heard(case: Case, hearings: tuple[Hearing, ...]) -> Iterator[Line]:
    for sha256 in dict.fromkeys(one.opened.sha256 for one in hearings):
        of_version = [one for one in hearings if one.opened.sha256 == sha256]
        names = "\n".join(name_of(case, one.opened.person_id) for one in of_version)
        yield Line("Hørt udgave", f"Tilsynsrapporten, som blev sendt i høring {danish_moment(of_version[0].opened_at)}")
        yield Line("Udgavens SHA-256", sha256)
        if common := of_version[0].opened.common:
            yield Line(NAMED, common)
        yield Line("Sendt til", names)
    yield Line("Bilag", "Den hørte udgave og de høringssvar, som alle må læse, er lagt ind i denne fil, som de er.")


def _person(case: Case, hearing: Hearing, stand: Stand) -> HeardPerson:
    return HeardPerson(
        who=_who(case, hearing),
        came=f"{_STANDS[stand]} Frist: til og med {deadline_day(hearing)}.",
        proof=tuple(
            Line(
                f"Svar {number}",
                f"{answered_by(case, hearing, answer)}. Modtaget {danish_moment(answer.received)}. {proved_by(answer)}",
            )
            for number, answer in enumerate(hearing.answers, start=1)
        ),
        remarks=tuple(_remarks(case, hearing)),
    )


def _who(case: Case, hearing: Hearing) -> str:
    """Name and capacity; a child whose title is “barnet” is not called so twice."""
    name, capacity = name_of(case, hearing.opened.person_id), _CAPACITIES[hearing.opened.capacity]
    return name if name.endswith(f", {capacity}") else f"{name} ({capacity})"


def _remarks(case: Case, hearing: Hearing) -> Iterator[WeighedRemark]:
    for answer in hearing.answers:
        spoken = spoken_by(case, hearing, answer)
        for remark in answer.remarks:
            block, weighing = remark_block(remark, spoken), hearing.weighed.get(remark.remark)
            text = readable_by_all(case, block.text)
            if weighing is None:
                yield WeighedRemark(block.title, text, block.told, "Ikke vurderet", NOT_WEIGHED)
                continue
            decision = "Taget med" if weighing.taken_in else "Ikke taget med"
            who = f"{decision} ({name_of(case, weighing.by)}, {danish_day(weighing.at)})"
            yield WeighedRemark(block.title, text, block.told, who, readable_by_all(case, weighing.reason))


def _changes(heard: ReportDocument, now: ReportDocument, drawn: Collection[str]) -> Iterator[Changed]:
    pairs = [(b.label, _words(heard.field.get(key)), _words(b)) for key, b in now.field.items() if key not in drawn]
    pairs.append((now.goals.label, _goal_words(heard.goals), _goal_words(now.goals)))
    for label, before, after in pairs:
        if before != after:
            found = segments(before, after)
            yield Changed(label, _pieces(found, Change.REMOVED), _pieces(found, Change.ADDED))


def _pieces(found: Sequence[Segment], marked: Change) -> tuple[Piece, ...]:
    kept = (one for one in found if one.change in (Change.SAME, marked))
    return tuple(Piece("", one.text) if one.change is marked else Piece(one.text, "") for one in kept)


def _goal_words(goals: Goals) -> str:
    return "\n\n".join(
        "\n".join(
            [goal.wording, *(f"{_said(one)} ({_name(one)})" for one in (*goal.focus, *goal.attainment, *goal.next))]
        )
        for goal in goals.rows
    )


def _words(block: Block | None) -> str:
    if block is None:
        return ""
    rows = [" | ".join((row.first, row.second, row.third, row.fourth)).rstrip(" |") for row in block.rows]
    said = (_said(one) if len(block.said) == 1 else f"{_said(one)} ({_name(one)})" for one in block.said)
    return "\n".join([*said, *rows])


def _said(said: Said) -> str:
    return ". ".join(part for part in (said.choice, said.text) if part)


def _name(said: Said) -> str:
    """Whose words they are, without the day: that it was written again is no change of what it says."""
    return said.who.rpartition(", ")[0] or said.who
