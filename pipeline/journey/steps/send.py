"""Sends a kept document to somebody, once: the way it goes honours the key of the delivery."""

from collections.abc import Mapping

from exports.post.contract import Channel, Letter
from pipeline.cases.record.journal_events import DocumentSent
from pipeline.errors import StepFailed
from pipeline.journey.engine.step import Done, Step, Work


def send_by(channels: Mapping[str, Channel]) -> Step:
    """The step, for the ways that an installation has."""

    def send(work: Work) -> Done:
        case = work.case()
        order = case.travelled.to_send[work.journey.about]
        channel = channels.get(order.channel)
        if channel is None:
            raise StepFailed("Vejen, dokumentet skulle sendes ad, findes ikke i denne installation.", permanent=True)
        document, person = case.documents[order.file].document, case.people[order.to]
        letter = Letter(
            title=document.title,
            media_type=document.media_type,
            sha256=document.sha256,
            content=work.store.files.read(work.journey.case_id, order.file),
            to=(person.name, *person.contact.address.splitlines()),
        )
        channel.send(work.key, letter)
        return Done([DocumentSent(order.file, order.to, order.channel)])

    return send
