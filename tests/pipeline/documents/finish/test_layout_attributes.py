"""What the structure tree keeps of LibreOffice's attributes."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.documents.finish.layout_attributes import drop_layout_attributes


def attributes_of(pdf: pikepdf.Pdf, kind: str) -> list[Dictionary]:
    """All attributes of elements of this kind, those in arrays one by one."""
    elements = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name(f"/{kind}") and "/A" in o]
    return [each for e in elements for each in (list(e.A) if isinstance(e.A, Array) else [e.A])]


@pytest.mark.office
def test_header_cells_keep_their_scope_and_lose_their_width(converted: Path) -> None:
    with pikepdf.open(converted) as pdf:
        before = attributes_of(pdf, "TH")
        assert {"/Width", "/Scope"} <= {key for each in before for key in each.keys()}  # noqa: SIM118 - no Python dict
        scopes = [each.Scope for each in before if "/Scope" in each]
        drop_layout_attributes(pdf)
        after = attributes_of(pdf, "TH")

        assert [each.Scope for each in after] == scopes
        assert {str(each.O) for each in after} == {"/Table"}


@pytest.mark.office
def test_a_finished_report_has_half_the_objects(converted: Path, finished: Path) -> None:
    with pikepdf.open(converted) as pdf, pikepdf.open(finished) as done:
        assert len(done.objects) < 0.6 * len(pdf.objects)


def test_the_box_of_a_figure_is_kept_alone_and_an_action_of_a_link_is_no_attribute() -> None:
    with pikepdf.new() as pdf:
        box = Array([1, 2, 3, 4])
        figure = pdf.make_indirect(Dictionary(S=Name.Figure, A=Dictionary(O=Name.Layout, BBox=box, Width=9)))
        link = pdf.make_indirect(Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI)))
        listed = pdf.make_indirect(Dictionary(S=Name.L, A=Dictionary(O=Name.List, ListNumbering=Name.Disc)))
        drop_layout_attributes(pdf)

        assert dict(figure.A.items()) == {"/O": Name.Layout, "/BBox": box}
        assert link.A.S == Name.URI
        assert listed.A.ListNumbering == Name.Disc
