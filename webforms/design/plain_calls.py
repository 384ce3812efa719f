"""Templates that call what they call, without asking it first what it would like to be handed.

Jinja lets a function ask for the page around it, and looks for that wish twice at each call: a page makes a hundred.
Of what our templates call only macros have one, and it is always the same: to know whether they stand in HTML.
"""

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context, Macro


class PlainCalls(Context):
    """The page of a template, as Jinja has it but for the calls."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """Call a function or a macro.

        Args:
            called: function or macro; nothing that is marked with `jinja2.pass_context` or its like.
            *args: its arguments by place.
            **named: its arguments by name, and what Jinja adds inside loops and blocks for those that ask for the page.
        """
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(self.eval_ctx, *args, **named) if isinstance(called, Macro) else called(*args, **named)
