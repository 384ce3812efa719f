"""Where in a TOML text a key stands, so that a refusal can name the line (tomllib keeps no line numbers)."""

import re

_TABLE = re.compile(r"^\s*\[(\[?)([A-Za-z0-9_.\-]+)\]?\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=|[{,]\s*([A-Za-z0-9_\-]+)\s*=")


class TomlPlaces:
    """Line numbers of tables and keys in one TOML text (1 is the first line)."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str | int, ...], int] = {}
        table: tuple[str | int, ...] = ()
        counts: dict[tuple[str | int, ...], int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            header = _TABLE.match(line)
            if header:
                table = self._enter(header.group(2).split("."), bool(header.group(1)), counts)
                self._lines.setdefault(table, number)
                continue
            for match in _KEY.finditer(line):
                self._lines.setdefault((*table, match.group(1) or match.group(2)), number)

    @staticmethod
    def _enter(names: list[str], is_array: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
        table: tuple[str | int, ...] = ()
        for depth, name in enumerate(names):
            table = (*table, name)
            if is_array and depth == len(names) - 1:
                counts[table] = counts.get(table, -1) + 1
            if table in counts:
                table = (*table, counts[table])
        return table

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of the key at this path, or of the nearest thing around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1
