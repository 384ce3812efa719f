"""An agreement goes out to be signed: made, sealed with a place for each signer, kept and opened in one go."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cases.notice.nudges import nudges
from pipeline.cases.signing.events import Signer, SigningOpened
from pipeline.cases.signing.who import is_child
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.agreement_to_sign import agreement_to_sign, places
from pipeline.documents.contents.agreement_words import ToSign
from webforms.caseworkers.at_case import AtCase
from webforms.signing.sealed_signatures import document_for

OPEN = "signing.open"


@dataclass(frozen=True)
class Asked:
    """What the caseworker has decided.

    Attributes:
        signing: the id that the page gave it; the same once more is not sent again.
        people: ids in order, each with whether the signature may be left out.
    """

    signing: str
    visit: str
    agreements: tuple[str, ...]
    people: Sequence[tuple[str, bool]]
    in_order: bool
    deadline: Deadline


def open_signing(at: AtCase, asked: Asked) -> None:
    """Make the document and ask for the signatures; who wants a mail gets one that tells nothing of anybody.

    Raises:
        TilsynError: the document could not be made or kept; nobody was asked.
    """
    services, revision = at.services, at.case.revision
    signers = tuple(
        Signer(person, place, optional)
        for (person, optional), place in zip(asked.people, places(len(asked.people)), strict=True)
    )
    to_sign = ToSign(asked.visit, asked.agreements, signers, asked.in_order, asked.deadline)
    with services.machines.at_work() as workshop:
        made = agreement_to_sign(at.case, to_sign, at.today, workshop, services.private)
    people = [one.person_id for one in signers]
    document = document_for(at.case, asked.visit, asked.signing, people, services, 0, len(people))
    with (
        services.store.files.making(at.view.id, io.BytesIO(made.pdf), document) as file,
        services.store.cases.change(at.view.id, at.view.actor, OPEN) as change,
    ):
        if asked.signing in change.case.signings:
            raise AlreadyAsked
        opened = SigningOpened(
            signing=asked.signing,
            visit=asked.visit,
            file=file.id,
            sha256=made.sha256,
            revision=revision,
            deadline=asked.deadline.instant,
            signers=signers,
            agreements=asked.agreements,
            in_order=asked.in_order,
        )
        file.tell(change, at.view.actor)
        asked_of = [one.person_id for one in signers if not is_child(change.case, one.person_id)]
        told = nudges(change.case, asked_of, f"underskrift-{asked.signing}", at.today)
        change.add([opened, *told], at.view.actor)


class AlreadyAsked(Exception):
    """The same page was sent twice; the first is there, and nothing of the second was kept."""
