"""What the tool's official Danish wording means in English: explanations beside it, never instead of it.

They stand in `english.toml` beside the edition. The file is no part of the edition, so its digest stays what it was.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault
from pipeline.tool.definition import Tool

FILE = "english.toml"


@dataclass(frozen=True)
class Explained:
    """One field or section in English; empty where there is no explanation.

    Attributes:
        columns: by key of the column.
        choices: by their Danish label, of whatever scale.
    """

    label: str = ""
    help: str = ""
    heading: str = ""
    questions: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


NOT_EXPLAINED = Explained()


@dataclass(frozen=True)
class English:
    """All explanations of an edition.

    Attributes:
        labels: of choices, by their Danish label.
    """

    sections: Mapping[str, Explained] = field(default_factory=dict)
    fields: Mapping[str, Explained] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def of_section(self, key: str) -> Explained:
        """A section's title (as label) and instruction (as help)."""
        return self.sections.get(key, NOT_EXPLAINED)

    def of_field(self, key: str) -> Explained:
        """A field, with what choices mean."""
        found = self.fields.get(key, NOT_EXPLAINED)
        return replace(found, choices=self.labels) if self.labels else found


NO_ENGLISH = English()


@cache
def english_of(folder: Path) -> English:
    """The explanations of the edition in this folder; none where it has no such file.

    Raises:
        DefinitionError: the file is not TOML, or names what it may not name.
    """
    path = folder / FILE
    if not path.exists():
        return NO_ENGLISH
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{folder.name}/{FILE}, {line_of_fault(error)}: ikke gyldig TOML. Ret stedet.") from error
    return English(
        sections={key: _explained(entry) for key, entry in raw.get("section", {}).items()},
        fields={key: _explained(entry) for key, entry in raw.get("field", {}).items()},
        labels=raw.get("choice", {}),
    )


def unexplained(tool: Tool, english: English) -> tuple[str, ...]:
    """What of an edition has no explanation, and explanations of what the edition has not."""
    fields = {f.key for f in tool.fields}
    sections = {section.key for section in tool.sections}
    scales = [tool.goal_types, *(f.choices for f in tool.fields), *(c.choices for f in tool.fields for c in f.columns)]
    labels = {choice.label for scale in scales for choice in scale}
    wrong = (fields ^ english.fields.keys()) | (sections ^ english.sections.keys()) | (labels ^ english.labels.keys())
    for asked in tool.fields:
        said = english.of_field(asked.key)
        if len(said.questions) != len(asked.questions) or bool(said.heading) != bool(asked.heading):
            wrong.add(asked.key)
        if said.columns.keys() != {column.key for column in asked.columns}:
            wrong.add(asked.key)
    return tuple(sorted(wrong))


def _explained(entry: Mapping[str, Any]) -> Explained:
    unknown = sorted(set(entry) - {"label", "help", "heading", "questions", "columns"})
    if unknown:
        raise DefinitionError(f"{FILE}: nøglen “{unknown[0]}” kendes ikke. Ret navnet.")
    return Explained(
        label=entry.get("label", ""),
        help=entry.get("help", ""),
        heading=entry.get("heading", ""),
        questions=tuple(entry.get("questions", ())),
        columns=entry.get("columns", {}),
    )
