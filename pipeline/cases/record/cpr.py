"""CPR numbers: ten digits, a real date, the century by the seventh digit; replacement numbers where there is none.

Modulus 11 is only a hint: numbers without it have been given since 1 October 2007 (cpr.dk, “Personnumre uden
kontrolciffer”).
"""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.errors import AnswersError

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Between the parts people write a hyphen, a space, or the dash that Word makes of a hyphen. Only 0-9 are digits here.
_SHAPE = re.compile(r"([0-9]{6})\s*[-–]?\s*([0-9A-Z]{4})")
# A replacement number given by an authority adds 60 to the day; hospitals put letters among the last four.
_REPLACEMENT_DAYS = 60
# With this seventh digit the year 00 is 2000, so that 29 February of every leap year of either century is a date.
_TELLS_NO_CENTURY = "4"
_REPLACEMENT_HINT = "Det ligner et erstatnings-CPR-nummer. Se efter, om det er rigtigt."


@dataclass(frozen=True)
class Cpr:
    """A number that may be a person's.

    Attributes:
        number: ten characters without hyphen.
        born: None where the number does not tell (a replacement number with letters).
        is_replacement: given instead of a CPR number.
        hint: in Danish, what is unusual about it and worth looking at twice; empty where nothing is.
    """

    number: str
    born: date | None
    is_replacement: bool
    hint: str

    @property
    def masked(self) -> str:
        """The number as pages may show it: the date of birth, the rest hidden."""
        return f"{self.number[:6]}-••••"

    def __repr__(self) -> str:  # a number must not reach a log by way of a traceback
        return "Cpr(…)"


def read_cpr(written: str) -> Cpr:
    """Read a CPR or replacement number as a person writes it, with or without hyphen.

    Raises:
        AnswersError: it is not ten digits or its date does not exist; the message does not repeat it.
    """
    match = _SHAPE.fullmatch(written.strip().upper())
    if not match:
        raise AnswersError("Et CPR-nummer er på ti cifre, fx som ddmmåå-nnnn. Se nummeret efter, og skriv det igen.")
    day_of_birth, serial = match.groups()
    if not serial.isdecimal():
        _birthday(day_of_birth, _TELLS_NO_CENTURY)
        return Cpr(day_of_birth + serial, None, True, _REPLACEMENT_HINT)
    born, is_replacement = _birthday(day_of_birth, serial[0])
    number = day_of_birth + serial
    return Cpr(number, born, is_replacement, _hint(number, is_replacement))


def _birthday(written: str, seventh: str) -> tuple[date, bool]:
    day, month, year = int(written[:2]), int(written[2:4]), int(written[4:])
    is_replacement = day > _REPLACEMENT_DAYS
    try:
        return date(
            _century(year, int(seventh)) + year, month, day - _REPLACEMENT_DAYS * is_replacement
        ), is_replacement
    except ValueError:
        raise AnswersError(
            "De første seks cifre i CPR-nummeret er ikke en dato, der findes. Se nummeret efter."
        ) from None


def _century(year: int, seventh: int) -> int:
    """The table of the seventh digit (cpr.dk, “Opbygning af CPR-nummeret”)."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def _hint(number: str, is_replacement: bool) -> str:
    if is_replacement:
        return _REPLACEMENT_HINT
    if sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11:
        return "Nummeret følger ikke den gamle kontrolregel. Det kan være rigtigt, men se det efter en gang til."
    return ""
