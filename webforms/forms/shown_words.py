"""A section's answers as words to be read: what a reader may see of each field, each voice by name."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot
from pipeline.tool.definition import Field, Kind, Section, Tool
from webforms.forms.whose_words import Reader, said_of

_COLUMNS = ("focus", "attainment", "next")


def shown_words(case: Case, visit: Visit, section: Section, tool: Tool, reader: Reader) -> dict[str, str]:
    """By field the words that a reader may read."""
    only_reads = replace(reader, voice="")
    return {
        field.key: "\n\n".join(_of_field(case, visit, section, field, tool, only_reads)) for field in section.fields
    }


def _of_field(case: Case, visit: Visit, section: Section, field: Field, tool: Tool, reader: Reader) -> Iterator[str]:
    if field.kind is Kind.GOALS:
        for number, goal in enumerate(visit.plan, start=1):
            lines = [f"Mål {number}: {wording_of(visit, goal.id)}"]
            for column in _COLUMNS:
                label = next((short_label(c.label) for c in field.columns if c.key == column), column)
                said = said_of(case, visit, section, goal_slot(goal.id, column), tool, reader)
                lines += [f"\n{label}\n{one.who}: {one.words}" for one in said]
            yield "\n".join(lines) + "\n"
        return
    for one in said_of(case, visit, section, field.key, tool, reader):
        yield f"{one.who}:\n{one.words}"


def short_label(label: str) -> str:
    """An official label without the explanation in brackets at its end."""
    return label.partition(" (")[0] if label.endswith(")") else label
