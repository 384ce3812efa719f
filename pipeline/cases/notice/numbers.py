"""The number that a text message can be sent to, out of what stands in a person's contact."""

import re

_WRITTEN = re.compile(r"\+?[0-9](?:[ .\-()]{0,2}[0-9])*")
_DANISH, _COUNTRY = 8, "+45"
_AT_HOME = "(0)"
"""“+44 (0)20”: dialled within the country alone."""
_SHORTEST, _LONGEST = 8, 15
"""Digits of a number with its country; E.164 has no more, and fewer are a piece of one."""


def number_for_sms(phone: str) -> str:
    """The first number with its country (ITU-T E.164), a Danish one where none is named; empty where there is none."""
    for written in _WRITTEN.findall(phone.replace(_AT_HOME, "")):
        digits = "".join(character for character in written if character.isdigit())
        if written.startswith("+") and _SHORTEST <= len(digits) <= _LONGEST:
            return f"+{digits}"
        if len(digits) == _DANISH:
            return f"{_COUNTRY}{digits}"
    return ""
