"""Which files may come in, how large they may be, and the Danish words for it; the only place that says so."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.media_types import ENDINGS

MEGABYTE = 1024**2
MEGAPIXEL = 1_000_000


class Kind(StrEnum):
    """A kind of file that may come in; the value is its usual extension."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"

    @property
    def media_type(self) -> str:
        """As registered with IANA."""
        return _MEDIA_TYPES[self.value]

    @property
    def limits(self) -> "Limits":
        """How much a file of this kind may be."""
        return next(group.limits for group in GROUPS if self in group.kinds)


@dataclass(frozen=True)
class Limits:
    """How much one file may be; 0 where it does not apply.

    Attributes:
        file_bytes: the file as it is sent.
        pixels: of a picture.
        seconds: of a video.
        pages: of a PDF.
    """

    file_bytes: int
    pixels: int = 0
    seconds: int = 0
    pages: int = 0


@dataclass(frozen=True)
class Group:
    """Kinds that share a name and limits.

    Attributes:
        words: as a list on the page begins.
        advice: what to do with a larger one, for refusals.
    """

    words: str
    kinds: tuple[Kind, ...]
    limits: Limits
    advice: str


_SMALLER_PICTURE = "Send det i en mindre størrelse, eller tag det igen med lavere opløsning"
_SMALLER_OFFICE = "Gør billederne i den mindre, eller del den i flere filer"

GROUPS = (
    Group(
        "Fotos (JPEG, PNG, HEIC)",
        (Kind.JPEG, Kind.PNG, Kind.HEIC),
        Limits(25 * MEGABYTE, 50 * MEGAPIXEL),
        _SMALLER_PICTURE,
    ),
    # A decoder of WEBP holds the whole picture three times; 25 megapixels are what fits into the child's memory.
    Group("Billeder som WEBP", (Kind.WEBP,), Limits(25 * MEGABYTE, 25 * MEGAPIXEL), _SMALLER_PICTURE),
    Group(
        "PDF",
        (Kind.PDF,),
        Limits(50 * MEGABYTE, 200 * MEGAPIXEL, pages=2000),
        "Del den i flere filer, eller scan den med lavere opløsning",
    ),
    Group("Word (.docx)", (Kind.DOCX,), Limits(25 * MEGABYTE), _SMALLER_OFFICE),
    Group("Excel (.xlsx)", (Kind.XLSX,), Limits(25 * MEGABYTE), _SMALLER_OFFICE),
    Group(
        "Korte videoer (MP4, MOV, WEBM)",
        (Kind.MP4, Kind.MOV, Kind.WEBM),
        Limits(200 * MEGABYTE, seconds=600),
        "Klip den kortere, eller optag den med lavere kvalitet",
    ),
)
"""Everything that may come in, in the order in which it is told beforehand."""

_MEDIA_TYPES = {ending: media_type for media_type, ending in ENDINGS.items()}

MOST_BYTES = max(group.limits.file_bytes for group in GROUPS)
"""No file of any kind may be larger; for the server's limit on a request."""

ALL_IN_WORDS = "billeder (JPEG, PNG, WEBP, HEIC), PDF, Word (.docx), Excel (.xlsx) og korte videoer (MP4, MOV, WEBM)"

ACCEPT = ",".join(sorted({f".{kind.value}" for kind in Kind} | {".jpeg", ".heif", ".m4v"}))
"""For the `accept` of a file field: a help to the sender, never a check."""


def group_of(kind: Kind) -> Group:
    """The group that a kind belongs to."""
    return next(group for group in GROUPS if kind in group.kinds)
