"""How the installation is, in facts without a person in them."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.errors import TilsynError
from pipeline.store.opening import Store
from webforms.design.words import Speaker

_LINES_BACK = 5000
"""So many of the newest lines of the audit log are looked at."""
_LOW = 1024**3
_GIGA = 1024**3


@dataclass(frozen=True)
class Sign:
    """One sign of how the installation is; tone: success, warning or error."""

    what: str
    says: str
    tone: str


def signs(store: Store, now: datetime, say: Speaker) -> tuple[Sign, ...]:
    """Everything that can be told without opening a case."""
    found = [_audit(store, say), _refused(store, now, say), _keys(store, say)]
    return (*found, _disk(store, say)) if store.database.file else tuple(found)


def _audit(store: Store, say: Speaker) -> Sign:
    """Whether the log and its anchor outside the database agree; `tilsyn audit verify` looks at every line."""
    what = say("operator.health.audit")
    try:
        head, anchored = store.audit.head(), store.anchor.head()
    except TilsynError as fault:
        return Sign(what, str(fault), "error")
    if head.seq < anchored.seq or (head.seq == anchored.seq and head.mac != anchored.mac):
        return Sign(what, say("operator.health.audit_broken"), "error")
    return Sign(what, say("operator.health.audit_whole", count=head.seq), "success")


def _refused(store: Store, now: datetime, say: Speaker) -> Sign:
    since = now - timedelta(days=1)
    newest = store.audit.entries(after=max(0, store.audit.head().seq - _LINES_BACK))
    count = sum(entry.outcome.startswith("refused") and entry.moment >= since for entry in newest)
    return Sign(say("operator.health.refused"), say("operator.health.refused_count", count=count), "")


def _keys(store: Store, say: Speaker) -> Sign:
    generation = store.keyring.active_generation
    return Sign(say("operator.health.keys"), say("operator.health.generation", number=generation), "success")


def _disk(store: Store, say: Speaker) -> Sign:
    if store.database.file is None:
        raise LookupError("only a database in a file has a disk that we know of")
    free = shutil.disk_usage(store.database.file.parent).free
    says = say("operator.health.free", size=f"{free / _GIGA:.1f}".replace(".", ","))
    return Sign(say("operator.health.disk"), says, "warning" if free < _LOW else "success")
