"""An agreement that people sign, from the case as it is kept, and each signature as a revision of the sealed file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.cases.record.case import Case
from pipeline.documents.contents.agreement_words import ToSign, agreement_document
from pipeline.documents.hearing_documents import paper_for
from pipeline.documents.letters import newest_letter
from pipeline.documents.render import Workshop
from pipeline.documents.seal.places import place_of_signer
from pipeline.documents.sealed_letter import Letter, SealedLetter, sealed_letter
from pipeline.tool.load import load_tool

AGREEMENT = "aftale"


@dataclass(frozen=True)
class Confirmation:
    """A signature that the municipality confirms with its seal.

    Attributes:
        place: of the signer in the file.
        reason: who signed, and how they had proved who they were.
        is_last: nobody else is to sign.
    """

    place: str
    reason: str
    is_last: bool


def places(count: int) -> tuple[str, ...]:
    """The places of so many signers."""
    return tuple(place_of_signer(number) for number in range(1, count + 1))


def agreement_to_sign(case: Case, to_sign: ToSign, day: date, workshop: Workshop, private: Path) -> SealedLetter:
    """The agreement, sealed, with an empty place for each signature.

    Args:
        case: with the agreements in it.
        to_sign: what it is made of.
        day: the day that it bears.
        workshop: the machines.
        private: a folder that only this program may enter.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    visit, template = case.visits[to_sign.visit], newest_letter(AGREEMENT)
    tool = load_tool(visit.edition, workshop.editions)
    paper = paper_for(case, visit, tool, template, day)
    kept_for = tuple(one.place for one in to_sign.signers)
    document = agreement_document(case, to_sign, paper)
    letter = Letter(template, tool, document, paper, day, "Kommunens segl på en aftale", places=kept_for)
    return sealed_letter(letter, workshop, private)


def with_signature(pdf: bytes, confirmation: Confirmation, workshop: Workshop, private: Path) -> bytes:
    """The file with one more signature; what was there before stays byte for byte.

    Raises:
        StepFailed: the place is taken, or the time stamp service does not answer; there is no signature then.
    """
    with TemporaryDirectory(dir=private) as scratch:
        before, signed = Path(scratch) / "a.pdf", Path(scratch) / "b.pdf"
        before.write_bytes(pdf)
        workshop.sealer.sign(
            before, signed, place=confirmation.place, reason=confirmation.reason, is_last=confirmation.is_last
        )
        return signed.read_bytes()
