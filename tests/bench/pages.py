"""`make bench`, the pages: ours beside a bare Flask page of the same 25 fields, and saves while documents are made.

Both stand behind gunicorn with one process and eight threads. Ours is the whole of `make run`: signed in, rate limits,
audit log on disk before the answer leaves, session, employee and draft opened from the database at each request, the
case as production has it (decrypted, and folded in memory while its revision stands), the full design.
"""

import argparse
import http.client
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from cpu_time import tree_cpu
from lxml import html
from outside import PROJECT
from page_of_25_fields import FIELDS, SECTION, edition_of_25_fields

from pipeline.tool.load import load_tool

sys.path += [str(PROJECT / "tests/webforms"), str(PROJECT / "tests/webforms/whole_app")]
from real_server import COMMAND, environment  # beside its tests
from visiting import Visit

# Of the demo; everybody's limits of use are their own. The family's pages have six fields, the municipality's all.
PARENTS = ("Signe", "Jeppe", "Maria", "Thomas", "Sara", "Jonas")
CASEWORKERS = ("Karen Lundholst", "Hanne Vestertoft", "Karsten Ovesen", "Birgitte Ellegaard")
PROFESSIONALS = ("Tine Hedebæk", "Emil Brandtoft", "Anja Skovbo", "Liv Hammershøj")  # nobody reads 600 pages a minute
CASES = ("autisme_boernehave_1", "autisme_skole_1", "cp_skole_1", "downs_foerskole_1")
SAVES_A_SECOND, DOCUMENTS, SLOWEST = 50, 20, 100.0


@dataclass(frozen=True)
class Page:
    """Where a page is and who looks at it: header for the session's cookie, and the form as it stands."""

    host: str
    path: str
    cookie: str = ""
    form: str = ""
    keep: str = ""


def requests_a_second(pages: list[Page], seconds: float) -> float:
    """How many times a second the pages are served to eight who ask again and again."""
    until = time.perf_counter() + seconds

    def look(number: int) -> int:
        page, seen = pages[number % len(pages)], 0
        connection = http.client.HTTPConnection(page.host, timeout=60)
        while time.perf_counter() < until:
            connection.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 200 or content.count(b"<label") < FIELDS:
                raise SystemExit(f"bench: siden kom ikke ({answer.status}, {len(content)} tegn)")
            seen += 1
        connection.close()
        return seen

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as crew:
        return sum(crew.map(look, range(8))) / (time.perf_counter() - began)


def save_times(pages: list[Page], seconds: float, is_over: Callable[[], bool]) -> list[float]:
    """Milliseconds of each save, sent at fixed moments whether or not the one before was answered."""
    began, count = time.perf_counter() + 0.2, int(seconds * SAVES_A_SECOND)

    def save(number: int) -> float | None:
        due = began + number / SAVES_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        if is_over():
            return None
        page = pages[number % len(pages)]
        connection = http.client.HTTPConnection(page.host, timeout=60)
        body = re.sub(r"parents_names=[^&]*", f"parents_names=Ord+nummer+{number}", page.form)
        headers = {
            "Cookie": page.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Autosave": str(number + 1),
        }
        connection.request("POST", page.keep, body, headers)
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        if answer.status != 200 and b"older" not in told:  # a later save of the same person came first
            raise SystemExit(f"bench: et svar blev ikke gemt ({answer.status} {told[:200]!r})")
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(32) as crew:
        return [taken for taken in crew.map(save, range(count)) if taken is not None]


def saves_while_documents_are_made(pages: list[Page]) -> tuple[list[float], float]:
    """The times of saves while 20 documents are made one after another; and how long those took, in seconds."""
    left = [CASES[number % len(CASES)] for number in range(DOCUMENTS)]
    host = pages[0].host

    def make_all() -> float:
        began = time.perf_counter()
        visit = Visit(f"http://{host}")
        while left:
            visit.get("/").press(f"/demo/{left[0]}/dokumenter")
            if visit.status != 200:
                raise SystemExit(f"bench: dokumenterne blev ikke lavet ({visit.status})")
            left.pop(0)
        visit.close()
        return time.perf_counter() - began

    with ThreadPoolExecutor(1) as maker:
        making = maker.submit(make_all)
        # Nobody may save more than 240 times a minute: what the people can do between them is the end of it.
        times = save_times(pages, len(pages) * 240 / SAVES_A_SECOND, making.done)
        return times, making.result()


@contextmanager
def our_server(home: Path, editions: Path) -> Iterator[tuple[str, int]]:
    """`make run` with the edition of 25 fields: host and port, and its process."""
    env = environment(home, EDITIONS=str(editions))
    process = subprocess.Popen(COMMAND, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout
    said = process.stdout.readline()
    try:
        yield urlsplit(re.findall(r"http://\S+", said)[0]).netloc, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)


@contextmanager
def bare_server(editions: Path) -> Iterator[tuple[str, int]]:
    """The bare page: host and port, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("bare_server.py")), str(editions), str(port)],
        cwd=PROJECT,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def pages_of_25_fields(host: str) -> list[Page]:
    """The section as several of the municipality's people see it in one of their cases."""
    return [_as_seen_by(host, name, f"kommunen/{SECTION}") for name in (*CASEWORKERS, *PROFESSIONALS)]


def pages_of_parents(host: str) -> list[Page]:
    """The first page of the form as several parents see it."""
    return [_as_seen_by(host, name, "afsnit/a") for name in PARENTS]


def measure(folder: Path, rounds: int, seconds: float) -> list[str]:
    """All figures as lines of Markdown."""
    editions = edition_of_25_fields(folder / "editions", load_tool(None))
    with our_server(folder / "home", editions) as (host, pid), bare_server(editions) as (bare_host, bare_pid):
        pages, bare = pages_of_25_fields(host), [Page(bare_host, "/")]
        ways = {"ours": (pages, pid), "bare": (bare, bare_pid)}
        rates: dict[str, list[float]] = {way: [] for way in ways}
        costs: dict[str, list[float]] = {way: [] for way in ways}
        for shown, _ in ways.values():
            requests_a_second(shown, 1)
        for _ in range(rounds):
            for way, (shown, process) in ways.items():
                used = tree_cpu(process)
                rate = requests_a_second(shown, seconds)
                rates[way].append(rate)
                costs[way].append((tree_cpu(process) - used) / (rate * seconds) * 1000)
        times, making = saves_while_documents_are_made(pages_of_parents(host))
    ours, theirs = statistics.median(rates["ours"]), statistics.median(rates["bare"])
    p95 = statistics.quantiles(times, n=20)[-1]
    return [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, pages",
        "",
        f"A page of {FIELDS} fields, one process of gunicorn with eight threads; medians of {rounds} rounds.",
        "",
        "| | requests a second | CPU ms a request |",
        "|---|---|---|",
        f"| ours: signed in, decrypted, full design | {ours:.0f} | {statistics.median(costs['ours']):.1f} |",
        f"| bare Flask and WTForms | {theirs:.0f} | {statistics.median(costs['bare']):.1f} |",
        "",
        f"Ours / bare: {ours / theirs:.2f} (goal: at least 1).",
        f"Saves at {SAVES_A_SECOND} a second while {DOCUMENTS} documents took {making:.0f} s: {len(times)}, in ms "
        f"median {statistics.median(times):.0f}, p95 {p95:.0f} (goal: {SLOWEST:.0f}), slowest {max(times):.0f}.",
    ]


def _as_seen_by(host: str, name: str, section: str) -> Page:
    visit = Visit(f"http://{host}").sign_in(name)
    visit.get(_first(visit, r"/sager/[0-9a-f]{32}"))
    path = f"{_first(visit, r'/sager/[0-9a-f]{32}/besoeg/[^/]+')}/{section}"
    visit.get(path)
    form = max(visit.tree().xpath("//main//form"), key=lambda one: len(one.xpath(".//*[@name]")))
    cookie = "; ".join(f"{name}={value}" for name, value in visit.cookies.items())
    values = [(field.get("name"), _standing(field)) for field in form.xpath(".//*[@name][not(self::button)]")]
    visit.close()
    return Page(host, path, cookie, urlencode([v for v in values if v[1] is not None]), form.get("data-autosave"))


def _first(visit: Visit, pattern: str) -> str:
    links = (re.match(pattern, str(link)) for link in visit.tree().xpath("//a/@href"))
    return next(link.group() for link in links if link)


def _standing(control: html.HtmlElement) -> str | None:
    if control.get("type") in ("radio", "checkbox") and control.get("checked") is None:
        return None
    return str(control.text or "") if control.tag == "textarea" else str(control.get("value") or "")


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("bench: den bare side kom ikke i gang")


def main() -> None:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="each; nobody is shown more than 600 pages a minute")
    parser.add_argument("--dry", action="store_true", help="print only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        text = "\n".join(measure(Path(scratch), arguments.rounds, arguments.seconds))
    print(text)
    if not arguments.dry:
        with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
            record.write(f"\n{text}\n")


if __name__ == "__main__":
    main()
