"""Why a file is refused, in words that say what is wrong and what to do."""

from enum import StrEnum

from pipeline.errors import TilsynError
from pipeline.intake.kinds import ALL_IN_WORDS, Kind, group_of


class Reason(StrEnum):
    """The cause as a code, for the audit log and for counting; it tells nothing of the file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    PASSWORD = "password"  # noqa: S105  # a cause, not a secret
    DAMAGED = "damaged"
    ACTIVE = "active_content"
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVING = "moving_picture"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    VIRUS = "virus"
    SCANNER_SILENT = "scanner_silent"
    SCANNER_TOO_SMALL = "scanner_too_small"
    BUSY = "busy"


class FileRefused(TilsynError):
    """A file that does not come in.

    Args:
        message: Danish, what is wrong and what to do.
        reason: the same as a code.
    """

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message)
        self.reason = reason


_MESSAGES = {
    Reason.EMPTY: "Filen er tom. Find den igen på din telefon eller computer, se, at den kan åbnes, og send den på ny.",
    Reason.WRONG_KIND: f"Filen er af en slags, vi ikke kan tage imod. Vi tager imod {ALL_IN_WORDS}. "
    "Gem den som en af dem, og prøv igen.",
    Reason.PASSWORD: "Filen er låst med adgangskode. Åbn den, fjern adgangskoden, gem den, og prøv igen.",
    Reason.DAMAGED: "Filen er beskadiget eller kun halvt overført. "
    "Se, om den kan åbnes hos dig, gem den på ny, og prøv igen.",
    Reason.ACTIVE: "Filen rummer noget, der kan køre som et program. "
    "Åbn den, vælg Udskriv og derefter “Gem som PDF”, og send den nye fil.",
    Reason.MOVING: "Billedet bevæger sig. Send det som video (MP4), "
    "eller gem det som et almindeligt billede, og prøv igen.",
    Reason.TOO_HEAVY: "Filen er for tung at kontrollere: den tager for lang tid eller for megen plads. "
    "Gør den mindre, gem den på ny, og prøv igen.",
    Reason.VIRUS: "Der er fundet virus i filen, og den er ikke gemt. "
    "Kør en virusscanning hos dig, og send filen fra en anden enhed, eller ring til kommunen.",
    Reason.SCANNER_SILENT: "Filen kunne ikke kontrolleres for virus lige nu og er ikke gemt. Prøv igen om lidt.",
    Reason.SCANNER_TOO_SMALL: "Filen er større, end kommunens virusscanner tager imod, og er ikke gemt. "
    "Gør den mindre, eller bed kommunen om hjælp.",
    Reason.BUSY: "Mange sender filer lige nu. Vent et øjeblik, og prøv igen.",
}

_OTHER_KINDS = {
    "picture": "Billedet er af en slags, vi ikke kan tage imod. Gem det som JPEG eller PNG, og prøv igen.",
    "archive": "Filen er en pakke med andre filer (zip). Pak den ud, og send filerne en ad gangen.",
    "office": "Filen er fra et program eller i et gammelt format, som vi ikke kan læse. "
    "Gem den som Word (.docx), Excel (.xlsx) eller PDF, og prøv igen.",
    "page": "Filen er en internetside eller en tegning med kode i. Udskriv den som PDF, eller tag et skærmbillede.",
    "program": "Filen er et program og kan ikke sendes. Vælg en anden fil.",
    "video": "Videoen er af en slags, vi ikke kan tage imod. Gem den som MP4, og prøv igen.",
}


def refusal(reason: Reason) -> FileRefused:
    """A refusal in the words for its cause."""
    return FileRefused(_MESSAGES[reason], reason)


def wrong_kind(other: str) -> FileRefused:
    """A refusal of something we know but do not take: “picture”, “archive”, “office”, “page”, “program”, “video”."""
    return FileRefused(_OTHER_KINDS[other], Reason.WRONG_KIND)


def too_large(kind: Kind | None, most_bytes: int) -> FileRefused:
    """A refusal that says how large it may be; `kind` is None where nobody has looked yet."""
    advice = "Gør den mindre, eller del den i flere filer" if kind is None else group_of(kind).advice
    return FileRefused(
        f"Filen fylder for meget. Den må fylde højst {most_bytes // 1024**2} MB. {advice}, og prøv igen.",
        Reason.TOO_LARGE,
    )


def too_many_pixels(kind: Kind) -> FileRefused:
    """A refusal that says how many it may have."""
    group = group_of(kind)
    most = group.limits.pixels // 1_000_000
    return FileRefused(
        f"Billedet har for mange punkter. Det må have højst {most} megapixel. {group.advice}, og prøv igen.",
        Reason.TOO_MANY_PIXELS,
    )


def too_long(kind: Kind) -> FileRefused:
    """A refusal that says how long it may be."""
    group = group_of(kind)
    what = f"{group.limits.pages} sider" if group.limits.pages else f"{group.limits.seconds // 60} minutter"
    return FileRefused(f"Filen er for lang. Den må være højst {what}. {group.advice}, og prøv igen.", Reason.TOO_LONG)
