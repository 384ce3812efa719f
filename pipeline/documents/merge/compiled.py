"""A Word template compiled once: docxtpl's template language, Jinja's sandbox, then only text and zip per document.

docxtpl compiles its template anew for every document and keeps memory; it is used here for what is its own: turning
Word's XML with tags split over runs into a Jinja source.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from types import SimpleNamespace
from typing import Any
from xml.parsers import expat

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.documents.contents import words
from pipeline.documents.merge.slots import Fault, SlotChecker, part_in_words, unsafe_nodes
from pipeline.documents.merge.word_package import PROPERTIES, WordPackage, carried_archive, open_package, write_package
from pipeline.documents.merge.xml_text import into_property, into_run
from pipeline.errors import TemplateError


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be merged any number of times."""

    package: WordPackage
    carried: bytes
    parts: Mapping[str, jinja2.Template]
    used: frozenset[str]

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The merged document as the bytes of a docx.

        Raises:
            TemplateError: a slot got no value, or the result is not well-formed.
        """
        rendered = {}
        for name, template in self.parts.items():
            try:
                rendered[name] = template.render(context).encode()
                expat.ParserCreate().Parse(rendered[name], True)
            except jinja2.TemplateError as error:
                raise TemplateError(f"{part_in_words(name)}: et felt fik ingen værdi ({error.message}).") from error
            except expat.ExpatError as error:
                raise TemplateError(f"{part_in_words(name)}: det flettede dokument er ikke gyldigt XML.") from error
        return write_package(self.carried, rendered)


def compile_template(data: bytes, roots: Mapping[str, Any]) -> CompiledTemplate:
    """Check and compile a template.

    Args:
        data: the docx.
        roots: the names a slot may begin with and their types.

    Raises:
        TemplateError: every fault that was found, each with its place.
    """
    package = open_package(data)
    faults: list[Fault] = []
    used: set[str] = set()
    parts: dict[str, jinja2.Template] = {}
    for name, xml in package.merged.items():
        environment = _PROPERTY_ENVIRONMENT if name == PROPERTIES else _RUN_ENVIRONMENT
        source = xml if name == PROPERTIES else _as_jinja(xml)
        checker = SlotChecker(name, source, roots)
        try:
            tree = environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            faults.append(Fault(name, _excerpt(source, error.lineno), f"et felt er skrevet forkert ({error.message})."))
            continue
        checker.check(tree)
        faults += checker.faults or [Fault(name, "", "ukendt konstruktion.") for _ in unsafe_nodes(tree)]
        used |= checker.used
        if not checker.faults:
            parts[name] = environment.from_string(tree)
    if faults:
        raise TemplateError("\n".join(fault.in_words() for fault in faults))
    return CompiledTemplate(package, carried_archive(package), parts, frozenset(used))


def _as_jinja(xml: str) -> str:
    """The part as a Jinja source, each paragraph on a line of its own so that a fault can be placed."""
    head, body = re.match(r"(<\?xml[^>]*\?>\s*)?(.*)", xml, re.DOTALL).groups()  # type: ignore[union-attr] # matches all
    source: str = _DOCXTPL.patch_xml(body.replace("\n", " "))
    return (head or "").strip() + re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _excerpt(source: str, line: int) -> str:
    paragraph = source.split("\n")[min(line, source.count("\n") + 1) - 1]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", paragraph)).strip()[:60]


class _FactsEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a short cut for our own facts: their public attributes are plain values by their shape."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a fact; everything else goes the sandbox's careful way."""
        if type(obj) in _FACTS and attribute[0] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


_FACTS = {
    SimpleNamespace,
    *(shape for shape in vars(words).values() if isinstance(shape, type) and is_dataclass(shape)),
}


def _environment(finalize: Any) -> _FactsEnvironment:
    environment = _FactsEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=finalize, keep_trailing_newline=True
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


_RUN_ENVIRONMENT = _environment(into_run)
_PROPERTY_ENVIRONMENT = _environment(into_property)
_DOCXTPL = DocxTemplate(io.BytesIO())
