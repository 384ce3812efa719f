"""A copy of the published edition that a test may spoil."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool


@dataclass(frozen=True)
class EditionCopy:
    """Edition 2018 under a root of its own, without the register of published editions."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "2018"

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the only occurrence; returns the number of the line where the new text begins."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} x {old!r} in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def load(self) -> Tool:
        return load_tool(None, self.root)
