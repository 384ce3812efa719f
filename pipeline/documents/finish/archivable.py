"""Makes LibreOffice's tagged PDF/A-3b a PDF/A-3a or PDF/A-2a and PDF/UA-1, with associated files."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from pipeline.documents.finish.srgb_profile import srgb_profile
from pipeline.documents.finish.unicode_maps import complete_unicode_maps
from pipeline.errors import StepFailed


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


@dataclass(frozen=True)
class DocumentFacts:
    """What the file says of itself; the same words as in the Word document's properties."""

    title: str
    subject: str
    author: str
    created: datetime
    language: str = "da-DK"


class Claim(Enum):
    """What a file says that it is, always together with PDF/UA-1; the value is the part of PDF/A, 0 for none of it."""

    PDF_A_3A = 3
    PDF_A_2A = 2
    ACCESSIBLE_ONLY = 0
    """A form to fill in: PDF/A wants its looks fixed (ISO 19005-2 6.4.1), filling changes them."""


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
    try:
        with pikepdf.open(converted) as pdf:
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
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
            )
    except pikepdf.PdfError as error:
        raise StepFailed("PDF-filen fra LibreOffice kunne ikke læses. Prøv igen.") from error


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
    day = String(_pdf_date(facts.created))
    info.Title, info.Subject, info.Author = String(facts.title), String(facts.subject), String(facts.author)
    info.Creator, info.Producer = String("Hjemmetilsyn"), String("LibreOffice og pikepdf")
    info.CreationDate, info.ModDate = day, day


_EXTENSION_SCHEMA = """
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>"""


def _archive_part(claim: Claim) -> str:
    return f"""
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>{claim.value}</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
  </rdf:Description>"""


def _claim(pdf: Pdf, facts: DocumentFacts, claim: Claim) -> None:
    """Metadata of our own making: PDF/A level A, PDF/UA-1, and the extension schema that PDF/A wants for the latter.

    LibreOffice claims level B and (before 25.2) forgets the schema (PDF/A-3 6.6.2.3.1).
    """
    archived = claim is not Claim.ACCESSIBLE_ONLY
    stamp = facts.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{_archive_part(claim) if archived else ""}
  <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(facts.title)}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{_xml(facts.subject)}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>{_xml(facts.author)}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{facts.language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>Hjemmetilsyn</xmp:CreatorTool>
   <xmp:CreateDate>{stamp}</xmp:CreateDate>
   <xmp:ModifyDate>{stamp}</xmp:ModifyDate>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>LibreOffice og pikepdf</pdf:Producer>
  </rdf:Description>{_EXTENSION_SCHEMA if archived else ""}
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
    metadata = Stream(pdf, packet.encode())
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
            creation_date=_pdf_date(created),
            mod_date=_pdf_date(created),
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


def _pdf_date(moment: datetime) -> str:
    return moment.strftime("D:%Y%m%d%H%M%S") + "Z"


def _xml(text: str) -> str:
    return re.sub("[&<>]", lambda m: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[m.group()], text)
