"""Which kept documents a visitor may open."""

from collections.abc import Iterator

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Kept
from webforms.identity.current import CaseInView
from webforms.identity.roles import Scope


def may_open(view: CaseInView, kept: Kept) -> bool:
    """Whether a document is for this visitor: what they sent themselves, what they were given, or the whole case."""
    sees_all = view.decision.scope is not Scope.OWN_PART
    return sees_all or kept.by == view.actor or view.actor in kept.document.seen_by


def open_to(view: CaseInView) -> Iterator[Kept]:
    """The documents that the visitor may open, the newest first."""
    return (kept for kept in _newest_first(view.case) if may_open(view, kept))


def _newest_first(case: Case) -> list[Kept]:
    return sorted(case.documents.values(), key=lambda kept: kept.seq, reverse=True)
