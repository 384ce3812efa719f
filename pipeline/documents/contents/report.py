"""What `tilsynsrapport.docx` says: the approved scheme, what was found, the conditions, the reasoned recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.cases.answers import Answers, Attainment, Contribution, Enclosure, GoalText, Role
from pipeline.cases.record.protected import WITHHELD
from pipeline.danish import danish_date, danish_list
from pipeline.documents.contents.of_a_field import block_of, goals_of
from pipeline.documents.contents.words import Block, Condition, Goals, LegalLine, Line, Paper
from pipeline.law.dated_law import Law, rate_in_words
from pipeline.tool.definition import Tool

CONDITIONS = ("condition_wellbeing", "condition_parents", "condition_methods")
HEALTH_CONDITION = "health_required"


@dataclass(frozen=True)
class ReportDocument:
    """The slots of `tilsynsrapport`.

    Attributes:
        facts: who, where and when, for the table on the first page.
        approved: the scheme that the supervision is measured against.
        field: one Block for every field of the edition, by its key.
        conditions: the three conditions, and the fourth (health expertise) where it applies.
        sources: the material that the supervision builds on.
    """

    paper: Paper
    facts: tuple[Line, ...]
    approved: tuple[Line, ...]
    sources: tuple[Line, ...]
    contributors: tuple[Line, ...]
    field: Mapping[str, Block]
    goals: Goals
    conditions: tuple[Condition, ...]
    health_applies: bool
    legal: tuple[LegalLine, ...]


def report_document(answers: Answers, tool: Tool, law: Law, paper: Paper) -> ReportDocument:
    """The report for the hearing."""
    goals = tool.goals_field.key
    fields = {field.key: block_of(field, answers, law) for field in tool.fields if field.key != goals}
    is_health = health_applies(answers)
    return ReportDocument(
        paper=paper,
        facts=_facts(answers, fields, paper),
        approved=_approved(answers),
        sources=tuple(Line(e.title, f"{_sender(e)} Dateret {danish_date(e.dated)}.") for e in answers.enclosures),
        contributors=_contributors(answers),
        field=fields,
        goals=goals_of(answers, tool),
        conditions=_conditions(fields, law, is_health),
        health_applies=is_health,
        legal=_legal(law),
    )


def health_applies(answers: Answers) -> bool:
    """Whether somebody with health expertise has to take part (barnets lov § 85, stk. 4): by approval or visit."""
    found = any(c.value.as_json().get("choice") == "yes" for c in answers.of(HEALTH_CONDITION))
    return found or answers.approval.health_elements


def _facts(answers: Answers, fields: Mapping[str, Block], paper: Paper) -> tuple[Line, ...]:
    """No contact data of the family and no CPR number: the report travels to every party."""
    children = [p.name for p in answers.people if p.role is Role.CHILD]
    parents = [p.in_words for p in answers.people if p.role in (Role.PARENT, Role.TRAINING_PARENT)]
    return (
        Line("Barn", danish_list(children) or _words(fields["child_name"])),
        Line("Forældre", "\n".join(parents) or _words(fields["parents_names"])),
        Line("Sag", answers.case_number),
        Line("Besøg", paper.visit),
        Line("Dato for tilsynsbesøget", _words(fields["visit_date"])),
        Line("Dato for seneste tilsynsbesøg", _words(fields["previous_visit_date"])),
        Line("Materiale modtaget", _words(fields["material_received_on"])),
        Line("Tilsynet er udført af", "\n".join(p.in_words for p in answers.people if p.role.is_municipal)),
        Line("Kontaktperson", paper.contact),
        Line("Rapportens dato", paper.date),
    )


def _sender(enclosure: Enclosure) -> str:
    is_withheld = enclosure.received_from == WITHHELD
    return "Kommunen har oplysningen om afsenderen." if is_withheld else f"Modtaget fra {enclosure.received_from}."


def _words(block: Block) -> str:
    return "\n".join(dict.fromkeys(said.text for said in block.said)) or block.empty


def _approved(answers: Answers) -> tuple[Line, ...]:
    approval = answers.approval
    return (
        Line("Godkendt den", danish_date(approval.decided_on)),
        Line("Omfang", approval.extent),
        Line("Metoder", "\n".join(approval.methods)),
        Line("Mål ved godkendelsen", "\n".join(approval.goals)),
        Line("Rammer for tilsynet", approval.supervision_frame),
        Line(
            "Fysiske, sundhedsfaglige elementer",
            "Ja, i et ikke uvæsentligt omfang" if approval.health_elements else "Nej, ikke i et væsentligt omfang",
        ),
    )


def _contributors(answers: Answers) -> tuple[Line, ...]:
    """Everybody whose words stand in the documents, the family first."""
    words: list[Contribution | GoalText | Attainment] = [c for cs in answers.contributions.values() for c in cs]
    for goal in answers.goals:
        words += [*goal.focus, *goal.attainment, *goal.next]
    wrote = {c.on_behalf_of or c.by for c in words}
    side = {True: "Kommunen", False: "Familien og dens netværk"}
    return tuple(Line(p.in_words, side[p.role.is_municipal]) for p in answers.people if p in wrote)


def _conditions(fields: Mapping[str, Block], law: Law, is_health: bool) -> tuple[Condition, ...]:
    keys = (*CONDITIONS, HEALTH_CONDITION) if is_health else CONDITIONS
    return tuple(
        Condition(str(number), fields[key].label, fields[key].said, fields[key].empty)
        for number, key in enumerate(keys, start=1)
    )


def _legal(law: Law) -> tuple[LegalLine, ...]:
    ceiling, amount = rate_in_words("training_ceiling", law.on.year)
    return (
        LegalLine("Hjemmetræning", f"{law.hjemmel} ({law.act}, {law.citation})", ""),
        *(LegalLine(r.title, r.reference, "" if r.verified else "Henvisningen er ikke bekræftet.") for r in law.rules),
        LegalLine(f"{ceiling} ({law.on.year})", amount, ""),
    )
