"""A Word template compiled once: checked, then only text and zip for each document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import jinja2

from pipeline.documents.merge.direction import has_letters_from_right, with_directions
from pipeline.documents.merge.faults import Fault, part_in_words, refuse_all
from pipeline.documents.merge.places import PlaceChecker, in_a_property, in_a_run
from pipeline.documents.merge.sandbox import IN_PROPERTIES, IN_RUNS
from pipeline.documents.merge.slots import SlotChecker, near_line, unsafe_nodes
from pipeline.documents.merge.source import property_source, run_source
from pipeline.documents.merge.word_package import PROPERTIES, WordPackage, open_package
from pipeline.documents.merge.zip_writer import CARRIED_LEVEL, MERGED_LEVEL, Packed, as_zip, pack
from pipeline.errors import TemplateError

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL_ENDS = (b"</w:tcPr></w:tc>", b"</w:tbl></w:tc>", b"<w:tcPr/></w:tc>", b"<w:tc></w:tc>")


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be merged any number of times.

    Attributes:
        used: slots that are printed or looped over.
    """

    package: WordPackage
    carried: Packed
    parts: Mapping[str, jinja2.Template]
    used: frozenset[str]

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The merged document as the bytes of a docx.

        Raises:
            TemplateError: a slot got no value, or the result is not well-formed.
        """
        rendered = {name: _rendered(name, template, context) for name, template in self.parts.items()}
        return as_zip(pack(rendered, level=MERGED_LEVEL, behind=self.carried))


def compile_template(data: bytes, roots: Mapping[str, Any]) -> CompiledTemplate:
    """Check and compile a template.

    Args:
        data: the docx.
        roots: the names a slot may begin with and their types.

    Raises:
        TemplateError: every fault that was found, each with its place.
    """
    package = open_package(data)
    parts = [_compile_part(name, package, roots) for name in package.merged]
    refuse_all([fault for part in parts for fault in part.faults])
    return CompiledTemplate(
        package,
        pack(package.carried, level=CARRIED_LEVEL),
        {part.name: part.template for part in parts if part.template},
        frozenset[str]().union(*(part.used for part in parts)),
    )


@dataclass(frozen=True)
class _Part:
    """One part with slots: its Jinja template, or the faults that stand in the way of one."""

    name: str
    faults: list[Fault]
    template: jinja2.Template | None = None
    used: frozenset[str] = frozenset()


def _compile_part(name: str, package: WordPackage, roots: Mapping[str, Any]) -> _Part:
    read, environment, may_stand = _ROADS[name == PROPERTIES]
    source, faults = read(name, package.trees[name])
    if faults:
        return _Part(name, faults)
    checker = SlotChecker(name, source, roots)
    try:
        tree = environment.parse(source)
        checker.check(tree)
        PlaceChecker(may_stand, checker.refuse_line).check(tree)
        # The checker has refused these with better words; this holds even where it should have a hole.
        faults = checker.faults or [Fault(name, "", "ukendt konstruktion.") for _ in unsafe_nodes(tree)]
        return _Part(name, faults, None if faults else environment.from_string(tree), frozenset(checker.used))
    except jinja2.TemplateSyntaxError as error:
        message = error.message or ""
        line = _last_open(source) if message.startswith(_NOT_CLOSED) else error.lineno
        return _Part(name, [Fault(name, near_line(source, line), _in_danish(message))])
    except RecursionError:
        return _Part(name, [Fault(name, "", "et felt har for mange parenteser inde i hinanden. Gør det enklere.")])


_ROADS = {True: (property_source, IN_PROPERTIES, in_a_property), False: (run_source, IN_RUNS, in_a_run)}
"""How the file's properties, and how every other part, becomes a Jinja template."""


def _rendered(name: str, template: jinja2.Template, context: Mapping[str, Any]) -> bytes:
    try:
        content = _DECLARATION + _with_paragraphs(template.render(context).encode())
        expat.ParserCreate().Parse(content, True)
        content = with_directions(content) if has_letters_from_right(content) else content
    except jinja2.TemplateError as error:
        raise TemplateError(f"{part_in_words(name)}: et felt fik ingen værdi ({error.message}).") from error
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise TemplateError(f"{part_in_words(name)}: en værdi har et tegn, som ikke kan stå i et dokument.") from error
    return content


def _with_paragraphs(xml: bytes) -> bytes:
    """A cell whose every paragraph was left out gets an empty one: Word takes a cell without any for damage."""
    for end in _CELL_ENDS:
        if end in xml:
            xml = xml.replace(end, end.removesuffix(b"</w:tc>") + b"<w:p/></w:tc>")
    return xml


_NOT_CLOSED = "Unexpected end of template"
_SAID_BY_JINJA = (
    (_NOT_CLOSED, "en gentagelse eller betingelse lukkes ikke; skriv {% endfor %} eller {% endif %}."),
    (r"unknown tag 'e(?:nd|l)", "her lukkes noget, som ikke er åbnet; hver {% endfor %} hører til en {% for %}."),
    (r"unknown tag '(\w+)'", "“{}” er ikke tilladt i en skabelon; kun for og if."),
)
_NOT_READ = "feltet kan ikke læses; der skal kun stå et navn, fx {{ paper.title }}."


def _last_open(source: str) -> int:
    """The line of the innermost loop or condition that is never closed; Jinja itself points at the end."""
    lines = [1]
    for tag in re.finditer(r"\{%\s*(for|if|endfor|endif)\b", source):
        if tag.group(1).startswith("end"):
            del lines[max(1, len(lines) - 1) :]
        else:
            lines.append(source.count("\n", 0, tag.end()) + 1)
    return lines[-1]


def _in_danish(message: str) -> str:
    for said, danish in _SAID_BY_JINJA:
        match = re.search(said, message)
        if match:
            return danish.replace("{}", match.group(1)) if match.groups() else danish
    return _NOT_READ
