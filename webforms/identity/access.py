"""THE table: every action that an address can name, what it means in Danish, and for which role how far it reaches.

Nothing else decides who may do what. `tilsyn access` prints it for the data protection officer. A role that a line does
not name may not. How scopes are weighed against a case stands in decision.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from webforms.identity.roles import Role, Scope

PART, CASE, TEAM, ANY = Scope.OWN_PART, Scope.OWN_CASE, Scope.OWN_TEAM, Scope.ANY


class About(Enum):
    """Whether an action is done to one case, which its address then names."""

    CASE = "case"
    NO_CASE = "no case"


class On(Enum):
    """In which cases an action can be done."""

    ALL = "åbne og afsluttede sager"
    OPEN = "åbne sager"
    CLOSED = "afsluttede sager"


@dataclass(frozen=True)
class Action:
    """A line of the table.

    Attributes:
        name: as addresses and the audit log name it.
        meaning: in Danish.
        scopes: for each role that may at all.
        writes: whether it changes anything but session and audit log.
        party_only: of the parents only those who hold parental authority, and who speaks for them.
    """

    name: str
    meaning: str
    scopes: Mapping[Role, Scope]
    about: About
    writes: bool
    on: On
    party_only: bool

    def scope_for(self, role: Role) -> Scope:
        """How far the role reaches here."""
        return self.scopes.get(role, Scope.NONE)


def _line(
    name: str, meaning: str, *, about: About, writes: bool, on: On, party_only: bool, scopes: Mapping[str, Scope]
) -> Action:
    by_role = MappingProxyType({Role(role): scope for role, scope in scopes.items()})
    return Action(name, meaning, by_role, about, writes, on, party_only)


def _reads(name: str, meaning: str, *, on: On = On.ALL, party_only: bool = False, **scopes: Scope) -> Action:
    return _line(name, meaning, about=About.CASE, writes=False, on=on, party_only=party_only, scopes=scopes)


def _changes(name: str, meaning: str, *, on: On = On.OPEN, party_only: bool = False, **scopes: Scope) -> Action:
    return _line(name, meaning, about=About.CASE, writes=True, on=on, party_only=party_only, scopes=scopes)


def _elsewhere(name: str, meaning: str, *, writes: bool = False, **scopes: Scope) -> Action:
    """An action that concerns no one case; its scope says whose cases a list shows."""
    return _line(name, meaning, about=About.NO_CASE, writes=writes, on=On.ALL, party_only=False, scopes=scopes)


def _everybody(name: str, meaning: str, *, writes: bool = False) -> Action:
    """An action that everybody does to what is their own."""
    own = dict.fromkeys([role.value for role in Role], PART)
    return _line(name, meaning, about=About.NO_CASE, writes=writes, on=On.ALL, party_only=False, scopes=own)


_LINES = (
    # -- oneself
    _everybody("session.read", "Se, hvor man selv er logget ind"),
    _everybody("session.end", "Afslutte et af sine egne logins", writes=True),
    # -- the case
    _elsewhere(
        "cases.list",
        "Se listen over de sager, man har adgang til",
        parent=CASE,
        child=CASE,
        helper=CASE,
        representative=CASE,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _elsewhere(
        "cases.search",
        "Søge på nummer, navn eller CPR-nummer blandt de sager, man har adgang til",
        writes=True,  # it changes nothing but the log; sent like a change, so that no name stands in an address
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _elsewhere("case.open", "Oprette en sag", writes=True, caseworker=TEAM, manager=TEAM),
    _reads(
        "case.read",
        "Se sagens forside: hvor sagen er, hvem der har den, og hvad der skal ske",
        parent=CASE,
        child=CASE,
        helper=PART,
        representative=CASE,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _reads(
        "case.history",
        "Se, hvordan svar er ændret, og af hvem",
        parent=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes("case.hand_over", "Give sagen til et andet team", caseworker=TEAM, manager=TEAM),
    _changes("case.close", "Afslutte sagen", caseworker=TEAM, manager=TEAM),
    _changes("case.reopen", "Genåbne en afsluttet sag", on=On.CLOSED, caseworker=TEAM, manager=TEAM),
    # -- people
    _reads(
        "people.read",
        "Se sagens personer og deres plads i sagen",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _reads("people.contact", "Se adresser og telefonnumre, også beskyttede", caseworker=TEAM, manager=TEAM),
    _changes("people.change", "Rette sagens personer, deres plads og datoer", caseworker=TEAM, manager=TEAM),
    _changes("access.decide", "Afgøre en persons adgang, når den er sat på pause", caseworker=TEAM, manager=TEAM),
    _reads("invitation.read", "Se sagens invitationer", caseworker=TEAM, manager=TEAM),
    _changes("invitation.make", "Invitere en hjælper eller en forælder uden MitID", caseworker=TEAM, manager=TEAM),
    _changes("invitation.withdraw", "Tage en invitation tilbage", on=On.ALL, caseworker=TEAM, manager=TEAM),
    # -- answers
    _reads(
        "part.read",
        "Læse skemaets afsnit: sin egen del, eller hele sagens svar",
        parent=PART,
        child=PART,
        helper=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes(
        "part.write", "Skrive i sin egen del af skemaet", parent=PART, child=PART, helper=PART, representative=PART
    ),
    _changes(
        "part.hand_in", "Aflevere sin egen del af skemaet", parent=PART, child=PART, helper=PART, representative=PART
    ),
    _changes(
        "part.on_behalf",
        "Skrive det, en anden har sagt, i den andens navn",
        caseworker=TEAM,
        visiting_professional=CASE,
    ),
    _changes(
        "part.hand_in_by_phone", "Aflevere for en, der har hørt sine svar i telefonen og sagt ja", caseworker=TEAM
    ),
    _changes("diary.write", "Skrive i sin egen dagbog og dele af den", parent=PART, child=PART),
    _reads("diary.read", "Læse sin egen dagbog", parent=PART, child=PART),
    _changes(
        "municipality.write",
        "Skrive kommunens svar",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
    ),
    _reads(
        "development.read",
        "Se fra besøg til besøg, hvor langt målene er nået",
        parent=PART,
        child=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _reads(
        "conclusion.read",
        "Se konklusionen på et besøg, hvad rapporten mangler, og et udkast til den",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes("conclusion.weigh", "Afgøre, hvilke fagpersoners svar der kommer med i rapporten", caseworker=TEAM),
    _changes(
        "conclusion.share",
        "Vise familien aftalerne og de nye mål efter et besøg",
        caseworker=TEAM,
        visiting_professional=CASE,
    ),
    _changes("visit.plan", "Planlægge et besøg, og hvad der spørges om", caseworker=TEAM, visiting_professional=CASE),
    _changes("section.lock", "Låse og åbne afsnit for et besøg", caseworker=TEAM, visiting_professional=CASE),
    _reads(
        "offline.hand_out",
        "Hente sin del af skemaet til at udfylde på papir, i PDF, Word eller Excel",
        on=On.OPEN,
        parent=PART,
        child=PART,
        helper=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
    ),
    _changes(
        "offline.take_in",
        "Tage et udfyldt PDF-, Word- eller Excelskema ind",
        parent=PART,
        child=PART,
        helper=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
    ),
    # -- journal, agreements, decisions
    _reads(
        "journal.read",
        "Læse journalen",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes(
        "journal.write",
        "Skrive i journalen",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _reads(
        "agreement.read",
        "Læse aftalerne",
        parent=CASE,
        child=CASE,
        representative=CASE,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes("agreement.write", "Indgå og afslutte aftaler", caseworker=TEAM, visiting_professional=CASE),
    _changes("approval.decide", "Registrere godkendelsen og rammen for tilsynet", caseworker=TEAM, manager=TEAM),
    _changes("consent.ask", "Bede om samtykke", caseworker=TEAM),
    _changes(
        "consent.answer", "Give, afslå og trække samtykke tilbage", party_only=True, parent=PART, representative=PART
    ),
    _reads("mail.read", "Se, om man får mail, når der er nyt", parent=PART),
    _changes("mail.wish", "Sige ja eller nej til mail, når der er nyt", parent=PART),
    # -- documents and files
    _reads(
        "document.read",
        "Åbne dokumenter: dem, man selv kan se, eller hele sagens",
        parent=PART,
        child=PART,
        helper=PART,
        representative=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes(
        "document.add",
        "Lægge en fil i sagen",
        parent=PART,
        child=PART,
        helper=PART,
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
    ),
    _changes("document.make", "Lave rapporten og breve", caseworker=TEAM, visiting_professional=CASE),
    _changes("document.send", "Sende et dokument", caseworker=TEAM, manager=TEAM),
    _reads(
        "hearing.read",
        "Læse den rapport, man er hørt over, og sit eget svar",
        parent=PART,
        child=PART,
        representative=PART,
    ),
    _changes("hearing.answer", "Svare på en høring", parent=PART, child=PART, representative=PART),
    _reads(
        "hearing.follow",
        "Følge en høring og læse svarene",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _reads(
        "signing.read",
        "Læse den aftale, man er bedt om at skrive under på, og sin egen underskrift",
        parent=PART,
        child=PART,
        representative=PART,
    ),
    _changes("signing.sign", "Skrive under på en aftale, eller sige nej", parent=PART, child=PART, representative=PART),
    _reads(
        "signing.follow",
        "Se, hvem der har skrevet under på aftaler, og hente beviset",
        caseworker=TEAM,
        visiting_professional=CASE,
        health_professional=CASE,
        manager=TEAM,
    ),
    _changes(
        "signing.open",
        "Sende en aftale til underskrift, minde om den, trække den tilbage og skrive papir ind",
        caseworker=TEAM,
        visiting_professional=CASE,
    ),
    _changes("hearing.open", "Sende rapporten i høring og skrive svar på papir ind", caseworker=TEAM),
    _changes(
        "hearing.weigh", "Tage stilling til høringssvar", caseworker=TEAM, visiting_professional=CASE, manager=TEAM
    ),
    # -- who has looked, and what is handed out
    _reads("audit.read", "Se, hvem der har læst og skrevet i sagen", caseworker=TEAM, manager=TEAM),
    _changes(
        "extract.insight", "Udlevere en persons egne oplysninger (indsigt)", on=On.ALL, caseworker=TEAM, manager=TEAM
    ),
    _changes(
        "extract.file", "Udlevere sagens akter til en part (aktindsigt)", on=On.ALL, caseworker=TEAM, manager=TEAM
    ),
    # -- the archive
    _elsewhere("archive.list", "Se afsluttede sagers nummer, dato og om de er arkiveret", archivist=ANY),
    _changes("archive.deliver", "Aflevere en afsluttet sag til arkivet", on=On.CLOSED, archivist=ANY),
    _changes("archive.erase", "Slette en afsluttet sag", on=On.CLOSED, archivist=ANY),
    # -- running it
    _elsewhere("operation.read", "Se sagsnumre, tilstande og fejl uden personoplysninger", operator=ANY),
    _elsewhere("operation.act", "Prøve igen, springe over med begrundelse, standse", writes=True, operator=ANY),
    _elsewhere("employee.read", "Se medarbejdere og deres roller", administrator=ANY),
    _elsewhere("employee.change", "Oprette og ændre medarbejdere, roller og teams", writes=True, administrator=ANY),
    _elsewhere("installation.read", "Se, hvordan systemet er sat op", administrator=ANY, operator=ANY),
)

ONLY_WHILE_OPEN = frozenset({Role.HELPER})
"""Roles whose task ends with the case: then they read nothing of it either."""

TABLE: Mapping[str, Action] = MappingProxyType({line.name: line for line in _LINES})
"""Every action by name."""
if len(TABLE) != len(_LINES):
    raise ValueError("an action stands twice in the table of rights")


def action_named(name: str) -> Action:
    """The action of this name.

    Raises:
        LookupError: the table does not have it; a fault of ours, found when the program starts.
    """
    try:
        return TABLE[name]
    except KeyError:
        raise LookupError(f"webforms/identity/access.py has no action “{name}”") from None
