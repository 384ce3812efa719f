"""The receipt as a PDF: who handed in what and when, and what they had said; made by LibreOffice."""

import io

import pytest
from family_home import APART, MARIA, SIGNE, THOMAS, Home
from pypdf import PdfReader

pytestmark = pytest.mark.office
WELLBEING = "family_wellbeing_parents"


def test_the_receipt_is_a_tagged_pdf_of_what_the_household_handed_in(home: Home) -> None:
    home.browser(THOMAS, APART).at("afsnit/d").fill(**{WELLBEING: "Fars hemmelige ord"})
    hers = home.browser(MARIA, APART)
    assert hers.at("kvittering/pdf").address.partition("?")[0].endswith("/tjek")
    hers.at("afsnit/d").fill(**{WELLBEING: "Vi har det godt hos mor."})
    hers.at("tjek").press("/aflever")
    sent = hers.client.get(f"/sager/{hers.case_id}/besoeg/{hers.visit}/kvittering/pdf", buffered=True)
    assert (sent.mimetype, sent.headers["Content-Disposition"].partition(";")[0]) == ("application/pdf", "attachment")
    pdf = PdfReader(io.BytesIO(sent.data))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Kvittering for det, I har afleveret" in words
    name = home.case(APART).people[MARIA].name
    assert f"22. november 2026 kl. 10.00, {name}" in words
    assert "Vi har det godt hos mor." in words
    assert "hemmelige" not in words
    assert pdf.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index] # a tagged PDF has it


def test_the_page_names_who_handed_in(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "Godt."})
    assert "22. november 2026 kl. 10.00, Signe Aastrup Lind, mor" in browser.at("tjek").press("/aflever").words
