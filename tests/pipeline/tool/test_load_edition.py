"""What an edition may not say is refused, with the file and the line where it stands."""

import shutil
from pathlib import Path

import pytest
from edition_copy import EditionCopy

from pipeline.errors import DefinitionError
from pipeline.tool.definition import FilledBy
from pipeline.tool.load import EDITIONS, definition_digest, editions, load_tool

FIRST_FIELD = 'key = "filled_in_on"'
COLUMN = '{ key = "how", kind = "choice", choices = "examined_by", label = "Hvordan" }'


def refusal(edition: EditionCopy) -> str:
    with pytest.raises(DefinitionError) as refused:
        edition.load()
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "added"),
    [
        ("edition.toml", 'publisher = "Socialstyrelsen"', 'layout = "A4"'),
        ("edition.toml", 'key = "yes_no"', 'order = "ja først"'),
        ("foraeldre.toml", 'title = "Basisoplysninger om barnet og familien"', "page = 1"),
        ("foraeldre.toml", FIRST_FIELD, 'colour = "blå"'),
        ("foraeldre.toml", 'key = "tids_og_faseplan"', 'size = "stor"'),
        ("kommune.toml", 'key = "agreements"', 'sum = "a + b"'),
        ("kommune.toml", 'heading = "Udvikling og adfærd"', "bold = true"),
    ],
)
def test_an_unknown_key_is_refused_with_file_and_line(edition: EditionCopy, file: str, old: str, added: str) -> None:
    line = edition.change(file, old, f"{old}\n{added}") + 1
    message = refusal(edition)
    assert message.startswith(f"2018/{file}, linje {line}: nøglen “{added.partition(' ')[0]}” kendes ikke")


@pytest.mark.parametrize("key", ["widht", "help"])
def test_an_unknown_key_of_a_column_is_refused_at_the_columns_line_even_where_fields_have_it(
    edition: EditionCopy, key: str
) -> None:
    line = edition.change("kommune.toml", COLUMN, COLUMN.replace(" }", f', {key} = "bred" }}'))
    assert refusal(edition).startswith(f"2018/kommune.toml, linje {line}: nøglen “{key}” kendes ikke")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('{ code = "full_time", label = "Fuldtid" }', '{ code = "full_time", label = "Fuldtid", help = "x" }', "help"),
        ('key = "motor"', 'key = "motor"\nhelp = "x"', "help"),
        ('letter = "S"', 'letter = "S"\ntext = "x"', "text"),
    ],
)
def test_an_unknown_key_of_a_choice_a_goal_type_or_a_smart_letter_is_refused(
    edition: EditionCopy, old: str, new: str, key: str
) -> None:
    line = edition.change("edition.toml", old, new) + new.count("\n")
    assert refusal(edition).startswith(f"2018/edition.toml, linje {line}: nøglen “{key}” kendes ikke")


def test_an_unknown_table_is_refused_where_it_stands(edition: EditionCopy) -> None:
    path = edition.folder / "kommune.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n[[sektion]]\n", encoding="utf-8")
    line = text.count("\n") + 2
    assert refusal(edition).startswith(f"2018/kommune.toml, linje {line}: nøglen “sektion” kendes ikke")


def test_a_misspelt_table_in_a_section_is_refused_where_it_stands(edition: EditionCopy) -> None:
    old = '[[section.field]]\nkey = "email"'
    line = edition.change("foraeldre.toml", old, old.replace("field", "feld"))
    assert refusal(edition).startswith(f"2018/foraeldre.toml, linje {line}: nøglen “feld” kendes ikke")


def test_an_unknown_kind_of_a_field_is_refused_with_the_known_ones(edition: EditionCopy) -> None:
    old = 'kind = "table"\nlabel = "Aftaler"'
    line = edition.change("kommune.toml", old, old.replace("table", "skema"))
    message = refusal(edition)
    assert message.startswith(f"2018/kommune.toml, linje {line}: kind = “skema” kendes ikke")
    assert "long_text" in message


def test_an_unknown_kind_of_a_column_is_refused_at_the_columns_line(edition: EditionCopy) -> None:
    line = edition.change("kommune.toml", COLUMN, COLUMN.replace('"choice"', '"valg"'))
    assert refusal(edition).startswith(f"2018/kommune.toml, linje {line}: kind = “valg” kendes ikke")


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("foraeldre.toml", 'label = "Navn på forældrene"'),
        ("foraeldre.toml", 'help = "Fornavn og efternavn."'),
        ("kommune.toml", 'title = "Tematikker om barnets udviklingsbehov"'),
        ("kommune.toml", 'key = "agreements"'),
        ("edition.toml", 'own_fields_note = "Kommunens egne felter, ikke Socialstyrelsens ordlyd"'),
        ("edition.toml", 'help = "Skriv, hvornår I vil se på, om målet er nået."'),
    ],
)
def test_a_missing_text_is_refused_at_the_table_that_lacks_it(edition: EditionCopy, file: str, old: str) -> None:
    gone = edition.change(file, old + "\n", "")
    above = (edition.folder / file).read_text(encoding="utf-8").splitlines()[: gone - 1]
    line = max((number for number, text in enumerate(above, start=1) if text.startswith("[[")), default=1)
    key = old.partition(" ")[0]
    assert refusal(edition) == f"2018/{file}, linje {line}: “{key}” mangler eller er ikke en tekst."


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("edition.toml", '"a", "b"', '"b", "a"', "rækkefølgen"),
        ("edition.toml", ', "m"]', "]", "rækkefølgen"),
        ("edition.toml", 'title = "T', 'title = "  "\nx = "T', "kendes ikke"),
        ("edition.toml", 'key = "extent"', 'key = "length"', "choices = “extent” kendes ikke"),
        ("edition.toml", 'choices = [{ code = "yes", label = "Ja" }, { code = "no", label = "Nej" }]\n', "", "choices"),
        ("foraeldre.toml", 'key = "b"', 'key = "b"\nfilled_by = 3', "gyldig TOML"),
        ("foraeldre.toml", "columns = [", "columns = [3,", "“columns” skal være en liste af tabeller"),
        ("foraeldre.toml", '{ key = "focus"', '{ key = "fokus"', "goal_type, focus, attainment, next"),
        ("kommune.toml", 'drawn_from = ["report_signed"]\n', "", "drawn_from hører sammen"),
        ("kommune.toml", 'drawn_from = ["report_signed"]', 'drawn_from = "report_signed"', "en liste af tekster"),
        ("kommune.toml", '"Hvad er barnets højde og vægt?"', "3", "“questions” skal være en liste af tekster"),
        ("kommune.toml", 'title = "Tematikker om barnets udviklingsbehov"', "title = 7", "“title” mangler"),
        ("kommune.toml", 'own = true\nskippable = true', 'own = "nej"\nskippable = true', "true eller false"),
        ("kommune.toml", 'key = "k"', 'key = "k"\ntogether_with = 3', "“together_with” mangler"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_danish(edition: EditionCopy, file: str, old: str, new: str, why: str) -> None:
    edition.change(file, old, new)
    message = refusal(edition)
    assert why in message
    assert "linje" in message


def test_an_unknown_side_is_refused_with_the_known_ones(edition: EditionCopy) -> None:
    old = 'title = "Konklusion og aftaler"\nfilled_by = "municipality"'
    line = edition.change("kommune.toml", old, old.replace("municipality", "kommunen")) + 1
    message = refusal(edition)
    assert message == (
        f"2018/kommune.toml, linje {line}: filled_by = “kommunen” kendes ikke; brug parents, municipality."
    )


def test_a_table_with_more_columns_than_documents_can_show_is_refused(edition: EditionCopy) -> None:
    fifth = '{ key = "why", kind = "text", label = "Hvorfor" }'
    edition.change("kommune.toml", COLUMN, f"{COLUMN}, {fifth}")
    assert "højst 4" in refusal(edition)


def test_columns_on_a_field_that_is_no_table_are_refused(edition: EditionCopy) -> None:
    edition.change("kommune.toml", 'key = "conclusion"', f'key = "conclusion"\ncolumns = [{COLUMN}]')
    assert "et skema, og kun det, skal have columns" in refusal(edition)


def test_a_key_used_by_two_fields_is_refused(edition: EditionCopy) -> None:
    edition.change("kommune.toml", 'key = "follow_up_date"', 'key = "child_name"')
    assert refusal(edition) == "2018: nøglen child_name bruges mere end én gang."


def test_an_edition_without_a_plan_is_refused(edition: EditionCopy) -> None:
    path = edition.folder / "foraeldre.toml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index('[[section.field]]\nkey = "tids_og_faseplan"'), text.index('[[section]]\nkey = "d"')
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert "ét felt med kind = “goals”" in refusal(edition)


def test_broken_toml_is_refused_with_its_line_and_no_english(edition: EditionCopy) -> None:
    line = edition.change("foraeldre.toml", FIRST_FIELD, 'key = "filled_in_on')
    assert refusal(edition) == f"2018/foraeldre.toml, linje {line}: filen er ikke gyldig TOML. Ret stedet."


def test_the_same_key_twice_in_one_table_is_refused_with_its_line(edition: EditionCopy) -> None:
    line = edition.change("foraeldre.toml", FIRST_FIELD, f"{FIRST_FIELD}\n{FIRST_FIELD}") + 1
    assert f"foraeldre.toml, linje {line}:" in refusal(edition)


def test_a_file_that_is_not_utf8_is_refused(edition: EditionCopy) -> None:
    (edition.folder / "kommune.toml").write_bytes("# Kommunens afsnit på dansk\n".encode("latin-1"))
    assert refusal(edition) == "2018/kommune.toml er ikke UTF-8. Gem filen som UTF-8."


def test_a_missing_file_is_named(edition: EditionCopy) -> None:
    (edition.folder / "kommune.toml").unlink()
    assert refusal(edition) == "Filen kommune.toml mangler i 2018/."


def test_an_unknown_edition_is_refused_with_those_there_are() -> None:
    with pytest.raises(DefinitionError, match=r"Udgaven “1999” findes ikke\. Vælg en af: 2018\."):
        load_tool("1999")


def test_an_empty_name_is_not_taken_for_the_newest_edition() -> None:
    with pytest.raises(DefinitionError, match="findes ikke"):
        load_tool("")


def test_a_folder_without_editions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="har ingen udgaver"):
        editions(tmp_path)


def test_a_published_edition_that_was_changed_is_refused(edition: EditionCopy) -> None:
    shutil.copy(EDITIONS / "published.toml", edition.root)
    edition.change("foraeldre.toml", "Fornavn og efternavn.", "Fornavn, mellemnavn og efternavn.")
    message = refusal(edition)
    assert "er udgivet og må ikke ændres" in message
    assert "en kopi af mappen" in message


def test_a_published_edition_cannot_be_changed_by_giving_it_another_name(edition: EditionCopy) -> None:
    shutil.copy(EDITIONS / "published.toml", edition.root)
    line = edition.change("edition.toml", 'edition = "2018"', 'edition = "2018b"')
    assert refusal(edition).startswith(f"2018/edition.toml, linje {line}: edition skal være “2018”")


def test_the_published_digest_is_that_of_the_files() -> None:
    assert f'"2018" = "{definition_digest(EDITIONS / "2018")}"' in (EDITIONS / "published.toml").read_text()


def test_other_line_ends_are_the_same_edition(edition: EditionCopy) -> None:
    for path in edition.folder.glob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert definition_digest(edition.folder) == definition_digest(EDITIONS / "2018")
    assert edition.load().fields == load_tool("2018").fields


def test_without_a_name_the_newest_edition_is_read(edition: EditionCopy) -> None:
    newer = edition.root / "2027"
    shutil.copytree(edition.folder, newer)
    meta = newer / "edition.toml"
    meta.write_text(meta.read_text(encoding="utf-8").replace('edition = "2018"', 'edition = "2027"'), encoding="utf-8")
    assert editions(edition.root) == ("2018", "2027")
    assert edition.load().edition == "2027"
    assert load_tool("2018", edition.root).edition == "2018"


def test_a_field_is_found_by_its_key_and_a_choice_by_its_code(edition: EditionCopy) -> None:
    tool = edition.load()
    field = tool.find("recommendation")
    assert field is not None
    assert field.label_of("stop") == "Ophør"
    assert tool.goals_field.columns[2].label_of("none") == "Slet ikke"
    assert tool.find("findes_ikke") is None
    assert tool.sections[0].filled_by is FilledBy.PARENTS
