"""What the store refuses, each with the sentence that a person is shown."""

from pipeline.errors import TilsynError


class CaseNotFound(TilsynError):
    """There is no such case, or it was erased; which of the two is nobody's business."""

    def __init__(self) -> None:
        super().__init__("Sagen findes ikke. Gå tilbage til listen, og vælg den derfra.")


class CaseNumberTaken(TilsynError):
    """Another case has this number."""

    def __init__(self) -> None:
        super().__init__("Der er allerede en sag med det nummer. Se efter på listen, eller skriv et andet nummer.")


class CaseMovedOn(TilsynError):
    """The case is no longer as it was when the person looked at it."""

    def __init__(self) -> None:
        super().__init__("Sagen er ændret, siden siden blev vist. Intet er gemt. Vis siden igen, og gør det om.")


class EventRefused(TilsynError):
    """What should be recorded does not fit the case: it speaks of a visit, goal or document that is not there."""

    def __init__(self) -> None:
        super().__init__("Det kan ikke gemmes, fordi det hører til noget, som ikke findes i sagen. Vis siden igen.")


class SlotRefused(TilsynError):
    """An answer was given where none may be given now."""


class HeardNow(SlotRefused):
    """The report of a visit is in hearing, and what it says stands still until all have been heard."""

    def __init__(self) -> None:
        super().__init__(
            "Rapporten om besøget er i høring, så det, den siger, kan ikke ændres nu. Intet er ændret i sagen. "
            "Er noget forkert, så sig det til sagsbehandleren, som kan trække høringen tilbage og sende rapporten igen."
        )


class FileLost(TilsynError):
    """A kept file is missing or is not what was put there."""


class FileMissing(FileLost):
    """A kept file is not on the disk."""


class WrongKeyring(TilsynError):
    """The key ring is another installation's."""


class DatabaseNewer(TilsynError):
    """A newer release has written this database."""
