"""What can be wrong with the audit log, where, and how it is told."""

from dataclasses import dataclass
from enum import StrEnum

MOST_KEPT = 100
"""So many findings are told one by one; all are counted."""


class Fault(StrEnum):
    """A kind of tampering, or what looks like it."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    REPLACED = "replaced"
    CUT_OFF = "cut-off"
    OTHER_KEY = "other-key"
    ANCHOR_MISSING = "anchor-missing"
    ANCHOR_FORGED = "anchor-forged"
    ANCHOR_SET_BACK = "anchor-set-back"
    HISTORY_FORGED = "history-forged"


_SAID = {
    Fault.CHANGED: "er ændret, efter at {it} blev skrevet",
    Fault.MISSING: "mangler",
    Fault.INSERTED: "er sat ind eller flyttet hertil bagefter",
    Fault.REORDERED: "står i forkert rækkefølge eller findes to gange",
    Fault.REPLACED: "er skiftet ud med en linje fra en anden udgave af loggen",
    Fault.CUT_OFF: "er skåret af: Loggen slutter før, men ankeret når så langt",
}
_OF_THE_WHOLE = {
    Fault.OTHER_KEY: "Ingen linje passer til nøgleringen: Hele loggen er lavet om, eller nøgleringen er en anden.",
    Fault.ANCHOR_MISSING: "Loggens anker mangler. Uden det kan ingen se, om de nyeste linjer er skåret af.",
    Fault.ANCHOR_FORGED: "Loggens anker er ændret eller beskadiget. Om de nyeste linjer er skåret af, kan ikke ses.",
    Fault.ANCHOR_SET_BACK: "Loggens anker er sat tilbage: Historikken kender en nyere linje, nr. {first}.",
    Fault.HISTORY_FORGED: "Historikken for loggens anker mangler, er ændret eller passer ikke til ankeret.",
}


@dataclass(frozen=True)
class Finding:
    """Something that is wrong.

    Attributes:
        fault: what.
        first: number of the first line it concerns; 0 where it concerns the whole.
        last: number of the last one.
    """

    fault: Fault
    first: int = 0
    last: int = 0

    @property
    def message(self) -> str:
        """The finding in Danish."""
        if self.fault in _OF_THE_WHOLE:
            return _OF_THE_WHOLE[self.fault].format(first=self.first)
        if self.first == self.last:
            return f"Linje nr. {self.first} {_SAID[self.fault].format(it='den')}."
        return f"Linje nr. {self.first}-{self.last} {_SAID[self.fault].format(it='de')}."


@dataclass(frozen=True)
class Verdict:
    """What a look through the whole log has shown.

    Attributes:
        entries: how many lines were read.
        findings: what is wrong, at most `MOST_KEPT` of them, in the log's order.
        found: how many findings there were.
        notes: what has lawfully happened to the log, in Danish.
    """

    entries: int
    findings: tuple[Finding, ...]
    found: int
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the log is as it was written, to its end."""
        return self.found == 0

    @property
    def message(self) -> str:
        """The verdict in Danish, with what to do next."""
        if self.good:
            return f"Revisionsloggen er hel: {self._lines}, ingen fejl."
        return (
            f"Revisionsloggen er ikke hel: {self.found} fejl i {self._lines}. Lad database, anker og nøglering "
            "ligge, som de er, og kontakt den, der står for jeres informationssikkerhed."
        )

    @property
    def _lines(self) -> str:
        return "1 linje" if self.entries == 1 else f"{self.entries} linjer"
