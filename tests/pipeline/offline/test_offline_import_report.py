"""A form that comes home says field by field what is new, changed, unchanged, unreadable or in conflict."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from offline_forms import Forms, MakeForms, filled
from offline_packages import changed, parts_of, zipped

from pipeline.cases.answers import Answers, Contribution, Goal, GoalOrigin
from pipeline.cases.values import TextValue
from pipeline.errors import UnreadableFile
from pipeline.offline.come_home import KEEP_AND_TYPE, ImportKind, ImportReport, import_bytes, import_form
from pipeline.offline.differences import Difference, Status
from pipeline.offline.outside import MOST_BYTES
from pipeline.offline.passport import goal_marks, read_passport
from pipeline.tool.load import EDITIONS

pytestmark = pytest.mark.office
SAMPLES = sorted(path.stem.removeprefix("sample_") for path in (EDITIONS / "2018").glob("sample_*.json"))
FORMATS = ("pdf", "docx", "xlsx")
PLAN = "tids_og_faseplan"
HOSTILE = " A & <b> {{ 7*7 }} =1+1 \\(x) ) æøå ÆØÅ 😀 e\u0301 \u202e \ufeff\t\u00a0“”\n\n- næste linje\n\n\nslut "


def home(kind: str, form: bytes, case: Answers) -> dict[str, Difference]:
    report = import_bytes(f"svar.{kind}", form, case)
    assert report.kind is ImportKind.FORM
    assert report.file.format.value == kind
    return {one.name: one for one in report.differences}


def said(case: Answers, key: str, words: str) -> Answers:
    """The case after somebody has answered."""
    first = case.contributions[next(iter(case.contributions))][0]
    return replace(
        case,
        contributions={**case.contributions, key: (Contribution(first.by, first.at, TextValue(words)),)},
    )


def with_wording(case: Answers, number: int, words: str) -> Answers:
    goals = list(case.goals)
    goals[number - 1] = replace(goals[number - 1], wording=words)
    return replace(case, goals=tuple(goals))


def new_goal(case: Answers, name: str) -> Goal:
    return Goal(name, case.goals[0].goal_type, f"Mål {name}", GoalOrigin.NEW, "", (), (), ())


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_form_that_nobody_touched_comes_home_unchanged(kind: str, name: str, forms_of: MakeForms) -> None:
    forms = forms_of(name)
    found = home(kind, forms.files[kind], forms.case)
    assert {one.status for one in found.values()} == {Status.UNCHANGED}
    assert len(found) > (50 if kind == "xlsx" else 200)
    assert all(one.now == one.incoming for one in found.values())


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("kind", FORMATS)
def test_all_statuses_come_out_of_each_format_for_each_case(kind: str, name: str, forms_of: MakeForms) -> None:
    forms = forms_of(name)
    spare = len(forms.case.goals) + 1
    written = {
        f"{PLAN}.1.wording": "Mit nye ord\nog en linje til",
        f"{PLAN}.2.wording": "Skrevet i formularen",
        f"{PLAN}.{spare}.wording": HOSTILE.strip(),
        f"{PLAN}.{spare}.goal_type": "noget helt andet",
    }
    now = with_wording(forms.case, 2, "Skrevet i sagen")
    found = home(kind, filled(kind, forms, written), now)
    expected = {
        f"{PLAN}.1.wording": Status.CHANGED,
        f"{PLAN}.2.wording": Status.CONFLICT,
        f"{PLAN}.{spare}.wording": Status.NEW,
        f"{PLAN}.{spare}.goal_type": Status.UNREADABLE,
    }
    assert {name: one.status for name, one in found.items() if one.status is not Status.UNCHANGED} == expected
    assert {name: found[name].incoming for name in written} == written
    assert found[f"{PLAN}.2.wording"].now == "Skrevet i sagen"
    assert found[f"{PLAN}.2.wording"].why.endswith("Vælg det ene, eller saml dem.")
    assert found[f"{PLAN}.{spare}.goal_type"].why.endswith("Vælg en af dem.")


@pytest.mark.parametrize("kind", FORMATS)
def test_text_of_any_kind_comes_home_as_it_was_written(kind: str, forms: Forms) -> None:
    name = f"{PLAN}.1.focus"
    assert home(kind, filled(kind, forms, {name: HOSTILE}), forms.case)[name].incoming == HOSTILE


@pytest.mark.parametrize("kind", FORMATS)
def test_an_answer_that_was_taken_out_is_a_change_to_nothing(kind: str, forms: Forms) -> None:
    one = home(kind, filled(kind, forms, {f"{PLAN}.1.wording": ""}), forms.case)[f"{PLAN}.1.wording"]
    assert (one.status, one.incoming) == (Status.CHANGED, "")
    assert one.now


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_dates_are_read_as_people_write_them(kind: str, forms: Forms) -> None:
    for written in ("3-4-2026", "03.04.2026", " 3/4 2026", "2026-04-03"):
        found = home(kind, filled(kind, forms, {"visit_date": written}), forms.case)
        assert found["visit_date"].incoming == "03.04.2026"
    found = home(kind, filled(kind, forms, {"visit_date": "i går"}), forms.case)
    assert found["visit_date"].status is Status.UNREADABLE
    assert "Skriv den som 31.03.2026" in found["visit_date"].why


@pytest.mark.parametrize("kind", FORMATS)
def test_choices_are_read_as_people_write_them(kind: str, forms: Forms) -> None:
    name = f"{PLAN}.1.goal_type"
    found = home(kind, filled(kind, forms, {name: " sundHED "}), forms.case)
    unread = home(kind, filled(kind, forms, {name: "sundhed og leg"}), forms.case)
    assert found[name].incoming == "Sundhed"
    assert unread[name].status is Status.UNREADABLE


@pytest.mark.parametrize("kind", FORMATS)
def test_words_follow_their_goal_when_the_plan_has_changed_meanwhile(kind: str, forms: Forms) -> None:
    first, _, *rest = forms.case.goals
    spare = len(forms.case.goals) + 1
    written = {
        f"{PLAN}.1.next": "til det første",
        f"{PLAN}.2.next": "til det andet",
        f"{PLAN}.3.next": "til det tredje",
        f"{PLAN}.{spare}.wording": "Et nyt mål",
    }
    now = replace(forms.case, goals=(new_goal(forms.case, "ny"), first, *rest))
    found = {one.name_in_form: one for one in home(kind, filled(kind, forms, written), now).values()}
    assert found[f"{PLAN}.1.next"].name == f"{PLAN}.2.next"
    assert found[f"{PLAN}.3.next"].name == f"{PLAN}.3.next"
    assert found[f"{PLAN}.2.next"].status is Status.CONFLICT
    assert "Målet findes ikke længere i sagen" in found[f"{PLAN}.2.next"].why
    assert int(found[f"{PLAN}.2.next"].name.split(".")[1]) > len(now.goals)
    assert int(found[f"{PLAN}.{spare}.wording"].name.split(".")[1]) > len(now.goals)
    assert found[f"{PLAN}.{spare}.wording"].status is Status.NEW


@pytest.mark.parametrize("kind", FORMATS)
def test_the_passport_knows_each_goal_by_its_number_and_names_none(kind: str, forms: Forms) -> None:
    report = import_bytes("x", forms.files[kind], forms.case)
    assert report.passport is not None
    assert report.passport.goals == goal_marks(forms.case)
    assert not any(goal.id in report.passport.as_text() for goal in forms.case.goals)
    assert read_passport(report.passport.as_text()) == report.passport


@pytest.mark.parametrize("kind", FORMATS)
def test_a_blank_form_filled_adds_and_never_replaces(kind: str, forms_of: MakeForms) -> None:
    forms = forms_of("cp_skole_2", blank=True)
    found = home(kind, forms.files[kind], forms.case)
    assert {one.status for one in found.values()} == {Status.UNCHANGED}
    blank = replace(forms.case, goals=())
    form = filled(kind, Forms(blank, forms.files), {f"{PLAN}.1.wording": "Cykle"})
    changed = [one for one in home(kind, form, forms.case).values() if one.status is not Status.UNCHANGED]
    assert [(one.name, one.status) for one in changed] == [(f"{PLAN}.{len(forms.case.goals) + 1}.wording", Status.NEW)]


def test_a_form_of_some_sections_says_nothing_of_the_others(forms_of: MakeForms) -> None:
    forms = forms_of("cp_skole_2", only="ab")
    assert sorted(forms.files) == ["archive", "docx", "pdf"]
    for kind in ("pdf", "docx"):
        found = home(kind, forms.files[kind], said(forms.case, "conclusion", "Ny konklusion"))
        assert {one.status for one in found.values()} == {Status.UNCHANGED}
        assert "conclusion" not in found
        assert "child_name" in found


@pytest.mark.parametrize("kind", FORMATS)
def test_a_form_of_another_case_is_refused_and_neither_case_is_named(kind: str, forms: Forms) -> None:
    other = replace(forms.case, case_number="HEMMELIG-7")
    with pytest.raises(UnreadableFile, match="hører ikke til denne sag") as refusal:
        import_bytes("x", forms.files[kind], other)
    assert forms.case.case_number not in str(refusal.value)
    assert "HEMMELIG" not in str(refusal.value)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_form_of_another_visit_or_edition_is_refused_with_what_to_do(kind: str, forms: Forms) -> None:
    with pytest.raises(UnreadableFile, match=r"til et andet besøg i sagen\. Læs den ind under det besøg"):
        import_bytes("x", forms.files[kind], replace(forms.case, visit_number=forms.case.visit_number + 1))
    with pytest.raises(UnreadableFile, match=r"en anden udgave af tilsynsredskabet\. Hent en ny formular"):
        import_bytes("x", forms.files[kind], replace(forms.case, edition="2027"))


def test_a_passport_that_was_changed_is_refused(forms: Forms) -> None:
    report = import_bytes("x", forms.files["pdf"], forms.case)
    assert report.passport is not None
    raw = json.loads(report.passport.as_text())
    raw["base"]["theme_health"] = "0" * 12
    form = filled("pdf", forms, {"hjemmetilsyn": json.dumps(raw)})
    with pytest.raises(UnreadableFile, match="Mærket i formularen er ødelagt"):
        import_bytes("x", form, forms.case)


PICTURES = {
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(100),
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "image/tiff": b"II*\0" + bytes(100),
    "image/heic": b"\0\0\0\x18ftypheic" + bytes(100),
}


@pytest.mark.parametrize("media_type", PICTURES)
def test_a_picture_of_a_form_is_an_attachment_to_be_typed_in(media_type: str, forms: Forms, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(PICTURES[media_type])
    report = import_form(path, forms.case)
    assert (report.kind, report.message, report.differences) == (ImportKind.ATTACHMENT, KEEP_AND_TYPE, ())
    assert (report.file.name, report.file.media_type) == ("scan.pdf", media_type)
    assert report.file.size == len(PICTURES[media_type])
    assert report.file.sha256 == hashlib.sha256(PICTURES[media_type]).hexdigest()


def test_the_copy_for_the_archive_and_other_pdfs_are_attachments(forms: Forms) -> None:
    report = import_bytes("x.pdf", forms.files["archive"], forms.case)
    assert (report.kind, report.message, report.passport) == (ImportKind.ATTACHMENT, KEEP_AND_TYPE, None)
    assert "ikke en af vores formularer" in report.why_not
    assert report.file.media_type == "application/pdf"


def foreign(kind: str, forms: Forms, **more: bytes) -> bytes:
    """Somebody's own Word or Excel file: one of ours without what makes it a form."""
    parts = parts_of(forms.files[kind])
    parts["docProps/custom.xml"] = (
        b'<Properties xmlns="urn:x"><property name="Firma">Testkommune</property></Properties>'
    )
    return changed(zipped(parts), **more)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_word_or_excel_file_of_somebodys_own_is_an_attachment(kind: str, forms: Forms) -> None:
    data = foreign(kind, forms)
    report = import_bytes("brev", data, forms.case)
    assert (report.kind, report.message, report.passport) == (ImportKind.ATTACHMENT, KEEP_AND_TYPE, None)
    assert (report.file.format, report.file.size, report.differences) == (kind, len(data), ())
    assert report.why_not.startswith("Filen er ikke en af vores formularer")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"word__vbaProject_dot_bin": bytes.fromhex("D0CF11E0A1B11AE1")}, "makroer"),
        ({"docProps__app_dot_xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "DTD"),
        ({"bombe": bytes(30 * 1024**2)}, "for stor"),
        (
            {"_rels__x_dot_rels": b'<r><x Type="y/image" TargetMode="External" Target="http://eksempel.invalid"/></r>'},
            "henter noget udefra",
        ),
    ],
)
def test_a_dangerous_one_is_refused_all_the_same(kind: str, more: dict[str, bytes], why: str, forms: Forms) -> None:
    with pytest.raises(UnreadableFile, match=why):
        import_bytes("brev", foreign(kind, forms, **more), forms.case)


def test_the_report_as_json_says_it_all(forms: Forms) -> None:
    form = filled("docx", forms, {"theme_health": "Astma"})
    report = import_bytes("svar.docx", form, forms.case)
    told = json.loads(json.dumps(report.as_dict()))
    assert (told["kind"], told["file"]["format"], told["case_number"]) == ("form", "docx", forms.case.case_number)
    assert report.passport is not None
    assert told["form_id"] == report.passport.form_id
    assert sum(told["counts"].values()) == len(told["fields"]) == len(report.differences)
    assert told["counts"]["changed"] + told["counts"]["new"] == 1
    changed = next(one for one in told["fields"] if one["name"] == "theme_health")
    assert (changed["incoming"], changed["name_in_form"]) == ("Astma", "theme_health")


def test_whether_anything_needs_a_look_is_said(forms: Forms) -> None:
    def report(**written: str) -> ImportReport:
        return import_bytes("x", filled("docx", forms, written), forms.case)

    assert report(theme_health="Astma").is_clean
    assert not report(visit_date="i går").is_clean


@pytest.mark.parametrize("path", ["findes-ikke.pdf", "."])
def test_what_is_no_file_is_refused(path: str, forms: Forms, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="findes ikke eller er ikke en fil"):
        import_form(tmp_path / path, forms.case)


def test_a_file_on_disk_that_is_too_large_is_refused_with_the_limit(forms: Forms, tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableFile, match=r"højst 25 MB"):
        import_form(path, forms.case)
