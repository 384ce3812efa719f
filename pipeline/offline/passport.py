"""What a form carries inside itself, so that it is known again when it comes home: which form, and what stood in it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cases.answers import Answers
from pipeline.errors import UnreadableFile
from pipeline.offline.slots import FormSection, Slot, all_slots

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
        goals: digest of the id of each goal that stood in the form, by number: the case may get other goals meanwhile.
    """

    form_id: str
    edition: str
    case_number: str
    visit_number: int
    base: Mapping[str, str]
    goals: tuple[str, ...] = ()

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
                "goals": list(self.goals),
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )


def passport_of(answers: Answers, sections: Collection[FormSection], *, blank: bool = False) -> Passport:
    """The passport of a form with these sections of a case.

    Args:
        answers: the case.
        sections: the form, as `form_sections` made it.
        blank: whether the form says nothing of what the case holds; then it has none of the case's goals either.
    """
    return issue(
        all_slots(sections),
        edition=answers.edition,
        case_number=answers.case_number,
        visit_number=answers.visit_number,
        goals=() if blank else goal_marks(answers),
    )


def issue(
    slots: Iterable[Slot], *, edition: str, case_number: str, visit_number: int, goals: Sequence[str] = ()
) -> Passport:
    """A passport for a form with these slots and goals (see `goal_marks`)."""
    base = {slot.name: digest(slot.value) for slot in slots}
    form_id = _form_id(edition, case_number, visit_number, base, goals)
    return Passport(form_id, edition, case_number, visit_number, base, tuple(goals))


def is_whole(passport: Passport) -> bool:
    """Whether what the passport says is what it was issued with."""
    facts = (passport.edition, passport.case_number, passport.visit_number, passport.base, passport.goals)
    return passport.form_id == _form_id(*facts)


def goal_marks(answers: Answers) -> tuple[str, ...]:
    """By what each goal of a case is known again, in the case's order."""
    return tuple(digest(goal.id) for goal in answers.goals)


def _form_id(edition: str, case_number: str, visit_number: int, base: Mapping[str, str], goals: Sequence[str]) -> str:
    facts = json.dumps([edition, case_number, visit_number, dict(base), list(goals)], sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


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
            goals=tuple(str(mark) for mark in raw.get("goals", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableFile(
            "Filen er ikke en af vores formularer, eller mærket i den er ødelagt. "
            "Gem den som bilag, og skriv svarene ind."
        ) from None


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value
