"""What the pipeline tells in Danish is known in English: every sentence that its user-facing rooms can raise."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from webforms.design.told import in_english, in_english_or_marked, places_of, wordings

ROOT = Path(__file__).parents[3]
ROOMS = (
    "pipeline/intake", "pipeline/limited_child.py", "pipeline/cases/text_at_the_door.py",
    "pipeline/cases/record/access_pause.py", "pipeline/offline/come_home.py", "pipeline/offline/differences.py",
    "pipeline/offline/outside.py", "pipeline/store/database.py", "pipeline/store/files.py",
    "pipeline/store/file_folder.py", "pipeline/store/refusals.py", "pipeline/store/save_answers.py",
    "webforms/machines.py", "webforms/private_folder.py", "webforms/files", "webforms/paper", "webforms/signing",
    "webforms/identity/oidc_faults.py",
)  # fmt: skip
TOLD_OTHERWISE = ("pipeline/intake/virus_scan.py", "pipeline/intake/accepted.py")
"""The operator's own setting; what was changed in a file, which a page says by the name of the change."""
SENTENCE = re.compile(r"(?=.*\b(ikke|er|og|kan|en|til|Prøv|Vælg|af|for)\b).*[a-zæøå] [a-zæøå“].*\.", re.DOTALL)


def _sentences(path: Path) -> Iterator[str]:
    """What a module can say: its texts that are whole sentences and no docstrings, {} for what stands in them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    untold = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    untold |= {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in untold:
            text = node.value
        if SENTENCE.fullmatch(text):
            yield text


def _told_in(room: str) -> Iterator[str]:
    found = ROOT / room
    for path in [found] if found.is_file() else sorted(found.rglob("*.py")):
        if str(path.relative_to(ROOT)) not in TOLD_OTHERWISE:
            yield from _sentences(path)


def test_every_sentence_that_people_can_meet_is_known_in_english() -> None:
    told = [sentence for room in ROOMS for sentence in _told_in(room)]
    assert len(told) > 60
    assert not [sentence for sentence in told if in_english(sentence) is None]


def test_what_stands_in_a_sentence_stands_in_the_english_one_too() -> None:
    for danish, english in wordings().items():
        assert sorted(places_of(danish)) == sorted(places_of(english)), danish


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        (
            "Filen er for lang. Den må være højst 10 minutter. "
            "Klip den kortere, eller optag den med lavere kvalitet, og prøv igen.",
            "The file is too long. It may be at most 10 minutes. "
            "Cut it shorter, or record it with a lower quality, and try again.",
        ),
        (
            "“Trivsel {x}”: teksten er på 9 tegn. Der er plads til 8. "
            "Læg den lange tekst i et bilag, og henvis til det.",
            "“Trivsel {x}”: the text has 9 characters. There is room for 8. "
            "Put the long text into an attachment, and refer to it.",
        ),
    ],
)
def test_what_stands_in_a_sentence_is_said_in_english_where_it_is_known(danish: str, english: str) -> None:
    assert in_english(danish) == english


def test_an_unknown_sentence_is_shown_as_it_is_and_marked_as_danish() -> None:
    shown = in_english_or_marked("Noget <nyt> er sket.")
    assert isinstance(shown, Markup)
    assert shown == '<span lang="da">Noget &lt;nyt&gt; er sket.</span>'
