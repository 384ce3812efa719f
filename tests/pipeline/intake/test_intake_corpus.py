"""A hundred hostile uploads are refused or made harmless within the limits; a hundred honest ones come in."""

from pathlib import Path

import pytest
from fixtures.uploads.honest import HONEST
from fixtures.uploads.hostile import HOSTILE
from fixtures.uploads.upload import Upload
from inbox import Outcome, Watched, all_sent, layers

from pipeline.intake.gateway import MEMORY_BYTES, SECONDS
from pipeline.intake.refusals import FileRefused

_WHAT_TO_DO = ("prøv igen", "Prøv igen", "send", "Send", "Vælg", "tag et skærmbillede", "ring til")
_SAID_ABOVE = 1.0  # seconds; a killed child has to be buried
_SORTS = 20


def _harmed(outcome: Outcome) -> str:
    """What is wrong with how a hostile upload ended; empty where nothing is."""
    if outcome.left != ["modtaget"]:
        return f"left {outcome.left}"
    if isinstance(outcome.result, FileRefused):
        message = str(outcome.result)
        return "" if any(words in message for words in _WHAT_TO_DO) and "Error" not in message else message
    if not outcome.upload.poison:
        return "came in"
    return "kept its poison" if any(outcome.upload.poison in layer for layer in layers(outcome.data)) else ""


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(HOSTILE) >= 100
    assert len({upload.sort for upload in HOSTILE}) >= _SORTS
    assert len(HONEST) >= 100


def test_the_poison_of_every_upload_can_be_seen_before_it_is_cleaned() -> None:
    poisoned = [upload for upload in HOSTILE if upload.poison]
    blind = [upload.name for upload in poisoned if not any(upload.poison in layer for layer in layers(upload.make()))]

    assert blind == []


@pytest.mark.parametrize("half", [0, 1])
def test_hostile_uploads_are_refused_or_made_harmless(half: int, tmp_path: Path) -> None:
    children: list[Watched] = []

    def start() -> Watched:
        children.append(Watched())
        return children[-1]

    outcomes = all_sent(HOSTILE[half::2], tmp_path, start)

    assert {one.upload: harm for one in outcomes if (harm := _harmed(one))} == {}
    assert max(child.seconds for child in children) <= SECONDS + _SAID_ABOVE
    assert max(child.peak for child in children) <= MEMORY_BYTES


def _refused(uploads: tuple[Upload, ...], folder: Path) -> dict[str, str]:
    return {
        one.upload.name: str(one.result)
        for one in all_sent(uploads, folder)
        if isinstance(one.result, FileRefused) or one.left != ["modtaget"]
    }


@pytest.mark.parametrize("half", [0, 1])
def test_honest_uploads_come_in(half: int, tmp_path: Path) -> None:
    assert _refused(HONEST[half::2], tmp_path) == {}
