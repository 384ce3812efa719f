"""The table of rights as a data protection officer reads it: a line for each action, a column for each role."""

from collections.abc import Iterable, Iterator

from webforms.identity.access import ONLY_WHILE_OPEN, TABLE, Action
from webforms.identity.roles import Role, Scope

_EXPLAINED = (
    "“Egen del”: kun det, personen selv (eller husstanden) har skrevet, de afsnit, personen er givet adgang til, "
    "og dokumenter, der er delt med personen.",
    "“Egen sag”: sager, hvor personen har en plads i dag. Pladser har første og sidste dag; vikarer også.",
    "“Eget team”: teamets sager, og sager, hvor medarbejderen selv har en plads.",
    "Forældres og repræsentanters adgang hviler, når forældremyndigheden er ændret, eller barnet er fyldt 18, "
    "indtil en sagsbehandler har taget stilling.",
    "Driften ser sagsnumre, tilstande og fejl, aldrig personoplysninger. Administratoren kan ikke åbne nogen sag.",
)


def access_as_markdown() -> str:
    """The whole table with what its words mean; ends with a line break."""
    return "\n".join((*_heading(), *_table(), "", *_remarks())) + "\n"


def _heading() -> Iterator[str]:
    yield "# Hvem må hvad i Hjemmetilsyn"
    yield ""
    yield "Programmet afgør adgang efter denne tabel (webforms/identity/access.py). Resten er forbudt."
    yield ""


def _table() -> Iterator[str]:
    columns = ("Handling", "Betyder", "Gælder", *(role.in_danish for role in Role))
    yield _row(columns)
    yield _row("---" for _ in columns)
    for line in TABLE.values():
        yield _row((f"`{line.name}`", line.meaning, _where(line), *_scopes(line)))


def _scopes(line: Action) -> Iterator[str]:
    for role in Role:
        scope = line.scope_for(role)
        is_narrowed = line.party_only and role is Role.PARENT and scope is not Scope.NONE
        yield f"{scope.in_danish}, kun med forældremyndighed" if is_narrowed else scope.in_danish


def _where(line: Action) -> str:
    return line.on.value if line.about.value == "case" else ""


def _remarks() -> Iterator[str]:
    while_open = " og ".join(sorted(role.in_danish for role in ONLY_WHILE_OPEN))
    yield from (f"- {remark}" for remark in _EXPLAINED)
    yield f"- Rollen {while_open} har kun adgang, mens sagen er åben."


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
