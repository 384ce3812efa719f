"""From the TOML of an edition to a frozen Tool; whatever the edition may not say is refused with file and line."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.errors import DefinitionError
from pipeline.tool.definition import Choice, Column, Field, FilledBy, Kind, Section, SmartLetter, Tool, When
from pipeline.tool.toml_table import TomlTable

EDITIONS = Path(__file__).resolve().parents[2] / "templates_docx" / "tilsynsredskab"
DEFINITION_FILES = ("edition.toml", "foraeldre.toml", "kommune.toml")
MAX_COLUMNS = 4
"""The widest table that the documents can show (`contents.words.Row`)."""

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

Scales = Mapping[str, tuple[Choice, ...]]


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
    tool = _read(root / name)
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


def _read(folder: Path) -> Tool:
    meta, *parts = (TomlTable.of_file(folder / name) for name in DEFINITION_FILES)
    meta.only(_EDITION_KEYS)
    if meta.text("edition") != folder.name:
        meta.refuse(f"edition skal være “{folder.name}” ligesom mappens navn", "edition")
    goal_types = _choices(meta, "goal_type", "key")
    scales = _scales(meta) | {"goal_types": goal_types}
    sections = tuple(section for part in parts for section in _sections(part, scales))
    if [section.key for section in sections] != list(meta.texts("sections")):
        meta.refuse("rækkefølgen passer ikke til afsnittene i de andre filer", "sections")
    _check_fields([field for section in sections for field in section.fields], folder)
    return Tool(
        edition=meta.text("edition"),
        title=meta.text("title"),
        short_title=meta.text("short_title"),
        publisher=meta.text("publisher"),
        published_in=meta.text("published_in"),
        own_fields_note=meta.text("own_fields_note"),
        goal_types=goal_types,
        smart=tuple(_smart(letter) for letter in meta.tables("smart")),
        sections=sections,
        digest=definition_digest(folder),
        folder=folder,
    )


def _check_fields(fields: Sequence[Field], folder: Path) -> None:
    keys = [field.key for field in fields]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise DefinitionError(f"{folder.name}: nøglen {', '.join(twice)} bruges mere end én gang.")
    if sum(field.kind is Kind.GOALS for field in fields) != 1:
        raise DefinitionError(f"{folder.name}: udgaven skal have ét felt med kind = “goals”.")


def _scales(meta: TomlTable) -> dict[str, tuple[Choice, ...]]:
    scales = {}
    for scale in meta.tables("scale"):
        scale.only(_SCALE_KEYS)
        scales[scale.text("key")] = _choices(scale, "choices", "code")
    return scales


def _choices(table: TomlTable, key: str, code: str) -> tuple[Choice, ...]:
    choices = []
    for choice in table.tables(key):
        choice.only({code, "label"})
        choices.append(Choice(choice.text(code), choice.text("label")))
    if not choices:
        table.refuse(f"“{key}” mangler")
    return tuple(choices)


def _smart(table: TomlTable) -> SmartLetter:
    table.only(_SMART_KEYS)
    return SmartLetter(table.text("letter"), table.text("word"), table.text("help"))


def _sections(part: TomlTable, scales: Scales) -> tuple[Section, ...]:
    part.only({"section"})
    return tuple(_section(table, scales) for table in part.tables("section"))


def _section(table: TomlTable, scales: Scales) -> Section:
    table.only(_SECTION_KEYS)
    return Section(
        key=table.text("key"),
        title=table.text("title"),
        filled_by=FilledBy(_one_of(table, "filled_by", tuple(FilledBy))),
        when=When(_one_of(table, "when", tuple(When))),
        instruction=table.text("instruction"),
        fields=tuple(_field(field, scales) for field in table.tables("field")),
        together_with=table.text_if_any("together_with"),
        own=table.truth("own"),
        skippable=table.truth("skippable"),
    )


def _field(table: TomlTable, scales: Scales) -> Field:
    table.only(_FIELD_KEYS)
    field = Field(
        key=table.text("key"),
        kind=Kind(_one_of(table, "kind", tuple(Kind))),
        label=table.text("label"),
        help=table.text("help"),
        heading=table.text_if_any("heading"),
        questions=table.texts("questions"),
        choices=_scale_of(table, scales),
        columns=tuple(_column(column, scales) for column in table.tables("columns")),
        drawn_from=table.texts("drawn_from"),
        source=table.text_if_any("source"),
    )
    _check_shape(field, table)
    return field


def _check_shape(field: Field, table: TomlTable) -> None:
    if (field.kind is Kind.DRAWN) != bool(field.drawn_from):
        table.refuse("drawn_from hører sammen med kind = “drawn”", "drawn_from")
    if (field.kind in (Kind.TABLE, Kind.GOALS)) != (0 < len(field.columns) <= MAX_COLUMNS):
        table.refuse(f"et skema, og kun det, skal have columns, højst {MAX_COLUMNS}", "columns")
    if field.kind is Kind.GOALS and [column.key for column in field.columns] != _GOAL_COLUMNS:
        table.refuse(f"tids- og faseplanen har kolonnerne {', '.join(_GOAL_COLUMNS)}", "columns")


def _column(table: TomlTable, scales: Scales) -> Column:
    table.only(_COLUMN_KEYS)
    key, kind = table.text("key"), Kind(_one_of(table, "kind", tuple(Kind)))
    choices = scales["goal_types"] if key == "goal_type" else _scale_of(table, scales)
    return Column(key, kind, table.text("label"), choices)


def _scale_of(table: TomlTable, scales: Scales) -> tuple[Choice, ...]:
    """The choices of a field or column; one of kind `choice` must have some."""
    if "choices" not in table.raw and table.raw.get("kind") != Kind.CHOICE:
        return ()
    return scales[_one_of(table, "choices", tuple(scales))]


def _one_of(table: TomlTable, key: str, known: tuple[str, ...]) -> str:
    value = table.text(key)
    if value not in known:
        table.refuse(f"{key} = “{value}” kendes ikke; brug {', '.join(known)}", key)
    return value
