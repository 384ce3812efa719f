"""Hands a visit over to the archive: what has happened since the last time, answers, documents, and what they are."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from exports.package import Part
from exports.targets.contract import Receipt, Target
from pipeline.cases.journey.events import VisitArchived
from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped, encode, instant_as_text
from pipeline.cases.record.events import Event
from pipeline.cases.record.family_events import DiaryRemoved, DiaryWritten
from pipeline.cases.record.parts import Kept
from pipeline.cases.record.reached import on_their_way
from pipeline.cases.record.to_answers import answers_json
from pipeline.danish import COPENHAGEN
from pipeline.errors import AnswersError, StepFailed
from pipeline.journey.engine.step import Done, Step, Work
from pipeline.journey.steps.archive_metadata import document_metadata, document_name
from pipeline.law.kle import Kle, kle_on
from pipeline.tool.load import EDITIONS, load_tool

KleOn = Callable[[date], Kle]
_UP_TO = "Hjemmetilsyn-Up-To-Event"


def archive_in(target: Target, kle: KleOn = kle_on, editions: Path = EDITIONS) -> Step:
    """The step, for the archive and the editions that an installation has."""

    def archive(work: Work) -> Done:
        # Asked first: an earlier try may have delivered and died before it could be noted.
        receipt = target.held(work.key) or _deliver(work, target, kle, editions)
        up_to = int(receipt.info[_UP_TO])
        return Done([VisitArchived(work.journey.about, target.name, receipt.reference, receipt.sha256, up_to)])

    return archive


def _deliver(work: Work, target: Target, kle: KleOn, editions: Path) -> Receipt:
    case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
    since = case.travelled.archived_up_to
    kept = [one for one in case.documents.values() if one.seq > since]
    happened = [one for one in work.store.cases.happened(work.journey.case_id, since) if one.seq <= case.revision]
    told: dict[str, object] = {
        "metadata.json": _metadata(case, kept, kle(today)),
        "svar.json": _answers(case, work.journey.about, today, editions),
        "haendelser.json": _events(case, happened, editions),
    }
    info = {
        "Source-Organization": case.municipality,
        "External-Identifier": case.number,
        "Bagging-Date": today.isoformat(),
        "Bag-Software-Agent": "Hjemmetilsyn",
        _UP_TO: str(case.revision),
    }
    return target.deliver(work.key, _parts(work, kept, told), info)


def _parts(work: Work, kept: Sequence[Kept], told: dict[str, object]) -> Iterator[Part]:
    for name, content in told.items():
        yield Part(name, [msgspec.json.format(msgspec.json.encode(content), indent=2)])
    for number, one in enumerate(kept, start=1):
        content = work.store.files.read(work.journey.case_id, one.document.file)
        yield Part(document_name(one, number), content)


def _metadata(case: Case, kept: Sequence[Kept], kle: Kle) -> dict[str, object]:
    documents = [document_metadata(case, one, number, kle) for number, one in enumerate(kept, start=1)]
    return {"sag": case.number, "kommune": case.municipality, "kle_kontrolleret": kle.verified, "dokumenter": documents}


def _answers(case: Case, visit: str, day: date, editions: Path) -> dict[str, Any]:
    try:
        return answers_json(case, visit, day, root=editions)
    except AnswersError as fault:
        raise StepFailed(str(fault), permanent=True) from fault


def _events(case: Case, happened: Sequence[Stamped], editions: Path) -> list[dict[str, object]]:
    """What happened, as it is kept, but for what a family has written for its own eyes alone, or never handed in."""
    unsent = on_their_way(case, lambda edition: load_tool(edition, editions))
    return [
        {"nr": one.seq, "tid": instant_as_text(one.at), "haendelse": msgspec.Raw(encode(one.event, one.by))}
        for one in happened
        if one.seq not in unsent and not _is_the_familys_own(case, one.event)
    ]


def _is_the_familys_own(case: Case, event: Event) -> bool:
    if not isinstance(event, DiaryWritten | DiaryRemoved):
        return False
    entry = case.diary.get(event.entry)
    return entry is None or entry.shared_at is None
