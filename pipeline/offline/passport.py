"""What a form carries inside itself, so that it is known again when it comes home: which form, and what stood in it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.offline.slots import Slot

FORMAT = "hjemmetilsyn-formular-1"
PROPERTY = "Hjemmetilsyn"
"""Name of the document property that holds the passport."""

_DIGEST_LENGTH = 12


@dataclass(frozen=True)
class Passport:
    """The identity of one handed-out form.

    Attributes:
        form_id: the same case, edition, sections and answers give the same id.
        base: digest of what each slot held when the form was handed out; no words, so nothing personal.
    """

    form_id: str
    edition: str
    case_number: str
    visit_number: int
    base: Mapping[str, str]

    def as_text(self) -> str:
        """The passport as it stands in the file."""
        return json.dumps(
            {
                "format": FORMAT,
                "form_id": self.form_id,
                "edition": self.edition,
                "case_number": self.case_number,
                "visit_number": self.visit_number,
                "base": dict(self.base),
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )


def issue(slots: Iterable[Slot], *, edition: str, case_number: str, visit_number: int) -> Passport:
    """A passport for a form with these slots."""
    base = {slot.name: digest(slot.value) for slot in slots}
    facts = json.dumps([edition, case_number, visit_number, base], sort_keys=True)
    return Passport(hashlib.sha256(facts.encode()).hexdigest()[:16], edition, case_number, visit_number, base)


def digest(value: str) -> str:
    """A short digest of a slot's words; an empty slot has an empty one."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH] if value else ""


def read_passport(text: str) -> Passport:
    """The passport again.

    Raises:
        UnreadableFile: the file is not one of our forms.
    """
    try:
        raw = json.loads(text)
        return Passport(
            form_id=_text(raw, "form_id"),
            edition=_text(raw, "edition"),
            case_number=_text(raw, "case_number"),
            visit_number=int(raw["visit_number"]),
            base={str(name): str(value) for name, value in raw["base"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFile(
            "Filen er ikke en af vores formularer, eller mærket i den er ødelagt. Gem den som bilag, og skriv svarene ind."
        ) from None


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value
