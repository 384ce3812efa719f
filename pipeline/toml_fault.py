"""Where a text stops being TOML, in Danish; tomllib says it in English only."""

import re
import tomllib

_LINE = re.compile(r"\(at line (\d+),")


def line_of_fault(error: tomllib.TOMLDecodeError) -> str:
    """The place as a message names it: “linje 3”, or “slutningen” where the text breaks off."""
    line = _LINE.search(str(error))
    return f"linje {line.group(1)}" if line else "slutningen"
