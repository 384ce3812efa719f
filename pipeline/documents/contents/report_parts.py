"""The report cut into the parts of its Word document, for pages: the same words under the same headings."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.documents.contents.report import HEALTH_CONDITION, ReportDocument
from pipeline.documents.contents.words import Block, Condition, Goals, Line

_PARTS = (
    ("konklusion", "Indstilling og konklusion", "recommendation conclusion"),
    ("godkendelse", "Det, der er godkendt", ""),
    ("gennemfoert", "Sådan er tilsynet gennemført", "observations health_participants attention_points"),
    (
        "planlagt",
        "Er træningen gennemført som planlagt?",
        "carried_out training_description lives_up_to_purpose supports_how supports_why",
    ),
    ("barnet", "Barnet", "child_abilities child_thrives level_before level_after development needs_assessment"),
    ("stemme", "Barnets og søskendes egen stemme", "childs_voice childs_voice_how child_experience siblings_voice"),
    (
        "familien",
        "Forældrene og familien",
        "parents_resources family_wellbeing_parents family_wellbeing other_information family_changes relief_need",
    ),
    (
        "skole",
        "Dagtilbud eller skole",
        "training_extent cooperation_parents professionals_view_parents cooperation_municipality "
        "professionals_view_municipality",
    ),
    ("metoder", "Metoderne", "methods methods_together unintended_effects unintended_consequences"),
    ("maal", "Målene", "goals_missed final_goals"),
    ("betingelser", "Er betingelserne for godkendelsen stadig opfyldt?", ""),
    ("aftaler", "Aftaler og opfølgning", "agreements follow_up_points next_follow_up_date transition_advice"),
)
"""Key, heading of the Word document, keys of its fields. A key is never renamed: remarks name it."""

PART_TITLES = {key: title for key, title, _ in _PARTS}


@dataclass(frozen=True)
class ReportPart:
    """What stands under one heading of the report."""

    key: str
    title: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    goals: tuple[Goals, ...]
    conditions: tuple[Condition, ...]


def report_parts(report: ReportDocument) -> tuple[ReportPart, ...]:
    """The parts in the order of the Word document."""
    return tuple(
        ReportPart(
            key=key,
            title=title,
            lines=_lines(key, report),
            blocks=tuple(_blocks(key, fields.split(), report)),
            goals=(report.goals,) if key == "maal" else (),
            conditions=report.conditions if key == "betingelser" else (),
        )
        for key, title, fields in _PARTS
    )


def _lines(key: str, report: ReportDocument) -> tuple[Line, ...]:
    lines = {"godkendelse": report.approved, "gennemfoert": report.sources}
    return lines.get(key, ())


def _blocks(key: str, fields: list[str], report: ReportDocument) -> Iterator[Block]:
    yield from (report.field[field] for field in fields if field in report.field)
    if key == "betingelser" and not report.health_applies:
        yield report.field[HEALTH_CONDITION]
