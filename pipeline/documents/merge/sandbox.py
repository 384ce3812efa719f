"""The Jinja environments that templates run in: sandboxed, without a single function, filter or test."""

from collections.abc import Callable
from dataclasses import is_dataclass
from types import SimpleNamespace
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.documents.contents import words
from pipeline.documents.merge.xml_text import into_property, into_run

_FACTS = {
    SimpleNamespace,
    *(shape for shape in vars(words).values() if isinstance(shape, type) and is_dataclass(shape)),
}


class FactsEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a short cut for our own facts: their public attributes are plain values by their shape."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a fact; everything else goes the sandbox's careful way."""
        if type(obj) in _FACTS and attribute[0] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def _environment(escape: Callable[[object], str]) -> FactsEnvironment:
    environment = FactsEnvironment(
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        finalize=escape,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


IN_RUNS = _environment(into_run)
"""For the parts of the document."""

IN_PROPERTIES = _environment(into_property)
"""For the file's properties, which have no line breaks of Word's own."""
