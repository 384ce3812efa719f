"""What an agreement that people sign says: what was agreed, who sees to it and when, and who is to sign."""

from dataclasses import dataclass

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.signing.events import Signer
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.words import Line, Paper

_OPEN_DAY = "Ingen dag aftalt"


@dataclass(frozen=True)
class Point:
    """One thing that was agreed."""

    what: str
    who: str
    by_day: str


@dataclass(frozen=True)
class AgreementDocument:
    """The slots of `aftale`.

    Attributes:
        points: what was agreed.
        signers: who is to sign: name, and whether it is needed.
        order: whether the signatures come one after the other.
        deadline: the last day to sign.
    """

    paper: Paper
    points: tuple[Point, ...]
    signers: tuple[Line, ...]
    order: str
    deadline: str


@dataclass(frozen=True)
class ToSign:
    """What a document for signing is made of.

    Attributes:
        visit: id of the visit it was agreed at.
        agreements: ids of what was agreed, in the order of the document.
    """

    visit: str
    agreements: tuple[str, ...]
    signers: tuple[Signer, ...]
    in_order: bool
    deadline: Deadline


def agreement_points(case: Case, agreements: tuple[str, ...]) -> tuple[Point, ...]:
    """What was agreed, in words."""
    agreed = [case.agreements[one].agreed for one in agreements]
    return tuple(
        Point(one.what, one.who or "Ikke aftalt", danish_date(one.by_day) if one.by_day else _OPEN_DAY)
        for one in agreed
    )


def agreement_document(case: Case, to_sign: ToSign, paper: Paper) -> AgreementDocument:
    """An agreement as a document."""
    return AgreementDocument(
        paper=paper,
        points=agreement_points(case, to_sign.agreements),
        signers=tuple(Line(name_of(case, one.person_id), _needed(one)) for one in to_sign.signers),
        order=_order(to_sign),
        deadline=danish_date(to_sign.deadline.day),
    )


def _needed(signer: Signer) -> str:
    return (
        "Må gerne skrive under. Aftalen gælder også uden." if signer.optional else "Skal skrive under, før den gælder."
    )


def _order(to_sign: ToSign) -> str:
    if len(to_sign.signers) == 1:
        return ""
    if to_sign.in_order:
        return "Der skrives under i den rækkefølge, navnene står i."
    return "Der skrives under i den rækkefølge, det passer."
