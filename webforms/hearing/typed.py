"""What somebody types in answer to a hearing, from the form to the draft, and from the draft to the events."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from pipeline.cases.hearing.events import RemarkMade, Told
from pipeline.cases.text_at_the_door import accept_text
from pipeline.errors import AnswersError
from pipeline.store.clock import new_id
from pipeline.store.drafts import Draft
from webforms.design.page import Problem
from webforms.design.words import Speaker
from webforms.hearing.questions import FACES, Question

PREFIX, HELPER = "svar.", "hjaelper"
MOST_CHARACTERS = 20_000
_ANSWERS = "answers"


@dataclass(frozen=True)
class Typed:
    """Words by the key of the question, without those that are empty.

    Attributes:
        helper: who holds the pen for a child.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    helper: str = ""

    @property
    def digest(self) -> str:
        """A short digest, by which what is confirmed is known to be what was looked over."""
        said = msgspec.json.encode((sorted(self.answers.items()), self.helper))
        return sha256(said).hexdigest()[:32]

    def as_words(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {_ANSWERS: dict(self.answers), HELPER: self.helper}


def typed_in_form(form: MultiDict[str, str], questions: Sequence[Question]) -> Typed:
    """What a browser sent; names that are no question of ours are not read."""
    texts = {question.key: _text(form.get(PREFIX + question.key, "")) for question in questions}
    return Typed({key: text for key, text in texts.items() if text}, _text(form.get(HELPER, "")))


def typed_in_draft(draft: Draft | None) -> Typed:
    """What was typed earlier."""
    return Typed(dict(draft.words.get(_ANSWERS, {})), str(draft.words.get(HELPER, ""))) if draft else Typed()


def problems_of(typed: Typed, questions: Sequence[Question], say: Speaker) -> tuple[Problem, ...]:
    """What keeps the words from being sent."""
    return tuple(_problems(typed, questions, say))


def remarks_of(typed: Typed, questions: Sequence[Question], hearing: str, answer: str, told: Told) -> list[RemarkMade]:
    """The words as remarks, in the order of the questions."""
    return [
        RemarkMade(hearing, answer, new_id(), question.section, said, how)
        for question in questions
        if (text := typed.answers.get(question.key, ""))
        for said, how in [(FACES[text], Told.PICTURE) if question.is_faces else (text, told)]
    ]


def _problems(typed: Typed, questions: Sequence[Question], say: Speaker) -> Iterator[Problem]:
    for question in questions:
        text = typed.answers.get(question.key, "")
        place = question.control
        if question.is_faces and text and text not in FACES:
            yield Problem(place, say("hearing.choose_again", label=question.title))
        elif len(text) > MOST_CHARACTERS:
            yield Problem(place, say("hearing.too_long", label=question.title, most=MOST_CHARACTERS))
        else:
            yield from _refused(text, question, say)


def _refused(text: str, question: Question, say: Speaker) -> Iterator[Problem]:
    try:
        accept_text(text, f"“{question.title}”")
    except AnswersError as error:
        yield Problem(question.control, say.told(error))


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
