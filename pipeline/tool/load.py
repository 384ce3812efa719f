"""From the TOML of an edition to a frozen Tool; whatever the edition may not say is refused with file and line."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import DefinitionError
from pipeline.tool.definition import Choice, Column, Field, FilledBy, Kind, Section, SmartLetter, Tool, When
from pipeline.tool.toml_place import TomlPlaces

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


def editions(root: Path = EDITIONS) -> tuple[str, ...]:
    """The names of all published editions, oldest first."""
    return tuple(sorted(folder.parent.name for folder in root.glob("*/edition.toml")))


@cache
def load_tool(edition: str | None = None, root: Path = EDITIONS) -> Tool:
    """Read one edition; without a name the newest.

    Raises:
        DefinitionError: the edition does not exist, says something it may not say, or was changed after publication.
    """
    known = editions(root)
    name = edition or (known[-1] if known else "")
    if name not in known:
        raise DefinitionError(f"Udgaven “{name}” findes ikke. Vælg en af: {', '.join(known) or 'ingen fundet'}.")
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
        scales = self._scales(meta)
        goal_types = tuple(Choice(str(t["key"]), str(t["label"])) for t in meta.get("goal_type", []))
        sections = [
            self._section(raw, scales | {"goal_types": goal_types}, name, index)
            for name, part in zip(DEFINITION_FILES[1:], parts, strict=True)
            for index, raw in enumerate(part.get("section", []))
        ]
        self._refuse_twice([f.key for s in sections for f in s.fields])
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
            smart=tuple(SmartLetter(**letter) for letter in meta.get("smart", [])),
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
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(f"{self._folder.name}/{name} kan ikke læses: {error}.") from error

    def _scales(self, meta: Mapping[str, Any]) -> dict[str, tuple[Choice, ...]]:
        scales = {}
        for index, raw in enumerate(meta.get("scale", [])):
            self._only(raw, _SCALE_KEYS, "edition.toml", ("scale", index))
            scales[str(raw["key"])] = tuple(Choice(**choice) for choice in raw["choices"])
        return scales

    def _section(self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, index: int) -> Section:
        at: tuple[str | int, ...] = ("section", index)
        self._only(raw, _SECTION_KEYS, name, at)
        try:
            filled_by, when = FilledBy(raw.get("filled_by", "")), When(raw.get("when", ""))
        except ValueError as error:
            self._refuse(name, at, f"filled_by eller when har en ukendt værdi ({error})")
        return Section(
            key=self._text(raw, "key", name, at),
            title=self._text(raw, "title", name, at),
            filled_by=filled_by,
            when=when,
            instruction=self._text(raw, "instruction", name, at),
            fields=tuple(self._field(f, scales, name, (*at, "field", i)) for i, f in enumerate(raw.get("field", []))),
            together_with=str(raw.get("together_with", "")),
            own=bool(raw.get("own", False)),
            skippable=bool(raw.get("skippable", False)),
        )

    def _field(
        self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, at: tuple[str | int, ...]
    ) -> Field:
        self._only(raw, _FIELD_KEYS, name, at)
        kind = self._kind(raw, name, at)
        if (kind is Kind.DRAWN) != ("drawn_from" in raw):
            self._refuse(name, at, "drawn_from hører sammen med kind = “drawn”")
        if kind in (Kind.TABLE, Kind.GOALS) and not raw.get("columns"):
            self._refuse(name, at, "et skema skal have columns")
        return Field(
            key=self._text(raw, "key", name, at),
            kind=kind,
            label=self._text(raw, "label", name, at),
            help=self._text(raw, "help", name, at),
            heading=str(raw.get("heading", "")),
            questions=tuple(raw.get("questions", ())),
            choices=self._choices(raw, kind, scales, name, at),
            columns=tuple(self._column(c, scales, name, at) for c in raw.get("columns", [])),
            drawn_from=tuple(raw.get("drawn_from", ())),
            source=str(raw.get("source", "")),
        )

    def _column(
        self, raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]], name: str, at: tuple[str | int, ...]
    ) -> Column:
        self._only(raw, _COLUMN_KEYS, name, at)
        kind = self._kind(raw, name, at)
        if raw.get("key") == "goal_type":
            return Column("goal_type", kind, self._text(raw, "label", name, at), scales["goal_types"])
        choices = self._choices(raw, kind, scales, name, at)
        return Column(self._text(raw, "key", name, at), kind, self._text(raw, "label", name, at), choices)

    def _kind(self, raw: Mapping[str, Any], name: str, at: tuple[str | int, ...]) -> Kind:
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
        at: tuple[str | int, ...],
    ) -> tuple[Choice, ...]:
        scale = raw.get("choices")
        if scale is None and kind is not Kind.CHOICE:
            return ()
        if scale not in scales:
            self._refuse(name, (*at, "choices"), f"choices = “{scale}” er ikke en skala i edition.toml")
        return scales[scale]

    def _only(self, raw: Mapping[str, Any], allowed: set[str], name: str, at: tuple[str | int, ...]) -> None:
        for key in raw:
            if key not in allowed:
                self._refuse(name, (*at, key), f"nøglen “{key}” kendes ikke; tilladt er {', '.join(sorted(allowed))}")

    def _text(self, raw: Mapping[str, Any], key: str, name: str, at: tuple[str | int, ...]) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not value.strip():
            self._refuse(name, at, f"“{key}” mangler eller er ikke en tekst")
        return value

    def _refuse_twice(self, keys: list[str]) -> None:
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise DefinitionError(f"{self._folder.name}: nøglen {', '.join(twice)} bruges mere end én gang.")

    def _refuse(self, name: str, at: tuple[str | int, ...], what: str) -> NoReturn:
        line = self._places[name].line_of(at)
        raise DefinitionError(f"{self._folder.name}/{name}, linje {line}: {what}.")
