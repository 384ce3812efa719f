"""What a hearing asks: a party may remark on each part of the report and in general, the child gets a few questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.documents.contents.report_parts import PART_TITLES
from webforms.design.words import Speaker

GENERAL = "generelt"
CHILD = "barn"
"""Begins the `section` of a child's remarks."""

FACES = {"glad": "Glad", "midt": "Midt imellem", "ked": "Ked af det"}
"""Pictures to choose from, and what a choice is called in documents; pages say it in the visitor's language."""

_CHILD_QUESTIONS = (("traening", True), ("dage", True), ("godt", False), ("anderledes", False), ("andet", False))
"""Key, and whether it is answered by choosing a picture. A key is never renamed: remarks name it."""


@dataclass(frozen=True)
class Question:
    """Something that can be answered.

    Attributes:
        key: in names of controls and drafts.
        section: as the remark keeps it; empty: in general.
    """

    key: str
    section: str
    title: str
    is_faces: bool = False

    @property
    def control(self) -> str:
        """Id of its control."""
        return f"svar-{self.key}"


def questions_of_party(say: Speaker) -> tuple[Question, ...]:
    """One for each part of the report, in its order, and one in general."""
    parts = tuple(Question(key, key, say(f"hearing.part.{key}")) for key in PART_TITLES)
    return (*parts, Question(GENERAL, "", say("hearing.general")))


def questions_of_child(say: Speaker) -> tuple[Question, ...]:
    """A few concrete ones in simple words."""
    return tuple(Question(key, f"{CHILD}/{key}", say(f"hearing.ask_{key}"), faces) for key, faces in _CHILD_QUESTIONS)


def title_of(section: str, say: Speaker) -> str:
    """What a remark is about, in words."""
    questions: Sequence[Question] = (*questions_of_child(say), *questions_of_party(say))
    return next((question.title for question in questions if question.section == section), section)
