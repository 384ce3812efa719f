"""Tells somebody by mail that there is something new on the pages, and nothing of what it is or of whom."""

from dataclasses import dataclass

from exports.mail.contract import Mail, MailRefused, MailTarget
from pipeline.cases.notice.events import NudgeSent
from pipeline.cases.notice.nudges import may_be_nudged
from pipeline.danish import COPENHAGEN
from pipeline.errors import StepFailed
from pipeline.journey.engine.step import Done, Step, Work

UNSENT = "unsent"
SUBJECT = "Der er nyt til dig hos kommunen"


@dataclass(frozen=True)
class Postbox:
    """The way that mail goes, and what it names.

    Attributes:
        target: who sends it.
        address: of the pages, without a path.
        municipality: whom it comes from.
    """

    target: MailTarget
    address: str
    municipality: str


def nudge_by(postbox: Postbox | None) -> Step:
    """The step; an installation without mail sends none, and notes none as sent."""

    def nudge(work: Work) -> Done:
        case = work.case()
        asked = case.notices.nudges[work.journey.about]
        # Asked anew: the person may have said no since.
        if postbox is None or not may_be_nudged(case, asked.to, work.now.astimezone(COPENHAGEN).date()):
            return Done(led_to=UNSENT)
        to = case.people[asked.to].contact.email
        try:
            postbox.target.send(Mail(work.key, to, SUBJECT, words(postbox), work.journey.since))
        except MailRefused as refused:
            raise StepFailed("Mailserveren tog ikke imod mailen.", permanent=refused.permanent) from None
        return Done([NudgeSent(work.journey.about)])

    return nudge


def words(postbox: Postbox) -> str:
    """The same words to everybody: no name, no case, no link that lets anybody in."""
    return (
        f"Der er nyt i din sag på {postbox.address}\n\n"
        "Log ind for at se det. Der står ikke noget om det i mailen, fordi mails kan læses af andre.\n\n"
        "Du får mailen, fordi du har sagt ja til det. Du kan sige nej igen, når du er logget ind.\n"
        "Mailen kan ikke besvares. Ring til kommunen, hvis du har spørgsmål.\n\n"
        f"Hilsen {postbox.municipality}\n"
    )
