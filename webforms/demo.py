"""The fictional cases that come with each edition."""

from pathlib import Path

from pipeline.errors import TilsynError
from pipeline.tool.load import editions

DEFAULT_SAMPLE = "cp_skole_2"


def samples(root: Path) -> tuple[str, ...]:
    """The names of the newest edition's fictional cases, e.g. “cp_skole_1”."""
    folder = root / editions(root)[-1]
    return tuple(sorted(path.stem.removeprefix("sample_") for path in folder.glob("sample_*.json")))


def sample_path(name: str, root: Path) -> Path:
    """The answers of a fictional case.

    Raises:
        TilsynError: there is no such case.
    """
    known = samples(root)
    if name not in known:
        raise TilsynError(f"Den opdigtede sag “{name}” findes ikke. Vælg en af: {', '.join(known)}.")
    return root / editions(root)[-1] / f"sample_{name}.json"
