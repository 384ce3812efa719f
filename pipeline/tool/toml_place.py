"""Where in a TOML text a key stands, so that a refusal can name the line (tomllib keeps no line numbers)."""

import re

Place = tuple[str | int, ...]
"""A path of keys, and of numbers where tables stand in an array."""

_TABLE = re.compile(r"^\s*\[(\[?)([A-Za-z0-9_.\-]+)\]?\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_INLINE = re.compile(r"([{}])|([A-Za-z0-9_\-]+)\s*=")
_STRING_OR_COMMENT = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)


class TomlPlaces:
    """Line numbers of tables and keys in one TOML text (1 is the first line)."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Place, int] = {}
        table: Place = ()
        key: Place = ()
        counts: dict[Place, int] = {}
        for number, line in enumerate(_bare(text).split("\n"), start=1):
            header = _TABLE.match(line)
            if header:
                key = table = self._enter(header.group(2).split("."), bool(header.group(1)), counts)
                self._note(table, number)
                continue
            start = _KEY.match(line)
            if start:
                key = (*table, start.group(1))
                counts.pop(key, None)
                self._note(key, number)
            self._inline_tables(line[start.end() if start else 0 :], key, counts, number)

    def line_of(self, path: Place) -> int:
        """The line of the key at this path, or of the nearest thing around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    @staticmethod
    def _enter(names: list[str], is_array: bool, counts: dict[Place, int]) -> Place:
        table: Place = ()
        for depth, name in enumerate(names):
            table = (*table, name)
            if is_array and depth == len(names) - 1:
                counts[table] = counts.get(table, -1) + 1
            if table in counts:
                table = (*table, counts[table])
        return table

    def _inline_tables(self, line: str, key: Place, counts: dict[Place, int], number: int) -> None:
        """Inline tables in an array are numbered as they come; the definition nests them no deeper."""
        for brace, name in _INLINE.findall(line):
            if brace == "{":
                counts[key] = counts.get(key, -1) + 1
                self._note((*key, counts[key]), number)
            elif name and key in counts:
                self._note((*key, counts[key], name), number)

    def _note(self, path: Place, number: int) -> None:
        self._lines.setdefault(path, number)
        if path and isinstance(path[-1], int):
            self._lines.setdefault(path[:-1], number)


def _bare(text: str) -> str:
    """The text with strings and comments emptied, so that nothing in them looks like a key; the lines stay."""
    return _STRING_OR_COMMENT.sub(lambda match: _emptied(match, text), text)


def _emptied(match: re.Match[str], text: str) -> str:
    is_key = text[match.end() :][:80].lstrip(" \t").startswith("=")
    return match.group().strip("\"'") if is_key else "\n" * match.group().count("\n")
