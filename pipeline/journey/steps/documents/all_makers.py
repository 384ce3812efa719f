"""Who makes which kind of document."""

from collections.abc import Mapping

from pipeline.cases.hearing.answer_document import ANSWER
from pipeline.documents.consent_document import CONSENT
from pipeline.documents.hearing_documents import FINAL
from pipeline.documents.reminder_letter import REMINDER
from pipeline.documents.visit_notice import NOTICE
from pipeline.journey.steps.documents.consent import make_consent_document
from pipeline.journey.steps.documents.final_report import make_final_report
from pipeline.journey.steps.documents.hearing_answer import make_hearing_answer
from pipeline.journey.steps.documents.making import Maker
from pipeline.journey.steps.documents.reminder import make_reminder
from pipeline.journey.steps.documents.visit_notice import make_visit_notice

MAKERS: Mapping[str, Maker] = {
    ANSWER: make_hearing_answer,
    CONSENT: make_consent_document,
    FINAL: make_final_report,
    NOTICE: make_visit_notice,
    REMINDER: make_reminder,
}
"""By the kind that is ordered."""
