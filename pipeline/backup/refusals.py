"""What a backup or a restore refuses; whoever reads the message stands before an empty machine."""

from pathlib import Path

from pipeline.errors import TilsynError, UnreadableFile


class BackupDamaged(UnreadableFile):
    """The backup is not, byte for byte, what we wrote."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Filen er ikke en hel sikkerhedskopi fra Hjemmetilsyn: {why}. Intet er ændret. Brug en anden kopi, eller "
            "hent denne igen derfra, hvor den blev gemt."
        )


class BackupOfAnotherRelease(UnreadableFile):
    """This release does not know what the backup holds."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"Sikkerhedskopien er lavet af en anden udgave af programmet ({program}), som gemmer på en anden måde. "
            "Intet er ændret. Installér den udgave, læg kopien på plads med den, og opdatér derefter."
        )


class BackupOfAnotherKeyring(TilsynError):
    """The backup was vouched for by another installation's keys."""

    def __init__(self) -> None:
        super().__init__(
            "Sikkerhedskopien hører til en anden nøglering end den, der ligger her. Intet er ændret. "
            "Læg nøgleringen fra jeres boks på plads, eller peg på den med --keyring."
        )


class NotEmpty(TilsynError):
    """Something is kept here already.

    Args:
        what: in Danish.
        where: what must be moved away first; None where only its administrator can say.
    """

    def __init__(self, what: str, where: Path | None = None) -> None:
        remedy = f"Flyt {where} et andet sted hen" if where else "Brug en tom database"
        super().__init__(
            f"Her ligger allerede {what}, og en sikkerhedskopi lægges kun på plads, hvor der er tomt. "
            f"Intet er ændret. {remedy}, og kør igen."
        )


class ErasedListMissing(TilsynError):
    """Nobody says which cases were erased since."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"Listen over slettede sager mangler: {place}. Uden den ville sager, der er slettet siden, komme tilbage. "
            f"Intet er ændret. Hent den nyeste {place.name} og {place.name}.hoved, som ligger hos nøgleringen og i "
            "jeres kopi af den, og peg på den med --destroyed. Er der aldrig slettet en sag, så skriv --nothing-erased."
        )


class ErasedListTooOld(TilsynError):
    """The backup knows of more erased cases than the list."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            f"Listen over slettede sager er ældre end sikkerhedskopien: {missing} af de slettede sager, som kopien "
            "kender, står ikke på den. Intet er ændret. Find en nyere liste."
        )
