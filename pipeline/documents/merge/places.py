"""Where slots, loops and conditions stand in the XML; proves that the result is well-formed whatever the values are.

A slot may stand only in a text, never in an attribute, a field code or deleted text. Each loop and condition must end
where it began: with the same elements open.
"""

import re
from collections.abc import Callable, Sequence

from jinja2 import nodes

_MARKUP = re.compile(r"<(/?)([\w:.-]+)[^<>]*?(/?)>")

Open = tuple[str, ...]
"""Names of the elements that are open at a place, outermost first."""


def in_a_run(open_elements: Open) -> bool:
    """Whether a slot may stand here in a part of the document."""
    return bool(open_elements) and open_elements[-1] == "w:t"


def in_a_property(open_elements: Open) -> bool:
    """Whether a slot may stand here in the file's properties: inside one of them."""
    return len(open_elements) == 2


class PlaceChecker:
    """Walks one part and tells of each wrong place.

    Args:
        may_stand: whether a slot may stand where these elements are open.
        refuse: told the line and, in Danish, what is wrong.
    """

    def __init__(self, may_stand: Callable[[Open], bool], refuse: Callable[[int, str], None]) -> None:
        self._may_stand, self._refuse = may_stand, refuse

    def check(self, tree: nodes.Template) -> None:
        """Check a parsed part."""
        self._body(tree.body, ())

    def _body(self, body: Sequence[nodes.Node], at: Open) -> Open:
        for node in body:
            match node:
                case nodes.Output():
                    for child in node.nodes:
                        at = self._output(child, at)
                case nodes.For():
                    self._same(node, at, self._body(node.body, at))
                case nodes.If():
                    at = self._condition(node, at)
        return at

    def _output(self, node: nodes.Node, at: Open) -> Open:
        if isinstance(node, nodes.TemplateData):
            return self._markup(node, at)
        if not self._may_stand(at):
            self._refuse(node.lineno, f"et felt kan ikke stå her ({at[-1] if at else '?'}), kun i almindelig tekst")
        return at

    def _condition(self, node: nodes.If, at: Open) -> Open:
        branches = [self._body(branch.body, at) for branch in (node, *node.elif_)]
        branches.append(self._body(node.else_, at))
        for branch in branches[1:]:
            self._same(node, branches[0], branch)
        return branches[0]

    def _markup(self, node: nodes.TemplateData, at: Open) -> Open:
        stack = list(at)
        for ends, name, empty in _MARKUP.findall(node.data):
            if ends and (not stack or stack.pop() != name):
                self._crossed(node.lineno)
            elif not ends and not empty:
                stack.append(name)
        if re.search(r"[<>]", _MARKUP.sub("", node.data)):
            self._refuse(node.lineno, "et felt står i en egenskab (fx alternativ tekst); det kan kun stå i tekst")
        return tuple(stack)

    def _same(self, node: nodes.Node, one: Open, other: Open) -> None:
        if one != other:
            self._crossed(node.lineno)

    def _crossed(self, line: int) -> None:
        self._refuse(
            line,
            "en gentagelse eller betingelse begynder og slutter ikke samme sted; "
            "sæt begyndelse og slutning i hver sit afsnit ({%p) eller hver sin tabelrække ({%tr)",
        )
