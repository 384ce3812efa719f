"""Checks the slots of a template against the shapes that a document has; what is not known is refused with its place.

Only names, attributes, `for`, `if` and comparison with a fixed word are allowed, and a loop inside a loop only over
what the outer one holds: so a template can neither call anything nor run longer than the case is large.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from pipeline.documents.merge.faults import Fault, excerpt
from pipeline.documents.shapes import Keyed


@dataclass(frozen=True)
class Loop:
    """What a template may ask of the loop it stands in."""

    first: bool
    last: bool
    index: int
    length: int


_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If,
    nodes.Compare, nodes.Operand, nodes.Const, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_SAME = {"eq", "ne"}
_ORDER = {"lt", "lteq", "gt", "gteq"}
_IN_DANISH = {
    "Call": "et kald med ( )", "Filter": "et filter |", "FilterBlock": "filter", "Getitem": "opslag med [ ]",
    "Test": "is", "CondExpr": "if … else inde i et felt", "Concat": "~", "Assign": "set", "AssignBlock": "set",
    "List": "en liste [ ]", "Dict": "en ordbog { }", "Tuple": "flere værdier", "FromImport": "import",
    "Scope": "autoescape", "CallBlock": "call",
}  # fmt: skip


class SlotChecker:
    """Walks one part of a template; gathers faults and the slots that are used."""

    def __init__(self, part: str, source: str, roots: Mapping[str, Any]) -> None:
        self._part = part
        self._source = source
        self._roots = roots
        self.faults: list[Fault] = []
        self.used: set[str] = set()

    def check(self, tree: nodes.Template) -> None:
        """Check a parsed part."""
        self._body(tree.body, dict(self._roots), looped="")

    def _body(self, body: list[nodes.Node], scope: dict[str, Any], looped: str) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for child in node.nodes:
                        self._output(child, scope)
                case nodes.For():
                    self._loop(node, scope, looped)
                case nodes.If():
                    self._condition(node, scope, looped)
                case _:
                    self._refuse(node, f"“{_name(node)}” er ikke tilladt i en skabelon")

    def _output(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        if isinstance(node, nodes.TemplateData):
            stray = re.search(r"\}\}|%\}|\{\{|\{%", re.sub("<[^>]*>", "", node.data))
            if stray:
                self._refuse(node, f"der står et løst “{stray.group()}”; et felt er ikke skrevet færdigt")
            return
        found = self._type(node, scope)
        if found in (str, int):
            self.used.add(_path(node))
        elif found is not None:
            self._refuse(node, "feltet er en liste eller en gruppe og kan ikke skrives ud; vælg en tekst i den")

    def _loop(self, node: nodes.For, scope: dict[str, Any], looped: str) -> None:
        if looped and _path(node.iter).split(".")[0] != looped:
            self._refuse(node, f"en gentagelse inde i en anden skal gå over noget i “{looped}”")
            return
        if node.recursive or node.test or node.else_ or not isinstance(node.target, nodes.Name):
            self._refuse(node, "kun en enkel gentagelse “for navn in liste” er tilladt")
            return
        listed = self._type(node.iter, scope)
        if listed is None:
            return
        if get_origin(listed) is not tuple:
            self._refuse(node, "det, der gentages over, er ikke en liste")
            return
        self.used.add(_path(node.iter))
        inner = {**scope, node.target.name: get_args(listed)[0], "loop": Loop}
        self._body(node.body, inner, node.target.name)

    def _condition(self, node: nodes.If, scope: dict[str, Any], looped: str) -> None:
        for branch in (node, *node.elif_):
            self._type(branch.test, scope)
            self._body(branch.body, scope, looped)
        self._body(node.else_, scope, looped)

    def _type(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The type behind an expression, or None where a fault was noted."""
        match node:
            case nodes.Name():
                return self._named(node, node.name, scope.get(node.name), node.name)
            case nodes.Getattr():
                owner = self._type(node.node, scope)
                return None if owner is None else self._attribute(node, owner)
            case nodes.Const():
                return type(node.value)
            case nodes.Not():
                self._type(node.node, scope)
                return bool
            case nodes.And() | nodes.Or():
                self._type(node.left, scope)
                self._type(node.right, scope)
                return bool
            case nodes.Compare():
                return self._comparison(node, scope)
            case _:
                self._refuse(node, f"“{_name(node)}” er ikke tilladt i en skabelon")
                return None

    def _comparison(self, node: nodes.Compare, scope: dict[str, Any]) -> Any:
        """Text with text, number with number: anything else is always untrue or stops the merge."""
        types = {self._type(side, scope) for side in (node.expr, *(operand.expr for operand in node.ops))}
        orders = any(operand.op in _ORDER for operand in node.ops)
        known = all(operand.op in _SAME | _ORDER for operand in node.ops)
        if None not in types and not (known and types in ([{int}] if orders else [{int}, {str}])):
            self._refuse(node, "kun tekst kan sammenlignes med tekst og tal med tal (==, !=, for tal også < og >)")
        return bool

    def _attribute(self, node: nodes.Getattr, owner: Any) -> Any:
        if isinstance(owner, Keyed):
            found = owner.item if node.attr in owner.keys else None
        elif is_dataclass(owner):
            found = get_type_hints(owner).get(node.attr)
        else:
            found = None
        return self._named(node, node.attr, found, _path(node))

    def _named(self, node: nodes.Node, name: str, found: Any, path: str) -> Any:
        if found is None:
            self._refuse(node, f"feltet “{name}” findes ikke; er det stavet rigtigt? (skrevet som “{path}”)")
        return found

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self.refuse_line(_line(node), what)

    def refuse_line(self, line: int, what: str) -> None:
        """Note a fault in the paragraph on this line of the source."""
        self.faults.append(Fault(self._part, near_line(self._source, line), f"{what}."))


def near_line(source: str, line: int) -> str:
    """The words of the paragraph on a line of the source; each paragraph begins a line of its own."""
    lines = source.split("\n")
    words = re.sub("<[^>]*>", "", lines[min(line, len(lines)) - 1])
    return excerpt(re.sub(r"\{%\s*$", "", words))


def unsafe_nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Every node of a kind that no template may hold."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            yield node


def _name(node: nodes.Node) -> str:
    kind = type(node).__name__
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) and kind not in _IN_DANISH:
        return "regning"
    return _IN_DANISH.get(kind, kind.lower())


def _line(node: nodes.Node) -> int:
    """The line of a node; some that Jinja makes itself have none, but what stands in them does."""
    return next((inner.lineno for inner in (node, *node.find_all(nodes.Node)) if inner.lineno), 1)


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
