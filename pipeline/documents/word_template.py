"""The Word templates of an edition: which there are, in which version, and which slots each must hold."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import TemplateError
from pipeline.toml_fault import line_of_fault
from pipeline.tool.definition import Tool

_NAME = re.compile(r"([a-z_]+)-(\d+)\.docx")
_REASONED, _WITH_HEALTH = "must_be_reasoned", "must_be_reasoned_with_health"
_KEYS = {"title", "required", _REASONED, _WITH_HEALTH}


@dataclass(frozen=True)
class WordTemplate:
    """One version of one Word document.

    Attributes:
        kind: which document it becomes; names the shape of its slots.
        required: slots that must stand in it, because the law or the tool demands what they hold.
        must_be_reasoned: fields without whose answer, with its reason, the document is not made.
        must_be_reasoned_with_health: further ones, where somebody with health expertise has to take part.
    """

    kind: str
    version: int
    path: Path
    title: str
    required: tuple[str, ...]
    must_be_reasoned: tuple[str, ...] = ()
    must_be_reasoned_with_health: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Kind and version, e.g. “tilsynsrapport-1”."""
        return f"{self.kind}-{self.version}"


def word_templates(tool: Tool) -> tuple[WordTemplate, ...]:
    """All templates of an edition, sorted by kind and version."""
    return tuple(read_template(path, kind, version) for kind, version, path in _files(tool))


def newest_template(tool: Tool, kind: str) -> WordTemplate:
    """The newest version of a document.

    Raises:
        TemplateError: the edition has no such document.
    """
    versions = [(version, path) for of_kind, version, path in _files(tool) if of_kind == kind]
    if not versions:
        raise TemplateError(f"Udgave {tool.edition} har ingen Word-skabelon “{kind}”. Læg den i word/{kind}-1.docx.")
    version, path = versions[-1]
    return read_template(path, kind, version)


def _files(tool: Tool) -> list[tuple[str, int, Path]]:
    """Kind, version and file of each template, in that order."""
    found = ((_NAME.fullmatch(path.name), path) for path in (tool.folder / "word").iterdir())
    return sorted((match[1], int(match[2]), path) for match, path in found if match)


def read_template(path: Path, kind: str, version: int) -> WordTemplate:
    """A template with the facts that stand beside it."""
    facts_file = path.with_suffix(".toml")
    try:
        text = facts_file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TemplateError(f"{facts_file.name} mangler ved siden af {path.name}.") from None
    return _with_facts(path, kind, version, text)


@lru_cache(maxsize=64)
def _with_facts(path: Path, kind: str, version: int, text: str) -> WordTemplate:
    """A template with its facts as they are written; the same words are taken apart once."""
    facts_file = path.with_suffix(".toml")
    try:
        facts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{facts_file.name}, {line_of_fault(error)}: ikke gyldig TOML. Ret stedet.") from error
    unknown = sorted(set(facts) - _KEYS)
    if unknown:
        raise TemplateError(f"{facts_file.name}: nøglen “{unknown[0]}” kendes ikke. Ret navnet.")
    if not isinstance(facts.get("title"), str):
        raise TemplateError(f"{facts_file.name}: “title” mangler eller er ikke en tekst.")
    lists = {"required": facts.get("required"), _REASONED: facts.get(_REASONED, [])}
    lists[_WITH_HEALTH] = facts.get(_WITH_HEALTH, [])
    for key, value in lists.items():
        if not _is_list_of_texts(value):
            raise TemplateError(f"{facts_file.name}: “{key}” mangler eller er ikke en liste af tekster.")
    return WordTemplate(kind, version, path, facts["title"], *(tuple(texts) for texts in lists.values()))


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
