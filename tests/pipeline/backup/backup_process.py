"""A process that makes a backup, or puts one in place; it is killed in the middle, or its disk is full."""

import json
import resource
import sys
from pathlib import Path

from pipeline.backup.backup import make_backup
from pipeline.backup.brought_along import BroughtAlong
from pipeline.backup.restore import restore
from pipeline.errors import StoreUnavailable
from pipeline.store.opening import Places


def main() -> None:
    said = json.loads(sys.argv[1])
    places, file = Places.in_home(Path(said["home"]), said["database"]), Path(said["file"])
    if most := said.get("most"):
        # What is written beyond it fails, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    print("klar", flush=True)
    try:
        if said["work"] == "backup":
            make_backup(places, file)
        else:
            restore(file, places, BroughtAlong(Path(said["keyring"]), Path(said["destroyed"])))
        print("gjort", flush=True)
    except StoreUnavailable as refusal:
        print(refusal, flush=True)


main()
