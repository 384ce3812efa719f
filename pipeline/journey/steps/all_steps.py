"""Which module does which step of the workflow."""

from collections.abc import Mapping
from pathlib import Path

from exports.post.contract import Channel
from exports.targets.contract import Target
from pipeline.deadlines.rules import Deadlines
from pipeline.journey.engine.step import Step
from pipeline.journey.steps.archive import KleOn, archive_in
from pipeline.journey.steps.await_the_day import await_the_day
from pipeline.journey.steps.documents.all_makers import MAKERS
from pipeline.journey.steps.documents.make import make_document_by
from pipeline.journey.steps.documents.making import Making
from pipeline.journey.steps.notice import give_notice_with
from pipeline.journey.steps.nudge import Postbox, Texting, nudge_by
from pipeline.journey.steps.plan_next import plan_next_with
from pipeline.journey.steps.remind import remind_of_hearing, remind_of_material_with
from pipeline.journey.steps.send import send_by
from pipeline.journey.steps.signing import end_signing, remind_of_signing
from pipeline.journey.steps.silence import record_silence


def all_steps(
    channels: Mapping[str, Channel],
    target: Target,
    kle: KleOn,
    editions: Path,
    making: Making,
    *,
    deadlines: Deadlines,
    postbox: Postbox | None = None,
    texting: Texting | None = None,
) -> dict[str, Step]:
    """Every step by its name in the workflow.

    Args:
        channels: ways to people, by name.
        target: the archive.
        kle: the number that visits are filed under, on a day.
        editions: folder of the published editions.
        making: what documents are made with.
        deadlines: say by when the family's material is asked for.
        postbox: the way of mail; None: no mail goes out.
        texting: the way of SMS; None: none goes out.
    """
    return {
        "give_notice": give_notice_with(deadlines),
        "nudge": nudge_by(postbox, texting),
        "remind_of_material": remind_of_material_with(editions),
        "await_the_day": await_the_day,
        "remind_of_hearing": remind_of_hearing,
        "record_silence": record_silence,
        "remind_of_signing": remind_of_signing,
        "end_signing": end_signing,
        "make_document": make_document_by(MAKERS, making),
        "send": send_by(channels),
        "archive": archive_in(target, kle, editions),
        "plan_next": plan_next_with(editions),
    }
