"""The kinds of file that a case becomes, and the profile that holds for each."""

from dataclasses import dataclass

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


@dataclass(frozen=True)
class DocumentKind:
    """One kind of file.

    Attributes:
        profiles: what a file of this kind must be; each is checked when it is made.
    """

    key: str
    file_name: str
    media_type: str
    profiles: tuple[str, ...]


TOOL_WORD = DocumentKind("tilsynsredskab", "tilsynsredskab.docx", DOCX, ("Office Open XML",))
REPORT_WORD = DocumentKind("tilsynsrapport_word", "tilsynsrapport.docx", DOCX, ("Office Open XML",))
REPORT = DocumentKind("tilsynsrapport", "tilsynsrapport.pdf", PDF, ("PDF/A-3a", "PDF/UA-1", "PAdES B-LT"))
PLAN = DocumentKind("tids_og_faseplan", "tids-og-faseplan.xlsx", XLSX, ("Office Open XML",))
MANIFEST = "manifest.json"
