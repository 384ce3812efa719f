"""What a document says of itself: its facts, its claims, and the XMP packet and information dictionary they become."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

_CREATOR, _PRODUCER = "Hjemmetilsyn", "LibreOffice og pikepdf"


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


def information(facts: DocumentFacts) -> dict[str, str]:
    """The information dictionary (ISO 32000-1, 14.3.3); it says the same as the packet."""
    day = pdf_date(facts.created)
    return {
        "/Title": facts.title,
        "/Subject": facts.subject,
        "/Author": facts.author,
        "/Creator": _CREATOR,
        "/Producer": _PRODUCER,
        "/CreationDate": day,
        "/ModDate": day,
    }


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


def metadata_packet(facts: DocumentFacts, claim: Claim) -> bytes:
    """XMP of our own making: PDF/A level A, PDF/UA-1, and the extension schema that PDF/A wants for the latter.

    LibreOffice claims level B and (before 25.2) forgets the schema (PDF/A-3 6.6.2.3.1).
    """
    archived = claim is not Claim.ACCESSIBLE_ONLY
    stamp = facts.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
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
   <xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool>
   <xmp:CreateDate>{stamp}</xmp:CreateDate>
   <xmp:ModifyDate>{stamp}</xmp:ModifyDate>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>{_PRODUCER}</pdf:Producer>
  </rdf:Description>{_EXTENSION_SCHEMA if archived else ""}
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()


def shortest_packet(facts: DocumentFacts) -> bytes:
    """As much of the packet as PDF/UA-1 has rules for; the rest keeps a validator busy for as long as ten pages."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(facts.title)}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def pdf_date(moment: datetime) -> str:
    """A moment in UTC as PDF writes it (ISO 32000-1, 7.9.4)."""
    return moment.strftime("D:%Y%m%d%H%M%S") + "Z"


def _xml(text: str) -> str:
    return re.sub("[&<>]", lambda m: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[m.group()], text)
