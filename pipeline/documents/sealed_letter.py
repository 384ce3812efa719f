"""From what a letter says to its sealed PDF/A-3a and PDF/UA-1: merge, convert, finish, judge, seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.documents.contents.words import Paper
from pipeline.documents.finish.archivable import Attachment, DocumentFacts, make_archivable
from pipeline.documents.finish.validated import require_report_profiles
from pipeline.documents.legible import undrawable, with_codes
from pipeline.documents.render import Workshop
from pipeline.documents.word_template import WordTemplate
from pipeline.tool.definition import Tool


@dataclass(frozen=True)
class SealedLetter:
    """A sealed PDF and its SHA-256, hexadecimal."""

    pdf: bytes
    sha256: str


@dataclass(frozen=True)
class Letter:
    """What is to be sealed.

    Attributes:
        document: a shape of `pipeline.documents.contents` that goes with the template.
        dated: the day that the file's properties name.
        reason: what the seal says it is for.
        attached: name, media type, bytes and description in Danish of files to embed.
        places: names of the places that are kept for later signatures.
    """

    template: WordTemplate
    tool: Tool
    document: Any
    paper: Paper
    dated: date
    reason: str
    attached: Sequence[tuple[str, str, bytes, str]] = ()
    places: Sequence[str] = ()


def sealed_letter(letter: Letter, workshop: Workshop, private: Path) -> SealedLetter:
    """Make and seal a letter.

    Args:
        letter: what is to be sealed.
        workshop: the machines, the seal among them.
        private: a folder that only this program may enter; nothing stays in it.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    with TemporaryDirectory(dir=private) as scratch:
        folder = Path(scratch)
        word, converted, finished, sealed = (folder / name for name in ("brev.docx", "a.pdf", "b.pdf", "brev.pdf"))
        drawable = with_codes(letter.document, undrawable(letter.document))
        word.write_bytes(workshop.merger.merge(letter.template, letter.tool, drawable))
        workshop.converter.to_pdf(word, converted)
        make_archivable(converted, finished, _facts(letter), _on_disk(letter, folder))
        require_report_profiles(finished)
        if letter.places:
            workshop.sealer.seal_for_signers(finished, sealed, reason=letter.reason, places=letter.places)
        else:
            workshop.sealer.seal(finished, sealed, reason=letter.reason)
        pdf = sealed.read_bytes()
    return SealedLetter(pdf, sha256(pdf).hexdigest())


def _facts(letter: Letter) -> DocumentFacts:
    paper = letter.paper
    created = datetime.combine(letter.dated, time(12), tzinfo=UTC)
    return DocumentFacts(paper.title, paper.subject, paper.municipality, created)


def _on_disk(letter: Letter, folder: Path) -> list[Attachment]:
    found: list[Attachment] = []
    for name, media_type, content, described in letter.attached:
        path = folder / f"bilag-{len(found)}"
        path.write_bytes(content)
        found.append(Attachment(path, name, media_type, described))
    return found
