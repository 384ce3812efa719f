"""A field at rest: on a page where nobody has typed yet there is nothing to read and nothing to refuse.

WTForms builds a field of twenty attributes for each question; a page that only shows what is stored had them all built
to be drawn once and thrown away.
"""

from typing import NamedTuple

from pipeline.tool.definition import Field
from webforms.design.words import Speaker
from webforms.inputs.english import Explained
from webforms.inputs.worded import Worded


class InWords(NamedTuple):
    """What a field shows of its stored answer.

    Attributes:
        text: in its control of running text.
        picked: the code that is chosen beside the text; empty where there is none to choose, or none is chosen.
    """

    text: str
    picked: str = ""


class AtRest(NamedTuple):
    """One field with nothing in it but what is stored, and nothing around it but what the edition prints.

    Attributes:
        worded: the field of the tool, in words.
        say: our own words in the visitor's language.
        stored: what it shows.
    """

    worded: Worded
    say: Speaker
    stored: InWords

    @property
    def asked(self) -> Field:
        """Of the tool, its references to the law filled in."""
        return self.worded.field

    @property
    def explained(self) -> Explained:
        """What its words mean in English."""
        return self.worded.explained

    @property
    def template(self) -> str:
        """Each kind of field is drawn by the template of its name."""
        return self.worded.field.kind.value
