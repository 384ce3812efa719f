"""One table of a definition file on its way in: values are taken out checked, a refusal names file and line."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault
from pipeline.tool.toml_place import Place, TomlPlaces


@dataclass(frozen=True)
class TomlTable:
    """A table and where it stands.

    Attributes:
        file: folder and name, as messages say it.
        at: the path of keys and numbers that leads to it.
    """

    raw: dict[str, Any]
    file: str
    places: TomlPlaces
    at: Place = ()

    @classmethod
    def of_file(cls, path: Path) -> "TomlTable":
        """The outermost table of a file.

        Raises:
            DefinitionError: the file is missing, not UTF-8 or not TOML.
        """
        file = f"{path.parent.name}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
            return cls(tomllib.loads(text), file, TomlPlaces(text))
        except FileNotFoundError:
            raise DefinitionError(f"Filen {path.name} mangler i {path.parent.name}/.") from None
        except UnicodeDecodeError:
            raise DefinitionError(f"{file} er ikke UTF-8. Gem filen som UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(f"{file}, {line_of_fault(error)}: filen er ikke gyldig TOML. Ret stedet.") from error

    def only(self, allowed: set[str]) -> None:
        """Refuse a key that nobody knows; what stands under it would be lost."""
        for key in self.raw:
            if key not in allowed:
                self.refuse(f"nøglen “{key}” kendes ikke; tilladt er {', '.join(sorted(allowed))}", key)

    def text(self, key: str) -> str:
        """A text that says something."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"“{key}” mangler eller er ikke en tekst", key)
        return value

    def text_if_any(self, key: str) -> str:
        """A text, or “” where the key is not there."""
        return self.text(key) if key in self.raw else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is not there."""
        values = self.raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(f"“{key}” skal være en liste af tekster", key)
        return tuple(values)

    def truth(self, key: str) -> bool:
        """True or false; false where the key is not there."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"“{key}” skal være true eller false", key)
        return value

    def tables(self, key: str) -> Iterator["TomlTable"]:
        """A list of tables; empty where the key is not there."""
        values = self.raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.refuse(f"“{key}” skal være en liste af tabeller", key)
        for index, value in enumerate(values):
            yield TomlTable(value, self.file, self.places, (*self.at, key, index))

    def refuse(self, what: str, key: str = "") -> NoReturn:
        """Refuse what stands under this key, or the table as a whole."""
        line = self.places.line_of((*self.at, key) if key else self.at)
        raise DefinitionError(f"{self.file}, linje {line}: {what}.")
