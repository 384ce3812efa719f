"""What a document says of itself: title, case, date, edition, template version."""

from datetime import UTC, datetime, time

from pipeline.cases.answers import Answers
from pipeline.danish import danish_date
from pipeline.documents.contents.words import Paper
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

FICTIONAL = "Fiktivt eksempel: personer, adresser og CPR-numre er opdigtede"
_VISIT_KIND = {"ordinary": "ordinært tilsyn", "extra": "ekstra tilsyn"}


def paper_of(answers: Answers, tool: Tool, law: Law, *, title: str, template: str) -> Paper:
    """The paper facts of one document.

    Args:
        answers: the case.
        tool: the edition answered.
        law: in force on the document's date.
        title: as printed and as the file's title property.
        template: kind and version of the Word template, e.g. “tilsynsrapport-1”.
    """
    municipality = answers.municipality
    return Paper(
        title=title,
        subject=f"Tilsyn med hjemmetræning efter {law.hjemmel}",
        notice=FICTIONAL if answers.is_fictional else "",
        case_number=answers.case_number,
        municipality=municipality.name,
        unit=municipality.unit,
        contact=f"{municipality.contact}, telefon {municipality.phone}" if municipality.phone else municipality.contact,
        date=danish_date(answers.document_date),
        created=datetime.combine(answers.document_date, time(12), tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        edition=f"{tool.publisher}, {tool.published_in}",
        template=template,
        visit=f"Besøg nr. {answers.visit_number}, {_VISIT_KIND[answers.visit_kind]}",
        law=law.hjemmel,
    )
