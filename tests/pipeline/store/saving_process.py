"""A process that saves one slot many times, having seen each time what stands there; prints what it wrote."""

import json
import sys
from pathlib import Path

from fictional_case import HOUSEHOLD, SECTION, VISIT, text

from pipeline.cases.record.parts import Slot
from pipeline.store.opening import Places, open_store
from pipeline.store.save_answers import Answer, SaveAnswers, Writer


def main() -> None:
    said = json.loads(sys.argv[1])
    store = open_store(Places.in_home(Path(said["home"]), said["database"]))
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)
    written, seen = [], 0
    for turn in range(said["times"]):
        answer = text(f"{said['person']} {turn}")
        while True:
            saved = save.save(
                said["case"], VISIT, SECTION, [Answer("a1", seen, answer)], Writer(said["person"], HOUSEHOLD)
            )
            seen = saved.case.visits[VISIT].revision_of(Slot("a1", HOUSEHOLD))
            if saved.written:
                written.append(seen)
                break
    store.close()
    print(json.dumps({"written": written}))


main()
