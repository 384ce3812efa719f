"""What `tilsynsredskab.docx` says: the whole official tool, both sides filled in, in the official order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.cases.answers import Answers
from pipeline.documents.contents.of_a_field import block_of, goals_of
from pipeline.documents.contents.words import Block, Line, Paper, Part, SectionBlock
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Kind, Section, Tool


@dataclass(frozen=True)
class ToolDocument:
    """The slots of `tilsynsredskab`."""

    paper: Paper
    sections: tuple[SectionBlock, ...]


def tool_document(answers: Answers, tool: Tool, law: Law, paper: Paper) -> ToolDocument:
    """Everything that was answered, section by section."""
    return ToolDocument(paper, tuple(_section(section, answers, tool, law) for section in tool.sections))


def _section(section: Section, answers: Answers, tool: Tool, law: Law) -> SectionBlock:
    return SectionBlock(
        letter=section.key,
        title=law.in_words(section.title),
        instruction=section.instruction,
        own_note=tool.own_fields_note if section.own else "",
        parts=tuple(_parts(section, answers, tool, law)),
    )


def _parts(section: Section, answers: Answers, tool: Tool, law: Law) -> Iterator[Part]:
    """Neighbouring short fields share a table; every other field stands for itself."""
    for is_short, fields in groupby(section.fields, key=_is_short):
        if is_short:
            yield Part(tuple(_fact(block_of(f, answers, law)) for f in fields), (), ())
            continue
        for field in fields:
            if field.kind is Kind.GOALS:
                yield Part((), (), (goals_of(answers, tool),))
            else:
                yield Part((), (block_of(field, answers, law),), ())


def _is_short(field: Field) -> bool:
    return field.kind in (Kind.TEXT, Kind.DATE)


def _fact(block: Block) -> Line:
    texts = [said.text for said in block.said]
    if len(set(texts)) > 1:
        texts = [f"{said.text} ({said.who})" for said in block.said]
    return Line(block.label, "\n".join(dict.fromkeys(texts)) or block.empty)
