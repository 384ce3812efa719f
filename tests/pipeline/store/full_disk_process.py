"""A process whose files may not grow beyond a size, as on a full disk; saves with ever more room until it succeeds."""

import json
import resource
import sys
from pathlib import Path

from fictional_case import open_fictional_case
from test_store_faults import _as_kept, _keep_file, _save_answers

from pipeline.errors import StoreUnavailable
from pipeline.store.opening import Places, Store, open_store

_STEP = {"answers": 2_000, "file": 15_000}
_NO_LIMIT = resource.RLIM_INFINITY


def _limit(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, _NO_LIMIT))


def _room(places: Places, work: str) -> int:
    """What the file that will grow measures now: the database's log, or nothing for a new file."""
    return Path(f"{places.files.parent / 'tilsyn.sqlite'}-wal").stat().st_size if work == "answers" else 0


def _try(store: Store, case_id: str, work: str, most: int) -> str:
    _limit(most)
    try:
        (_save_answers if work == "answers" else _keep_file)(store, case_id)
        return ""
    except StoreUnavailable as refusal:
        return str(refusal)
    finally:
        _limit(_NO_LIMIT)


def main() -> None:
    said = json.loads(sys.argv[1])
    places, work = Places.in_home(Path(said["home"])), said["work"]
    store = open_store(places)
    case_id = open_fictional_case(store)
    before = _as_kept(places, case_id)
    told = {"refused": 0, "half_written": [], "other_messages": [], "good_afterwards": False}
    for step in range(200):
        refusal = _try(store, case_id, work, _room(places, work) + step * _STEP[work])
        if not refusal:
            told["good_afterwards"] = _as_kept(places, case_id) != before
            break
        told["refused"] += 1
        if _as_kept(places, case_id) != before:
            told["half_written"].append(step)
        if "kan ikke gemmes" not in refusal:
            told["other_messages"].append(refusal)
    store.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
