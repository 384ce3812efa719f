"""Some hundred tamperings in every test run; `make tamper` tries ten thousand."""

from pathlib import Path

from tests.fuzz.audit_tampering import KINDS, campaign, judge, report, set_stage

_TAMPERINGS = 330


def test_every_tampering_is_found() -> None:
    figures = campaign(range(_TAMPERINGS))
    assert figures.missed == []
    assert figures.tried == dict.fromkeys([kind.__name__ for kind in KINDS], _TAMPERINGS // len(KINDS))
    assert f"{_TAMPERINGS} tamperings with a log of 240 lines, 0 not found" in report(figures)


def test_the_log_that_is_tampered_with_is_whole_before(tmp_path: Path) -> None:
    stage = set_stage(tmp_path)
    verdict = judge(stage.whole, stage, tmp_path / "anker")
    assert (verdict.entries, verdict.findings, len(verdict.notes)) == (240, (), 1)
