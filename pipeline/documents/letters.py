"""The Word templates that belong to no edition: letters and answers, each version of each type in a folder."""

from pathlib import Path

from pipeline.documents.word_template import WordTemplate, read_template
from pipeline.errors import TemplateError

LETTERS = Path(__file__).resolve().parents[2] / "templates_docx" / "breve"


def newest_letter(kind: str, root: Path = LETTERS) -> WordTemplate:
    """The newest version of a letter: `<root>/<kind>/<version>/<kind>.docx`, with its facts beside it.

    Raises:
        TemplateError: there is no such letter, or what stands beside it cannot be read.
    """
    versions = [int(path.parent.name) for path in root.glob(f"{kind}/*/{kind}.docx") if path.parent.name.isdecimal()]
    if not versions:
        raise TemplateError(f"Der er ingen Word-skabelon “{kind}”. Læg den i breve/{kind}/1/{kind}.docx.")
    version = max(versions)
    return read_template(root / kind / str(version) / f"{kind}.docx", kind, version)


def letters(root: Path = LETTERS) -> tuple[WordTemplate, ...]:
    """The newest version of every letter, sorted by type."""
    kinds = sorted({path.parents[1].name for path in root.glob("*/*/*.docx")})
    return tuple(newest_letter(kind, root) for kind in kinds)
