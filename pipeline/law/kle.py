"""Under which subject of KLE (KL Emnesystematik) the supervision is filed, on a date."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault

KLE = Path(__file__).resolve().parents[2] / "templates_docx" / "ret" / "kle.toml"


class Kle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of KLE.

    Attributes:
        facet: what is done with the subject; empty where none was found.
        verified: whether somebody has looked it up in the year's KLE.
    """

    valid_from: date
    subject: str
    facet: str
    verified: bool
    source: str


class _Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kle: list[Kle]


def kle_on(day: date, path: Path = KLE) -> Kle:
    """The number that holds on a day.

    Raises:
        DefinitionError: the file is missing or wrong, or nothing holds that day.
    """
    held = [one for one in _read(path) if one.valid_from <= day]
    if not held:
        raise DefinitionError(f"{path.name}: intet KLE-nummer gælder den {day.isoformat()}. Tilføj et.")
    return max(held, key=lambda one: one.valid_from)


@cache
def _read(path: Path) -> tuple[Kle, ...]:
    try:
        return tuple(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Numbers).kle)
    except OSError:
        raise DefinitionError(f"Filen {path.name} mangler. Ret indstillingen HJEMMETILSYN_KLE.") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path.name}, {line_of_fault(error)}: filen er ikke gyldig TOML. Ret stedet.") from error
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}. Ret stedet.") from error
