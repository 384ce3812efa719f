"""What a report may not lack: it is refused before anything is written, with every gap named at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.answers import Answers, Contribution
from pipeline.cases.values import ChoiceValue
from pipeline.documents.contents.report import health_applies
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import AnswersError
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Tool


@dataclass(frozen=True)
class Gap:
    """A field that lacks its answer, or only its reason; `section` is empty where the edition has no such field."""

    key: str
    section: str
    label: str
    has_answer: bool = False

    @property
    def words(self) -> str:
        """What is missing, and where."""
        if not self.section:
            return f"Skabelonen kræver feltet “{self.key}”, som udgaven ikke har."
        lacks = "begrundelsen for" if self.has_answer else "svaret på"
        return f"Afsnit ({self.section}): {lacks} “{self.label}”."


def require_reasons(answers: Answers, tool: Tool, law: Law, template: WordTemplate) -> None:
    """Refuse a report without the assessments and reasons that it is made for.

    Raises:
        AnswersError: names each field that lacks an answer or a reason.
    """
    refuse_gaps([gap.words for gap in gaps(answers, tool, law, template)])


def refuse_gaps(gaps: list[str]) -> None:
    """Refuse a report for what it lacks; nothing lacks, nothing happens.

    Raises:
        AnswersError: names them all.
    """
    if gaps:
        lines = "\n".join(f"- {gap}" for gap in gaps)
        raise AnswersError(f"Rapporten kan ikke laves endnu. Det her mangler:\n{lines}")


def gaps(answers: Answers, tool: Tool, law: Law, template: WordTemplate) -> tuple[Gap, ...]:
    """What the answers lack for a report.

    Which fields these are stands beside the Word template (`must_be_reasoned`, and `must_be_reasoned_with_health`
    where somebody with health expertise has to take part).
    """
    health = template.must_be_reasoned_with_health if health_applies(answers) else ()
    return tuple(gap for key in (*template.must_be_reasoned, *health) for gap in _gaps(key, answers, tool, law))


def _gaps(key: str, answers: Answers, tool: Tool, law: Law) -> Iterator[Gap]:
    field = tool.find(key)
    if field is None:
        yield Gap(key, "", key)
        return
    given = answers.of(key)
    if not any(_is_reasoned(contribution) for contribution in given):
        yield Gap(key, _section(field, tool), law.in_words(field.label), has_answer=bool(given))


def _is_reasoned(contribution: Contribution) -> bool:
    value = contribution.value
    return bool((value.reason if isinstance(value, ChoiceValue) else value.as_text()).strip())


def _section(field: Field, tool: Tool) -> str:
    return next(section.key for section in tool.sections if field in section.fields)
