"""From the TOML of an edition to a frozen Tool; whatever the edition may not say is refused with file and line."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import DefinitionError
from pipeline.tool.definition import Choice, Column, Field, FilledBy, Kind, Section, SmartLetter, Tool, When
from pipeline.tool.toml_place import TomlPlaces, line_of_fault

EDITIONS = Path(__file__).resolve().parents[2] / "templates_docx" / "tilsynsredskab"
DEFINITION_FILES = ("edition.toml", "foraeldre.toml", "kommune.toml")

_EDITION_KEYS = {
    "edition", "title", "short_title", "publisher", "published_in", "own_fields_note", "sections", "scale", "goal_type",
    "smart",
}  # fmt: skip
_SECTION_KEYS = {
    "key", "title", "filled_by", "when", "instruction", "field", "together_with", "own", "skippable",
}  # fmt: skip
_FIELD_KEYS = {
    "key", "kind", "label", "help", "heading", "questions", "choices", "columns", "drawn_from", "source",
}  # fmt: skip
_COLUMN_KEYS = {"key", "kind", "label", "choices"}
_SCALE_KEYS = {"key", "choices"}
_SMART_KEYS = {"letter", "word", "help"}
_GOAL_COLUMNS = ["goal_type", "focus", "attainment", "next"]
MAX_COLUMNS = 4
"""The widest table that the documents can show (`contents.words.Row`)."""

Place = tuple[str | int, ...]


def editions(root: Path = EDITIONS) -> tuple[str, ...]:
    """The names of all published editions, oldest first.

    Raises:
        DefinitionError: there is none.
    """
    found = tuple(sorted(file.parent.name for file in root.glob("*/edition.toml")))
    if not found:
        raise DefinitionError(f"Mappen {root.name}/ har ingen udgaver af tilsynsredskabet. Ret HJEMMETILSYN_EDITIONS.")
    return found


@cache
def load_tool(edition: str | None = None, root: Path = EDITIONS) -> Tool:
    """Read one edition; without a name the newest.

    Raises:
        DefinitionError: the edition does not exist, says something it may not say, or was changed after publication.
    """
    known = editions(root)
    name = known[-1] if edition is None else edition
    if name not in known:
        raise DefinitionError(f"Udgaven “{name}” findes ikke. Vælg en af: {', '.join(known)}.")
    tool = _Reader(root / name).read()
    _refuse_changed(tool, root)
    return tool


def definition_digest(folder: Path) -> str:
    """SHA-256 over the definition files of an edition, in their fixed order, line ends as LF."""
    digest = hashlib.sha256()
    for name in DEFINITION_FILES:
        text = (folder / name).read_text(encoding="utf-8")
        digest.update(f"{name}\n{text}".encode())
    return digest.hexdigest()


def _refuse_changed(tool: Tool, root: Path) -> None:
    register = root / "published.toml"
    published = tomllib.loads(register.read_text(encoding="utf-8")).get("digest", {}) if register.exists() else {}
    if published.get(tool.edition, tool.digest) != tool.digest:
        raise DefinitionError(
            f"Udgaven “{tool.edition}” er udgivet og må ikke ændres, men filerne i {tool.folder.name}/ er ændret. "
            f"Fortryd ændringen, eller læg den i en ny udgave (en kopi af mappen)."
        )


class _Reader:
    """Reads the files of one edition; holds them together only to say where a fault stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, TomlPlaces] = {}

    def read(self) -> Tool:
        meta, *parts = (self._parse(name) for name in DEFINITION_FILES)
        self._only(meta, _EDITION_KEYS, "edition.toml", ())
        if meta.get("edition") != self._folder.name:
            self._refuse("edition.toml", ("edition",), f"edition skal være “{self._folder.name}” ligesom mappens navn")
        goal_types = self._choices_of(meta, "goal_type", "key", ())
        scales = self._scales(meta) | {"goal_types": goal_types}
        sections = [
            section
            for name, part in zip(DEFINITION_FILES[1:], parts, strict=True)
            for section in self._sections(part, scales, name)
        ]
        fields = [f for s in sections for f in s.fields]
        self._refuse_twice([f.key for f in fields])
        self._require_one_plan(fields)
        if [s.key for s in sections] != meta.get("sections"):
            self._refuse("edition.toml", ("sections",), "rækkefølgen passer ikke til afsnittene i de andre filer")
        return Tool(
            edition=self._text(meta, "edition", "edition.toml", ()),
            title=self._text(meta, "title", "edition.toml", ()),
            short_title=self._text(meta, "short_title", "edition.toml", ()),
            publisher=self._text(meta, "publisher", "edition.toml", ()),
            published_in=self._text(meta, "published_in", "edition.toml", ()),
            own_fields_note=self._text(meta, "own_fields_note", "edition.toml", ()),
            goal_types=goal_types,
            smart=tuple(self._smart(raw, at) for raw, at in self._tables(meta, "smart", "edition.toml", ())),
            sections=tuple(sections),
            digest=definition_digest(self._folder),
            folder=self._folder,
        )

    def _parse(self, name: str) -> dict[str, Any]:
        path = self._folder / name
        try:
            text = path.read_text(encoding="utf-8")
            self._places[name] = TomlPlaces(text)
            return tomllib.loads(text)
        except FileNotFoundError:
            raise DefinitionError(f"Filen {name} mangler i {self._folder.name}/.") from None
        except UnicodeDecodeError:
            raise DefinitionError(f"{self._folder.name}/{name} er ikke UTF-8. Gem filen som UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(
                f"{self._folder.name}/{name}, {line_of_fault(error)}: filen er ikke gyldig TOML. Ret stedet."
            ) from error

    def _scales(self, meta: Mapping[str, Any]) -> dict[str, tuple[Choice, ...]]:
        scales = {}
        for raw, at in self._tables(meta, "scale", "edition.toml", ()):
            self._only(raw, _SCALE_KEYS, "edition.toml", at)
            scales[self._text(raw, "key", "edition.toml", at)] = self._choices_of(raw, "choices", "code", at)
        return scales

    def _choices_of(self, raw: Mapping[str, Any], table: str, code: str, at: Place) -> tuple[Choice, ...]:
        choices = []
        for choice, place in self._tables(raw, table, "edition.toml", at):
            self._only(choice, {code, "label"}, "edition.toml", place)
            label = self._text(choice, "label", "edition.toml", place)
            choices.append(Choice(self._text(choice, code, "edition.toml", place), label))
        if not choices:
            self._refuse("edition.toml", at, f"“{table}” mangler")
        return tuple(choices)

    def _smart(self, raw: Mapping[str, Any], at: Place) -> SmartLetter:
        self._only(raw, _SMART_KEYS, "edition.toml", at)
        letter, word, help_ = (self._text(raw, key, "edition.toml", at) for key in ("letter", "word", "help"))
        return SmartLetter(letter, word, help_)

    def _sections(
        self, part: Mapping[str, Any], scales: dict[str, tuple[Choice, ...]], name: str
    ) -> tuple[Section, ...]:
        self._only(part, {"section"}, name, ())
        return tuple(self._section(raw, scales, name, at) for raw, at in self._tables(part, "section", name, ()))

    def _section(self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, at: Place) -> Section:
        self._only(raw, _SECTION_KEYS, name, at)
        try:
            filled_by, when = FilledBy(raw.get("filled_by", "")), When(raw.get("when", ""))
        except ValueError:
            known = f"filled_by er {' eller '.join(FilledBy)}, when er {', '.join(When)}"
            self._refuse(name, at, f"filled_by eller when mangler eller har en ukendt værdi; {known}")
        return Section(
            key=self._text(raw, "key", name, at),
            title=self._text(raw, "title", name, at),
            filled_by=filled_by,
            when=when,
            instruction=self._text(raw, "instruction", name, at),
            fields=tuple(self._field(f, scales, name, place) for f, place in self._tables(raw, "field", name, at)),
            together_with=self._text_if_any(raw, "together_with", name, at),
            own=self._truth(raw, "own", name, at),
            skippable=self._truth(raw, "skippable", name, at),
        )

    def _field(self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, at: Place) -> Field:
        self._only(raw, _FIELD_KEYS, name, at)
        kind = self._kind(raw, name, at)
        if (kind is Kind.DRAWN) != ("drawn_from" in raw):
            self._refuse(name, at, "drawn_from hører sammen med kind = “drawn”")
        columns = tuple(self._column(c, scales, name, place) for c, place in self._tables(raw, "columns", name, at))
        if kind in (Kind.TABLE, Kind.GOALS) and not 0 < len(columns) <= MAX_COLUMNS:
            self._refuse(name, (*at, "columns"), f"et skema skal have columns, og højst {MAX_COLUMNS}")
        if kind is Kind.GOALS and [column.key for column in columns] != _GOAL_COLUMNS:
            self._refuse(name, (*at, "columns"), f"tids- og faseplanen har kolonnerne {', '.join(_GOAL_COLUMNS)}")
        return Field(
            key=self._text(raw, "key", name, at),
            kind=kind,
            label=self._text(raw, "label", name, at),
            help=self._text(raw, "help", name, at),
            heading=self._text_if_any(raw, "heading", name, at),
            questions=self._texts(raw, "questions", name, at),
            choices=self._choices(raw, kind, scales, name, at),
            columns=columns,
            drawn_from=self._texts(raw, "drawn_from", name, at),
            source=self._text_if_any(raw, "source", name, at),
        )

    def _column(self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, at: Place) -> Column:
        self._only(raw, _COLUMN_KEYS, name, at)
        kind = self._kind(raw, name, at)
        if raw.get("key") == "goal_type":
            return Column("goal_type", kind, self._text(raw, "label", name, at), scales["goal_types"])
        choices = self._choices(raw, kind, scales, name, at)
        return Column(self._text(raw, "key", name, at), kind, self._text(raw, "label", name, at), choices)

    def _kind(self, raw: Mapping[str, Any], name: str, at: Place) -> Kind:
        try:
            return Kind(raw.get("kind", ""))
        except ValueError:
            self._refuse(name, (*at, "kind"), f"kind = “{raw.get('kind')}” kendes ikke; brug {', '.join(Kind)}")

    def _choices(
        self,
        raw: Mapping[str, Any],
        kind: Kind,
        scales: dict[str, tuple[Choice, ...]],
        name: str,
        at: Place,
    ) -> tuple[Choice, ...]:
        scale = raw.get("choices")
        if scale is None and kind is not Kind.CHOICE:
            return ()
        if not isinstance(scale, str) or scale not in scales:
            self._refuse(name, (*at, "choices"), f"choices = “{scale}” er ikke en skala i edition.toml")
        return scales[scale]

    def _only(self, raw: Mapping[str, Any], allowed: set[str], name: str, at: Place) -> None:
        for key in raw:
            if key not in allowed:
                self._refuse(name, (*at, key), f"nøglen “{key}” kendes ikke; tilladt er {', '.join(sorted(allowed))}")

    def _text(self, raw: Mapping[str, Any], key: str, name: str, at: Place) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not value.strip():
            self._refuse(name, at, f"“{key}” mangler eller er ikke en tekst")
        return value

    def _text_if_any(self, raw: Mapping[str, Any], key: str, name: str, at: Place) -> str:
        return self._text(raw, key, name, (*at, key)) if key in raw else ""

    def _truth(self, raw: Mapping[str, Any], key: str, name: str, at: Place) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            self._refuse(name, (*at, key), f"“{key}” skal være true eller false")
        return value

    def _texts(self, raw: Mapping[str, Any], key: str, name: str, at: Place) -> tuple[str, ...]:
        values = raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self._refuse(name, (*at, key), f"“{key}” skal være en liste af tekster")
        return tuple(values)

    def _tables(self, raw: Mapping[str, Any], key: str, name: str, at: Place) -> Iterator[tuple[dict[str, Any], Place]]:
        values = raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self._refuse(name, (*at, key), f"“{key}” skal være en liste af tabeller")
        yield from ((value, (*at, key, index)) for index, value in enumerate(values))

    def _require_one_plan(self, fields: list[Field]) -> None:
        if sum(field.kind is Kind.GOALS for field in fields) != 1:
            raise DefinitionError(f"{self._folder.name}: udgaven skal have ét felt med kind = “goals”.")

    def _refuse_twice(self, keys: list[str]) -> None:
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise DefinitionError(f"{self._folder.name}: nøglen {', '.join(twice)} bruges mere end én gang.")

    def _refuse(self, name: str, at: Place, what: str) -> NoReturn:
        line = self._places[name].line_of(at)
        raise DefinitionError(f"{self._folder.name}/{name}, linje {line}: {what}.")
