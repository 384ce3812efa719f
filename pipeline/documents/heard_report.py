"""The words of a report that was made earlier, for the pages on which it is heard: from the case as it was then."""

from datetime import date
from pathlib import Path

from pipeline.cases.hearing.variants import left_out, withheld_places
from pipeline.cases.record.case import Case
from pipeline.cases.record.to_answers import to_answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import ReportDocument, report_document
from pipeline.documents.kinds import REPORT
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.word_template import newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.load import EDITIONS, load_tool


def heard_report(
    case: Case, visit_id: str, day: date, root: Path = EDITIONS, *, reader: str | None = None
) -> ReportDocument:
    """What the report says.

    Args:
        case: folded to the revision that the report was made from.
        visit_id: the visit.
        day: the report's date.
        root: folder of the editions.
        reader: id of whose variant it is; empty: what all read alike; None: there are no variants.

    Raises:
        AnswersError: the case was not fit for a report then.
    """
    answers = to_answers(case, visit_id, day, root=root)
    if reader is not None:
        answers = left_out(answers, withheld_places(case, answers, reader))
    tool, law = load_tool(answers.edition, root), law_for(day, visit_date(answers))
    template = newest_template(tool, REPORT.key)
    return report_document(
        answers, tool, law, paper_of(answers, tool, law, title=template.title, template=template.name)
    )
