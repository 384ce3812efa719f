"""A file that came in: what it is now, and what was changed on the way."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.intake.kinds import Kind


class Change(StrEnum):
    """What the gateway did to a file, in the sentence that the sender is told."""

    DRAWN_ANEW = "Billedet er gemt på ny, så skjulte oplysninger, fx hvor det er taget, er væk."
    TURNED = "Billedet er vendt rigtigt."
    AS_JPEG = "Billedet er gemt som JPEG, så alle kan åbne det."
    AS_PNG = "Billedet er gemt som PNG, så alle kan åbne det."
    METADATA_BLANKED = "Oplysninger om sted, telefon og andet skjult er fjernet fra videoen; billede og lyd er urørt."
    DEACTIVATED = "Programkode og handlinger er fjernet fra PDF-filen; teksten er urørt."
    UNLOCKED = "PDF-filens beskyttelse mod ændringer er fjernet, så den kan arkiveres."
    WRITTEN_ANEW = "PDF-filen er gemt på ny uden det, der lå skjult i den."
    POSITION_BLANKED = "Oplysninger om, hvor billederne i filen er taget, er fjernet."


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept.

    Attributes:
        kind: what it is now, which may be another kind than was sent.
        path: where it stands; the file that was checked has been replaced by it.
        size: bytes.
        original_name: exactly as sent. Data: seal it, never use it as a path, show it through `names.shown`.
        what_was_changed: told to the sender.
        virus_scanned: whether a scanner is configured, and so has found nothing.
    """

    kind: Kind
    path: Path
    size: int
    original_name: str
    what_was_changed: tuple[Change, ...]
    virus_scanned: bool

    @property
    def media_type(self) -> str:
        """As registered with IANA."""
        return self.kind.media_type

    @property
    def extension(self) -> str:
        """With its dot."""
        return f".{self.kind.value}"
