"""From answers to a sealed report and back to its check, as a person does it with two commands."""

import json
from pathlib import Path

import pytest

from webforms.cli import tilsyn
from webforms.danish_cli import run

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "svar-lille.json"
FILES = {
    "tilsynsredskab.docx", "tilsynsrapport.docx", "tilsynsrapport.pdf", "tids-og-faseplan.xlsx", "manifest.json",
}  # fmt: skip


@pytest.mark.office
def test_a_rendered_case_is_checked_as_in_order_and_a_changed_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HJEMMETILSYN_HOME", str(tmp_path / "hjem"))
    out = tmp_path / "sag"
    assert run(tilsyn, ["render", str(SMALL), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.rstrip().endswith(f"Færdig. Filerne ligger i {out}")
    assert "Vang" not in said
    assert {path.name for path in out.iterdir()} == FILES
    assert {file["name"] for file in json.loads((out / "manifest.json").read_bytes())["files"]} == FILES - {
        "manifest.json"
    }

    report = out / "tilsynsrapport.pdf"
    assert run(tilsyn, ["verify", str(report)]) == 0
    assert "Vedhæftet: tids-og-faseplan.xlsx" in capsys.readouterr().out
    assert run(tilsyn, ["verify", str(report), "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)

    content = bytearray(report.read_bytes())
    content[len(content) // 3] ^= 1
    changed = tmp_path / "aendret.pdf"
    changed.write_bytes(content)
    assert run(tilsyn, ["verify", str(changed)]) == 1
    assert run(tilsyn, ["verify", str(out / "manifest.json")]) == 2
    assert run(tilsyn, ["verify", str(tmp_path / "nej.pdf")]) == 2
