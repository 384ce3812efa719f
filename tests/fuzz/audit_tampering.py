"""`make tamper N=10000`: so many tamperings with an audit log, all to be found; figures go into BENCHMARKS.md.

Whoever tampers may do anything to the rows and to the anchor's files, but has no key ring. One thing cannot be found
and is therefore not among the kinds: lines cut off the end by someone who also puts an older genuine copy of the anchor
in place, back to the newest line of its history; or further back with older genuine copies of the history's files too.

`--seed` with `--tamperings 1` and the number that was printed makes a tampering again.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain, Deed, Entry
from pipeline.audit.findings import Verdict
from pipeline.audit.verify import ask_anchor, verify
from pipeline.limited_child import PROJECT
from pipeline.vault.head_file import Head, beginning
from pipeline.vault.iso_moment import iso_moment
from pipeline.vault.keyring import Keyring
from tests.fixtures.quick_folder import quick_folder

_LINES = 240
_BEGUN = datetime(2026, 11, 1, 7, tzinfo=UTC)
_ACTORS = ("system", "7f3a9c", "b2d001", "e4e4e4")
_ACTIONS = ("case.read", "case.write", "file.read", "session.begin")
_FIELDS = tuple(field.name for field in fields(Entry))
_HEAD, _HISTORY, _HISTORY_HEAD = "hoved.txt", "historik.txt", "historik.txt.hoved"


@dataclass(frozen=True)
class Scene:
    """A log as it lies there: its rows, and the anchor's files."""

    rows: tuple[Entry, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Stage:
    """What a tampering starts from.

    Attributes:
        keyring: the installation's.
        other: the tamperer's own.
        whole: the log as it should be.
        branch: genuine lines of the same numbers as the log's second half, from before a restore.
        earlier: the anchor's newest line as it was before the history's newest.
    """

    keyring: Keyring
    other: Keyring
    whole: Scene
    branch: tuple[Entry, ...]
    earlier: bytes


Tampering = Callable[[Random, Stage], Scene]


def set_stage(folder: Path) -> Stage:
    """A log of some weeks, one of whose days was lost in a restore."""
    keyring, other = (Keyring.create(folder / name / "n.json") for name in ("noegler", "fremmed"))
    anchor, chance = Anchor(folder / "anker", keyring), Random(0)
    anchor.create_unless_there(_BEGUN)
    before = _lines(Chain(keyring), beginning(iso_moment(_BEGUN)), _LINES // 2, chance)
    branch = _lines(Chain(keyring), before[-1].head, _LINES // 2, chance)
    for entry in (*before, *branch):
        anchor.advance(entry.head)
    anchor.set_back(before[-1].head, _BEGUN + timedelta(days=40))
    rows, earlier = (*before, *_lines(Chain(keyring), before[-1].head, _LINES // 2, chance)), b""
    for entry in rows[len(before) :]:
        if entry.at[:10] != anchor.head().at[:10]:
            earlier = (folder / "anker" / _HEAD).read_bytes()
        anchor.advance(entry.head)
    files = {file.name: file.read_bytes() for file in (folder / "anker").iterdir()}
    return Stage(keyring, other, Scene(rows, files), branch, earlier)


def _lines(chain: Chain, head: Head, number: int, chance: Random) -> tuple[Entry, ...]:
    made: list[Entry] = []
    for _ in range(number):
        deed = _deed(_BEGUN + timedelta(hours=2 * (head.seq + 1)), chance)
        made.append(chain.after(head, deed))
        head = made[-1].head
    return tuple(made)


def _deed(at: datetime, chance: Random) -> Deed:
    case_id = chance.choice((None, "", f"{chance.getrandbits(64):016x}"))
    return Deed(at, chance.choice(_ACTORS), chance.choice(_ACTIONS), case_id, chance.choice(("ok", "refused")))


def judge(scene: Scene, stage: Stage, folder: Path) -> Verdict:
    """What our own look through the log says of it."""
    for name in stage.whole.files:
        (folder / name).unlink(missing_ok=True)
    for name, content in scene.files.items():
        (folder / name).write_bytes(content)
    says = ask_anchor(Anchor(folder, stage.keyring))
    return verify(iter(scene.rows), Chain(stage.keyring), says)


def change_a_field(chance: Random, stage: Stage) -> Scene:
    """UPDATE of one column of one row, also of its number or codes."""
    rows, place, name = list(stage.whole.rows), chance.randrange(_LINES), chance.choice(_FIELDS)
    row: Any = rows[place]
    value = getattr(row, name)
    others = [getattr(other, name) for other in stage.whole.rows if getattr(other, name) != value]
    changed = chance.choice((_nudged(value, chance), chance.choice(others), None, "", 7, b"\xff\xfe"))
    return _with_rows(stage, [*rows[:place], replace(row, **{name: changed}), *rows[place + 1 :]])


def _nudged(value: Any, chance: Random) -> Any:
    if isinstance(value, bytes):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        return value[:place] + chr(ord(value[place]) ^ 1 << chance.randrange(7)) + value[place + 1 :]
    return chance.choice((-1, 1)) * chance.randrange(1, 1000) + value if isinstance(value, int) else "x"


def change_and_recompute(chance: Random, stage: Stage) -> Scene:
    """A row changed, and every code from there on made anew with another key."""
    place = chance.randrange(_LINES)
    head = stage.whole.rows[place - 1].head if place else beginning(iso_moment(_BEGUN))
    return _with_rows(stage, [*stage.whole.rows[:place], *_lines(Chain(stage.other), head, _LINES - place, chance)])


def remake_everything(chance: Random, stage: Stage) -> Scene:
    """A whole log and its anchor made anew with another key."""
    rows = _lines(Chain(stage.other), beginning(iso_moment(_BEGUN)), chance.randrange(1, 2 * _LINES), chance)
    return Scene(rows, _forged_anchor(stage, rows[-1].head))


def delete(chance: Random, stage: Stage) -> Scene:
    """DELETE of some rows, anywhere but at the end; their numbers may be closed up."""
    first = chance.randrange(_LINES - 1)
    last = min(_LINES - 1, first + chance.choice((1, 1, 1, 2, 10, 200)))
    rest = [replace(row, seq=row.seq - (last - first) * chance.getrandbits(1)) for row in stage.whole.rows[last:]]
    return _with_rows(stage, [*stage.whole.rows[:first], *rest])


def insert(chance: Random, stage: Stage) -> Scene:
    """INSERT of a made-up row or a copy of a genuine one; those behind it may make room."""
    place, rows = chance.randrange(_LINES + 1), stage.whole.rows
    model = chance.choice((*rows, *stage.branch))
    made_up = replace(model, actor=chance.choice(_ACTORS), mac=chance.randbytes(32))
    fresh = replace(chance.choice((model, made_up)), seq=place + chance.getrandbits(1))
    if chance.getrandbits(1) and place:
        fresh = replace(fresh, previous_mac=rows[place - 1].mac)
    room = chance.getrandbits(1)
    return _with_rows(stage, [*rows[:place], fresh, *(replace(row, seq=row.seq + room) for row in rows[place:])])


def repeat(chance: Random, stage: Stage) -> Scene:
    """A genuine row that is there twice, here or elsewhere."""
    rows = list(stage.whole.rows)
    rows.insert(chance.randrange(_LINES + 1), chance.choice(rows))
    return _with_rows(stage, rows)


def reorder(chance: Random, stage: Stage) -> Scene:
    """Two rows change places: with or without their numbers, or with their codes."""
    one, two = sorted(chance.sample(range(_LINES), 2))
    rows, kept = list(stage.whole.rows), chance.choice(((), ("seq",), ("seq", "previous_mac"), ("seq", "mac")))
    first, second = rows[one], rows[two]
    rows[one] = replace(second, **{name: getattr(first, name) for name in kept})
    rows[two] = replace(first, **{name: getattr(second, name) for name in kept})
    return _with_rows(stage, rows)


def cut_off(chance: Random, stage: Stage) -> Scene:
    """The newest rows, or all, are gone; what is to hide it may be put in their place."""
    left = chance.choice((0, chance.randrange(_LINES), _LINES - 1))
    head = stage.whole.rows[left - 1].head if left else beginning(iso_moment(_BEGUN))
    made_up = _lines(Chain(stage.other), head, _LINES - left, chance) if chance.getrandbits(1) else ()
    return _with_rows(stage, [*stage.whole.rows[:left], *made_up])


def cut_off_with_the_anchor(chance: Random, stage: Stage) -> Scene:
    """The newest rows are gone, and the anchor is missing, forged, or an older genuine one."""
    left = chance.randrange(_LINES)
    files = dict(_forged_anchor(stage, stage.whole.rows[left].head) if chance.getrandbits(1) else stage.whole.files)
    if chance.getrandbits(1):
        files[_HEAD] = stage.earlier
    else:
        for name in chance.sample(sorted(files), chance.randrange(1, 4)):
            del files[name]
    return Scene(stage.whole.rows[:left], files)


def splice(chance: Random, stage: Stage) -> Scene:
    """Genuine lines of the same numbers, from before a restore, in place of those that followed it."""
    half = _LINES // 2
    first = chance.randrange(half)
    last = chance.choice((first + 1, chance.randrange(first, half) + 1, half))
    rows = stage.whole.rows
    return _with_rows(stage, [*rows[: half + first], *stage.branch[first:last], *rows[half + last :]])


def touch_the_anchor(chance: Random, stage: Stage) -> Scene:
    """A byte of the anchor's files changed, files exchanged, lines of its history removed, or a file gone."""
    files, name = dict(stage.whole.files), chance.choice((_HEAD, _HISTORY, _HISTORY_HEAD))
    lines = files[_HISTORY].splitlines(keepends=True)
    place = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            files[name] = _nudged(files[name], chance)
        case 1:
            files[name] = chance.choice((b"", files[name][:-1], files[name] * 2, files[_HEAD] + files[_HISTORY]))
        case 2:
            files[_HISTORY] = b"".join(lines[:place] + lines[place + chance.randrange(1, 4) :])
        case 3:
            files[_HISTORY] = b"".join([*lines[:place], lines[place - 1], *lines[place:]])
        case _:
            del files[name]
    return Scene(stage.whole.rows, files)


def _forged_anchor(stage: Stage, head: Head) -> Mapping[str, bytes]:
    """All of an anchor by someone without the key ring."""
    with quick_folder("forged-") as folder:
        anchor = Anchor(folder, stage.other)
        anchor.create_unless_there(_BEGUN)
        anchor.advance(head)
        return {file.name: file.read_bytes() for file in folder.iterdir()}


def _with_rows(stage: Stage, rows: Sequence[Entry]) -> Scene:
    return Scene(tuple(rows), stage.whole.files)


KINDS: tuple[Tampering, ...] = (
    change_a_field,
    change_and_recompute,
    remake_everything,
    delete,
    insert,
    repeat,
    reorder,
    cut_off,
    cut_off_with_the_anchor,
    splice,
    touch_the_anchor,
)


@dataclass
class Figures:
    """What became of the tamperings."""

    tried: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    missed: list[int] = field(default_factory=list)
    seconds: float = 0.0


def campaign(seeds: Sequence[int]) -> Figures:
    """Tamper so many times, each time with the whole log; a tampering that changes nothing is made again."""
    figures, begun = Figures(), time.process_time()
    with quick_folder("tampering-") as scratch:
        stage, folder = set_stage(scratch), scratch / "anker"
        assert judge(stage.whole, stage, folder).good, "the log is not whole before anyone tampers"
        for seed in seeds:
            tampering, scene = _tampered(seed, stage)
            verdict = judge(scene, stage, folder)
            figures.tried[tampering.__name__] += 1
            figures.told.update({finding.fault.value for finding in verdict.findings})
            if verdict.good:
                figures.missed.append(seed)
    figures.seconds = time.process_time() - begun
    return figures


def _tampered(seed: int, stage: Stage) -> tuple[Tampering, Scene]:
    chance = random.Random(seed)
    tampering = KINDS[seed % len(KINDS)]
    while (scene := tampering(chance, stage)) == stage.whole:
        pass
    return tampering, scene


def report(figures: Figures) -> str:
    """The table, and every tampering that was missed with the number that makes it again."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, tamperings with the audit log",
        "",
        f"{figures.tried.total()} tamperings with a log of {_LINES} lines, {len(figures.missed)} not found; "
        f"{figures.seconds:.0f} s CPU.",
        "",
        "| tampering | times |",
        "|---|---|",
        *(f"| {name.replace('_', ' ')} | {times} |" for name, times in sorted(figures.tried.items())),
        "",
        f"Told as: {', '.join(f'{name} {times}' for name, times in figures.told.most_common())}.",
    ]
    return "\n".join(lines + ([f"\nNot found: numbers {figures.missed}"] if figures.missed else []))


def main() -> int:
    """Run, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tamperings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first")
    arguments = parser.parse_args()
    figures = campaign(range(arguments.seed, arguments.seed + arguments.tamperings))
    text = report(figures)
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
