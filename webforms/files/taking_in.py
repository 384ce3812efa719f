"""Takes the files of one post into the case, each by itself: one that is refused does not hold back the others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Self

from werkzeug.datastructures import FileStorage, MultiDict

from pipeline.cases.record.case import Case
from pipeline.errors import StoreUnavailable
from pipeline.intake.accepted import Accepted, Change
from pipeline.intake.names import shown
from pipeline.intake.refusals import FileRefused
from pipeline.store.files import NewDocument
from webforms.files.who_sees_files import meant_for
from webforms.forms.plan_facts import evidence_slot
from webforms.identity.current import CaseInView
from webforms.identity.own_address import own_address
from webforms.services import Services
from webforms.whereabouts import visit_at_hand

_KIND = "bilag"
_ACTION = "document.add"


@dataclass(frozen=True)
class About:
    """What a form says of the files that it sends; shown again where one of them is refused.

    Attributes:
        visit: id of the visit they belong to; the one that is being prepared, unless the form names another.
        slot: the goal that they are laid to, or empty.
        back: where the person came from, or empty.
    """

    title: str = ""
    visit: str = ""
    slot: str = ""
    back: str = ""

    @classmethod
    def posted(cls, form: MultiDict[str, str], case: Case, day: date) -> Self:
        """As a browser sent it; what the case does not know is left out."""
        visit = case.visits.get(form.get("besoeg", "")) or visit_at_hand(case, day)
        goals = {evidence_slot(goal.id) for goal in visit.plan} if visit else set()
        slot, back, title = form.get("plads", ""), form.get("til", ""), form.get("titel", "").strip()
        return cls(
            title=shown(title) if title else "",
            visit=visit.id if visit else "",
            slot=slot if slot in goals else "",
            back=own_address(back) if back else "",
        )

    def of_one(self, name: str, number: int, count: int) -> str:
        """The title of one file: what was typed, numbered where there are several, or else the file's own name."""
        if not self.title:
            return shown(name)
        return self.title if count == 1 else f"{self.title} ({number})"


@dataclass(frozen=True)
class TakenIn:
    """What came of one post.

    Attributes:
        kept: how many files are in the case now.
        changes: what was done to them on the way.
        refused: what is told of the others, each with its name.
        is_full: whether the disk or the database refused one that was fit to be kept.
    """

    kept: int = 0
    changes: tuple[Change, ...] = ()
    refused: tuple[str, ...] = ()
    is_full: bool = False


def take_in(services: Services, view: CaseInView, files: Sequence[FileStorage], about: About) -> TakenIn:
    """Take in the files of one post.

    Args:
        services: hold the gateway and the case.
        view: the case and who sends.
        files: as they came.
        about: what is told of them.
    """
    done = TakenIn()
    for number, file in enumerate(files, start=1):
        name = file.filename or ""
        titled = replace(about, title=about.of_one(name, number, len(files)))
        try:
            accepted = _take_in_one(services, view, file, titled)
        except (FileRefused, StoreUnavailable) as refusal:
            is_full = done.is_full or isinstance(refusal, StoreUnavailable)
            done = replace(done, refused=(*done.refused, services.say().told(refusal, shown(name))), is_full=is_full)
        else:
            done = replace(done, kept=done.kept + 1, changes=tuple(_both(done.changes, accepted.what_was_changed)))
    return done


def _both(before: Sequence[Change], more: Sequence[Change]) -> Iterator[Change]:
    return iter(dict.fromkeys((*before, *more)))


@contextmanager
def on_the_disk(services: Services, file: FileStorage) -> Iterator[Accepted]:
    """A file that came in, through the gateway and for the length of the block on the disk.

    Raises:
        FileRefused: it does not come in.
        StoreUnavailable: there is no place for it.
    """
    path = services.private / token_hex(16)
    try:
        yield _accepted(services, file, path)
    finally:
        path.unlink(missing_ok=True)


def _take_in_one(services: Services, view: CaseInView, file: FileStorage, about: About) -> Accepted:
    with on_the_disk(services, file) as accepted:
        _keep(services, view, accepted, about)
        return accepted


def _accepted(services: Services, file: FileStorage, path: Path) -> Accepted:
    try:
        file.save(path)
        return services.gateway.accept(path, file.filename or "")
    except OSError as fault:
        raise StoreUnavailable(
            "Filen kan ikke gemmes lige nu. Vælg den igen, og prøv om lidt; "
            "bliver det ved, så sig det til den, der driver systemet."
        ) from fault


def _keep(services: Services, view: CaseInView, accepted: Accepted, about: About) -> None:
    today = services.today()
    sender = view.case.people.get(view.actor)
    document = NewDocument(
        kind=_KIND,
        title=about.title,
        original_name=accepted.original_name,
        media_type=accepted.media_type,
        visit=about.visit,
        slot=about.slot,
        received_from=sender.name if sender else "",
        dated=today,
        seen_by=meant_for(view, today),
    )
    with accepted.path.open("rb") as plain:
        services.store.files.keep(view.id, plain, document, view.actor, _ACTION)
