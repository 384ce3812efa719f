"""The fonts that are installed and allowed, and which characters they draw; only this folder imports fontTools."""

import subprocess
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

CONFIGURATION = Path(__file__).with_name("fonts.conf")
"""Given to fontconfig as FONTCONFIG_FILE, also by the LibreOffice that draws the documents."""

# What LibreOffice puts in place of a font that has the same widths; anything else would change line breaks.
SAME_WIDTHS = {
    "Calibri": "Carlito",
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
    "Courier New": "Liberation Mono",
}
BODY_FONT = "Carlito"


def is_available(family: str) -> bool:
    """Whether a document may name this font: it is here, or its stand-in of the same widths is."""
    return SAME_WIDTHS.get(family, family) in _families()


def body_font_draws(character: str) -> bool:
    """Whether the font of our templates has the character: nearly every text needs no other."""
    return ord(character) in _covered(BODY_FONT)


def some_font_draws(character: str) -> bool:
    """Whether any allowed font has the character; the first call reads all fonts (about a second)."""
    return ord(character) in _covered(":")


@cache
def _families() -> frozenset[str]:
    return frozenset(name.strip() for line in _fc_list(":", "%{family}\n") for name in line.split(","))


@cache
def _covered(pattern: str) -> frozenset[int]:
    return frozenset().union(*(_coverage(path) for path in set(_fc_list(pattern, "%{file}\n"))))


def _coverage(path: str) -> set[int]:
    try:
        with TTFont(path, lazy=True) as font:
            return set(font.getBestCmap() or {})
    except (TTLibError, OSError):
        return set()  # a font that cannot be read draws nothing


def _fc_list(pattern: str, form: str) -> list[str]:
    listed = subprocess.run(  # noqa: S603 - pattern and form are words of ours
        ["fc-list", pattern, "--format", form],  # noqa: S607 - fontconfig, on Debian's PATH
        env={"FONTCONFIG_FILE": str(CONFIGURATION), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


@cache
def body_font_file() -> Path:
    """The file of the body font's regular face."""
    return Path(_fc_list(f"{BODY_FONT}:style=Regular", "%{file}\n")[0])
