"""Tells somebody by mail or SMS that there is something new on the pages, and nothing of what it is or of whom."""

from dataclasses import dataclass

from exports.mail.contract import Mail, MailRefused, MailTarget
from exports.sms.contract import Sms, SmsTarget
from pipeline.cases.notice.events import NudgeSent, Way
from pipeline.cases.notice.nudges import address_of, may_be_nudged
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


@dataclass(frozen=True)
class Texting:
    """The way that SMS goes, and what it names; attributes as of `Postbox`."""

    target: SmsTarget
    address: str
    municipality: str


def nudge_by(postbox: Postbox | None, texting: Texting | None = None) -> Step:
    """The step; an installation without mail or SMS sends none, and notes none as sent."""

    def nudge(work: Work) -> Done:
        case = work.case()
        asked = case.notices.nudges[work.journey.about]
        # Asked anew: the person may have said no since.
        may = may_be_nudged(case, asked.to, work.now.astimezone(COPENHAGEN).date(), asked.way)
        to = address_of(case, asked.to, asked.way)
        if may and asked.way is Way.SMS and texting:
            texting.target.send(Sms(work.key, to, sms_words(texting)))
        elif may and asked.way is Way.MAIL and postbox:
            _mail(work, to, postbox)
        else:
            return Done(led_to=UNSENT)
        return Done([NudgeSent(work.journey.about)])

    return nudge


def _mail(work: Work, to: str, postbox: Postbox) -> None:
    try:
        postbox.target.send(Mail(work.key, to, SUBJECT, words(postbox), work.journey.since))
    except MailRefused as refused:
        raise StepFailed("Mailserveren tog ikke imod mailen.", permanent=refused.permanent) from None


def sms_words(texting: Texting) -> str:
    """The same words to everybody; they stand on a locked screen, so not even that there is a case."""
    return f"{SUBJECT}. Log ind på {texting.address}\nHilsen {texting.municipality}"


def words(postbox: Postbox) -> str:
    """The same words to everybody: no name, no case, no link that lets anybody in."""
    return (
        f"Der er nyt i din sag på {postbox.address}\n\n"
        "Log ind for at se det. Der står ikke noget om det i mailen, fordi mails kan læses af andre.\n\n"
        "Du får mailen, fordi du har sagt ja til det. Du kan sige nej igen, når du er logget ind.\n"
        "Mailen kan ikke besvares. Ring til kommunen, hvis du har spørgsmål.\n\n"
        f"Hilsen {postbox.municipality}\n"
    )
