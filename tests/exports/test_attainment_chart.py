"""The drawing of a development names itself, tells by position, and lets no word out of its element."""

from xml.etree import ElementTree as Xml

from exports.attainment_chart import AttainmentChart, draw

SVG = AttainmentChart(
    id="c1",
    title="Motoriske mål <b> & mere",
    description="Først slet ikke, så i høj grad.",
    scale=("I høj grad", "I nogen grad", "Slet ikke"),
    visits=("11/24", "4/25"),
    given=((2,), (0, 0, 1)),
)


def parsed(chart: AttainmentChart) -> Xml.Element:
    return Xml.fromstring(draw(chart))  # noqa: S314 - our own drawing


def test_the_drawing_is_an_image_with_a_name_and_a_description() -> None:
    svg = parsed(SVG)
    assert svg.get("role") == "img"
    ids = (svg.get("aria-labelledby") or "").split()
    told = {element.get("id"): element.text for element in svg if element.tag in ("title", "desc")}
    assert [told[one] for one in ids] == [SVG.title, SVG.description]


def test_a_better_grade_stands_higher_and_a_later_visit_further_right() -> None:
    first, high, some = parsed(SVG).findall("circle")
    assert float(high.get("cy", "")) < float(some.get("cy", "")) < float(first.get("cy", ""))
    assert float(first.get("cx", "")) < float(high.get("cx", "")) == float(some.get("cx", ""))


def test_the_same_grade_given_twice_is_one_dot_with_its_number() -> None:
    assert [text.text for text in parsed(SVG).findall("text") if text.get("class") == "ht-chart-times"] == ["2"]


def test_one_visit_has_a_dot_and_no_line() -> None:
    alone = AttainmentChart("c", "t", "d", SVG.scale, ("4/25",), ((1,),))
    assert parsed(alone).find("polyline") is None
    assert len(parsed(alone).findall("circle")) == 1


def test_of_many_visits_every_other_is_named_and_the_newest_always() -> None:
    names = tuple(f"nr. {n}" for n in range(8))
    many = AttainmentChart("c", "t", "d", SVG.scale, names, ((1,),) * 8)
    named = {text.text for text in parsed(many).findall("text")} - set(SVG.scale)
    assert named == {"nr. 1", "nr. 3", "nr. 5", "nr. 7"}


def test_nothing_is_told_by_colour_or_styled_in_the_element() -> None:
    assert not {"style", "fill", "stroke"} & {name for element in parsed(SVG).iter() for name in element.attrib}
