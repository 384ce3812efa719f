"""What a report may not lack: it is refused before anything is written, with every gap named at once."""

from collections.abc import Iterator

from pipeline.cases.answers import Answers, Contribution
from pipeline.cases.values import ChoiceValue
from pipeline.documents.word_template import WordTemplate
from pipeline.errors import AnswersError
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Tool


def require_reasons(answers: Answers, tool: Tool, law: Law, template: WordTemplate) -> None:
    """Refuse a report without the assessments and reasons that it is made for.

    Which fields these are stands beside the Word template (`must_be_reasoned`).

    Raises:
        AnswersError: names each field that lacks an answer or a reason.
    """
    gaps = [gap for key in template.must_be_reasoned for gap in _gaps(key, answers, tool, law)]
    if gaps:
        lines = "\n".join(f"- {gap}" for gap in gaps)
        raise AnswersError(f"Rapporten kan ikke laves endnu. Det her mangler:\n{lines}")


def _gaps(key: str, answers: Answers, tool: Tool, law: Law) -> Iterator[str]:
    field = tool.find(key)
    if field is None:
        yield f"Skabelonen kræver feltet “{key}”, som udgaven ikke har."
        return
    given = answers.of(key)
    if not given:
        yield f"{_where(field, tool)}: svaret på “{law.in_words(field.label)}”."
    elif not any(_is_reasoned(contribution) for contribution in given):
        yield f"{_where(field, tool)}: begrundelsen for “{law.in_words(field.label)}”."


def _is_reasoned(contribution: Contribution) -> bool:
    value = contribution.value
    return bool((value.reason if isinstance(value, ChoiceValue) else value.as_text()).strip())


def _where(field: Field, tool: Tool) -> str:
    section = next(section for section in tool.sections if field in section.fields)
    return f"Afsnit ({section.key})"
