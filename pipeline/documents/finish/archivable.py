"""Makes LibreOffice's tagged PDF/A-3b a PDF/A-3a or PDF/A-2a and PDF/UA-1, with associated files."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from pipeline.documents.finish.layout_attributes import without_layout_attributes
from pipeline.documents.finish.metadata import Claim, DocumentFacts, information, metadata_packet, pdf_date
from pipeline.documents.finish.srgb_profile import srgb_profile
from pipeline.documents.finish.unicode_maps import complete_unicode_maps
from pipeline.errors import StepFailed

_STATIC = b"31415926535897932384626433832795"
"""What qpdf writes where it is to make no identifier of its own (`static_id`)."""
_IDENTIFIER = b"/ID [<%b><%b>]" % (_STATIC, _STATIC)  # ISO 32000-1, 14.4

__all__ = ["Attachment", "Claim", "DocumentFacts", "accessible", "make_archivable"]


@dataclass(frozen=True)
class Attachment:
    """A file to embed as an associated file (PDF/A-3 6.8).

    Attributes:
        relationship: how it relates to the document (ISO 19005-3 annex E), e.g. “Source”.
        described: what it is, in Danish, for the reader's list of attachments.
    """

    path: Path
    name: str
    media_type: str
    described: str
    relationship: str = "Source"


def make_archivable(
    converted: Path,
    finished: Path,
    facts: DocumentFacts,
    attachments: Sequence[Attachment],
    claim: Claim = Claim.PDF_A_3A,
) -> None:
    """Write the archivable form of a converted document.

    The result depends only on the input: no time of day, no random identifier.

    Raises:
        StepFailed: the converted file is not the tagged PDF that the export promises.
    """
    with accessible(converted, finished, facts, claim) as pdf:
        _attach(pdf, attachments, facts.created)


@contextmanager
def accessible(converted: Path, finished: Path, facts: DocumentFacts, claim: Claim) -> Iterator[Pdf]:
    """The converted document with what PDF/UA-1 asks for, to be added to; written where the with-block ends well.

    Raises:
        StepFailed: the converted file is not the tagged PDF that the export promises.
    """
    lighter = finished.with_suffix(".lettere")
    lighter.write_bytes(without_layout_attributes(converted.read_bytes()))
    try:
        with pikepdf.open(lighter) as pdf:
            _refuse_untagged(pdf)
            _describe(pdf, facts)
            _claim(pdf, facts, claim)
            for page in pdf.pages:
                page.obj.Tabs = Name.S  # PDF/UA-1 7.18.3: tab order follows structure, also once a seal is there
            complete_unicode_maps(pdf)
            _forget_the_moment(pdf)
            yield pdf
            _mend_stream_ends(pdf)
            pdf.save(
                finished,
                static_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
                fix_metadata_version=False,  # it would write the packet anew, in words of its own
            )
            _identify(finished)
    except pikepdf.PdfError as error:
        raise StepFailed("PDF-filen fra LibreOffice kunne ikke læses. Prøv igen.") from error
    finally:
        lighter.unlink()


def _identify(file: Path) -> None:
    """Give a file an identifier that follows from its bytes; qpdf's own way takes a fifth of the time of writing it."""
    content = file.read_bytes()
    at = content.rindex(_IDENTIFIER)
    identifier = hashlib.sha256(content).hexdigest()[: len(_STATIC)].encode()
    with file.open("r+b") as written:
        written.seek(at)
        written.write(_IDENTIFIER.replace(_STATIC, identifier))


def _refuse_untagged(pdf: Pdf) -> None:
    marked = pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False)
    if not marked or "/StructTreeRoot" not in pdf.Root:
        raise StepFailed("PDF-filen fra LibreOffice mangler mærker til oplæsning. Kontakt drift.", permanent=True)


def _forget_the_moment(pdf: Pdf) -> None:
    """Take out what LibreOffice dates or draws by lot: identifiers, and a colour profile made at the time of export.

    The small profile in its place describes the same colours; readers need seconds less for a page.
    """
    for key in ("/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for intent in pdf.Root.get("/OutputIntents", Array()):
        intent.DestOutputProfile.write(srgb_profile())


def _describe(pdf: Pdf, facts: DocumentFacts) -> None:
    """Title in the window bar (PDF/UA-1 7.1), language, and an information dictionary equal to the metadata."""
    pdf.Root.Lang = String(facts.language)
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences.DisplayDocTitle = True
    pdf.Root.ViewerPreferences = preferences
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    for key, value in information(facts).items():
        info[key] = String(value)


def _claim(pdf: Pdf, facts: DocumentFacts, claim: Claim) -> None:
    metadata = Stream(pdf, metadata_packet(facts, claim))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)


def _attach(pdf: Pdf, attachments: Sequence[Attachment], created: datetime) -> None:
    """Embed each file byte for byte, listed by name and associated with the whole document (PDF/A-3 6.8)."""
    associated = []
    for attachment in attachments:
        content = attachment.path.read_bytes()
        spec = AttachedFileSpec(
            pdf,
            content,
            filename=attachment.name,
            description=attachment.described,
            mime_type=attachment.media_type,
            creation_date=pdf_date(created),
            mod_date=pdf_date(created),
        )
        pdf.attachments[attachment.name] = spec
        embedded = pdf.attachments[attachment.name].obj
        embedded.AFRelationship = Name(f"/{attachment.relationship}")
        embedded.EF.F.Params.CheckSum = String(hashlib.md5(content, usedforsecurity=False).digest())
        associated.append(embedded)
    if associated:
        pdf.Root.AF = Array(associated)


def _mend_stream_ends(pdf: Pdf) -> None:
    """A stream whose data ends in CR stands before the LF of `endstream` as if the line end were CR LF.

    Readers then disagree on its length (PDF/A-3 6.1.7.1); such a stream is written in ASCII85.
    """
    for stream in pdf.objects:
        if isinstance(stream, Stream) and (raw := stream.read_raw_bytes()).endswith(b"\r"):
            filters = stream.get("/Filter", Array())
            parameters = stream.get("/DecodeParms")
            earlier = list(filters) if isinstance(filters, Array) else [filters]
            stream.write(
                base64.a85encode(raw, wrapcol=120) + b"~>",
                filter=Array([Name.ASCII85Decode, *earlier]),
                decode_parms=Array([None, parameters]) if parameters is not None else None,
            )
