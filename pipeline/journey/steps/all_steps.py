"""Which module does which step of the workflow."""

from collections.abc import Mapping
from pathlib import Path

from exports.post.contract import Channel
from exports.targets.contract import Target
from pipeline.journey.engine.step import Step
from pipeline.journey.steps.archive import KleOn, archive_in
from pipeline.journey.steps.plan_next import plan_next_with
from pipeline.journey.steps.remind import remind_of_hearing, remind_of_material
from pipeline.journey.steps.send import send_by
from pipeline.journey.steps.silence import record_silence


def all_steps(channels: Mapping[str, Channel], target: Target, kle: KleOn, editions: Path) -> dict[str, Step]:
    """Every step by its name in the workflow.

    Args:
        channels: ways to people, by name.
        target: the archive.
        kle: the number that visits are filed under, on a day.
        editions: folder of the published editions.
    """
    return {
        "remind_of_material": remind_of_material,
        "remind_of_hearing": remind_of_hearing,
        "record_silence": record_silence,
        "send": send_by(channels),
        "archive": archive_in(target, kle),
        "plan_next": plan_next_with(editions),
    }
