"""The finished documents of one fictional case, as they lie in its folder."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.documents.kinds import MANIFEST, PLAN, REPORT, REPORT_WORD, TOOL_WORD


@dataclass(frozen=True)
class Known:
    """A file that may be handed out, and how it is spoken of."""

    file_name: str
    media_type: str
    title: str
    program: str
    note: str


KNOWN = (
    Known(
        REPORT.file_name,
        REPORT.media_type,
        "Tilsynsrapport",
        "PDF",
        "Forseglet, med planen som bilag.",
    ),
    Known(REPORT_WORD.file_name, REPORT_WORD.media_type, "Tilsynsrapport", "Word", "Den samme rapport til at rette i."),
    Known(TOOL_WORD.file_name, TOOL_WORD.media_type, "Tilsynsredskab", "Word", "Alle svar, afsnit for afsnit."),
    Known(PLAN.file_name, PLAN.media_type, "Tids- og faseplan", "Excel", "Mål, status og udvikling."),
    Known(MANIFEST, "application/json", "Manifest", "JSON", "Hvad hver fil er kontrolleret for."),
)


@dataclass(frozen=True)
class Shelved:
    """One finished file; `size` is in bytes."""

    known: Known
    size: int

    @property
    def size_in_words(self) -> str:
        """The size as a Dane writes it."""
        return f"{self.size / 1e6:.1f} MB".replace(".", ",") if self.size >= 1e6 else f"{self.size / 1e3:.0f} KB"


@dataclass(frozen=True)
class Shelf:
    """All files of one case."""

    pdf: Path
    made_at: datetime
    files: tuple[Shelved, ...]


def shelf_in(folder: Path) -> Shelf | None:
    """What lies in a folder; None unless every file does, for the manifest comes last and goes first."""
    try:
        made_at = (folder / MANIFEST).stat().st_mtime
        files = tuple(Shelved(known, (folder / known.file_name).stat().st_size) for known in KNOWN)
    except FileNotFoundError:
        return None
    return Shelf(folder / REPORT.file_name, datetime.fromtimestamp(made_at, UTC), files)


def known_file(name: str) -> Known | None:
    """The file of this name, if it is one that may be handed out."""
    return next((known for known in KNOWN if known.file_name == name), None)
