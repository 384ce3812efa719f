"""Templates that share one dictionary of globals.

Jinja lays an empty layer over the globals for each template, in case it were given some of its own; every import and
every page then walks through all globals in Python. No template of ours has any: that was a twentieth of a page.
"""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment

from webforms.design.plain_calls import PlainCalls


class SharedGlobals(Environment):
    """Flask's templates without that layer."""

    context_class = PlainCalls

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: the application's, where it brings none."""
        return super().make_globals(d) if d else self.globals
