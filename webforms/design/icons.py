"""The designsystem's icons as SVG inside the page: no further request, and they take the colour of the text."""

from collections.abc import Callable

from markupsafe import Markup

from webforms.design.static_files import StaticFiles

_PLACE = "dkfds/img/svg-icons/{}.svg"


def icons(files: StaticFiles) -> Callable[..., Markup]:
    """The function that templates know as `icon`; an icon is an ornament, the words beside it say the same."""
    drawn: dict[tuple[str, str], Markup] = {}

    def icon(name: str, look: str = "") -> Markup:
        if (name, look) not in drawn:
            drawn[name, look] = Markup(_draw(files, name, look))  # noqa: S704 - one of the designsystem's own files
        return drawn[name, look]

    return icon


def _draw(files: StaticFiles, name: str, look: str) -> str:
    svg = files[_PLACE.format(name)].content.decode("utf-8").strip()
    classes = f"icon-svg {look}".strip()
    return svg.replace("<svg ", f'<svg class="{classes}" focusable="false" aria-hidden="true" ', 1)
