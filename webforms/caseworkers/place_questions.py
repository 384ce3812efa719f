"""What must be known of a place in the case: dates always; home, sections, scope and whom it speaks for as it needs."""

from pipeline.cases.record.people import Act, Place, Standing
from pipeline.store.clock import new_id
from pipeline.tool.definition import FilledBy
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.inputs.danish_day import written_day
from webforms.whereabouts import visit_at_hand

_WORDS = "caseworkers.person"
OWN_HOME = "for-sig"
"""Stands for a home that nobody else in the case has."""


def place_asks(at: AtCase, place: Place, now: Standing | None = None) -> tuple[Ask, ...]:
    """The questions of a place.

    Args:
        at: the case.
        place: what the person is in it.
        now: the standing that is changed; None for a new one.
    """
    since = written_day(now.since if now else at.today)
    until = (written_day(now.until),) if now and now.until else ()
    asks = [Ask("since", Look.DAY, required=True, hint=True, begins=(since,))]
    asks.append(Ask("until", Look.DAY, required=place is Place.POWER_OF_ATTORNEY, hint=True, begins=until))
    if place.is_parent:
        asks.append(_home(at, now))
    if place.speaks_for_somebody:
        asks.append(_speaks_for(at, now))
        asks.append(
            Ask(
                "scope",
                Look.AREA,
                required=place is Place.POWER_OF_ATTORNEY,
                hint=True,
                rows=3,
                begins=(now.scope,) if now and now.scope else (),
            )
        )
    if place in (Place.PARTY_REPRESENTATIVE, Place.POWER_OF_ATTORNEY):
        asks.append(_acts(at, place, now))
    if place.is_helper or place in (Place.CHILD, Place.POWER_OF_ATTORNEY):
        asks.append(_sections(at, place, now))
    if place.is_parent:
        asks.append(Ask("pauses", Look.TICK, hint=True))
    return tuple(asks)


def standing_from(at: AtCase, form: SmallForm, place: Place, person_id: str, now: Standing | None = None) -> Standing:
    """The standing as the form says; what does not fit is refused in the form."""
    since, until = form.day("since") or at.today, form.day("until")
    if until and until < since:
        form.refuse("until", f"{_WORDS}.until_before_since")
    standing = Standing(
        id=now.id if now else new_id(),
        person_id=person_id,
        place=place,
        since=since,
        until=until,
        household=_household(form) if place.is_parent else now.household if now else "",
        sections=form.chosen("sections") if now is None or form.asks("sections") else now.sections,
        scope=form.text("scope"),
        speaks_for=form.text("speaks_for"),
        acts=tuple(Act(one) for one in form.chosen("acts")) if form.asks("acts") else (),
    )
    if touches_authority(standing, now) and not form.ticked("pauses"):
        form.refuse("pauses", f"{_WORDS}.pauses_missing")
    return standing


def touches_authority(standing: Standing, before: Standing | None) -> bool:
    """Whether a change is one of parental authority, which pauses the access of all parents (see record/case.py)."""
    if not standing.place.is_parent:
        return False
    return before is None or (before.since, before.until) != (standing.since, standing.until)


def authority_warning(at: AtCase) -> tuple[Remark, ...]:
    """What a page says before anybody changes who the parents are."""
    return (Remark("warning", at.say(f"{_WORDS}.authority"), at.say(f"{_WORDS}.authority_text")),)


def _household(form: SmallForm) -> str:
    chosen = form.text("home")
    return new_id() if chosen in ("", OWN_HOME) else chosen


def _home(at: AtCase, now: Standing | None) -> Ask:
    homes: dict[str, list[str]] = {}
    for standing in at.case.standings_on(at.today):
        is_own = now is not None and standing.person_id == now.person_id
        if standing.household and not is_own:
            names = homes.setdefault(standing.household, [])
            name = at.case.people[standing.person_id].name
            names += [name] if name not in names else []
    options = [Option(OWN_HOME, at.say(f"{_WORDS}.own_home"))]
    options += [Option(home, at.say(f"{_WORDS}.home_with", names=", ".join(names))) for home, names in homes.items()]
    if now and now.household not in homes:
        options[0] = Option(now.household, at.say(f"{_WORDS}.own_home"))
    return Ask(
        "home",
        Look.RADIOS,
        required=True,
        hint=True,
        options=tuple(options),
        begins=(now.household,) if now else (),
    )


def _speaks_for(at: AtCase, now: Standing | None) -> Ask:
    """Whoever has a place of their own today may be spoken for."""
    places = (Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT, Place.CHILD)
    ids = dict.fromkeys(s.person_id for s in at.case.standings_on(at.today, *places))
    options = tuple(Option(i, at.case.people[i].name) for i in ids)
    begins = (now.speaks_for,) if now else ()
    return Ask("speaks_for", Look.LIST, required=True, options=options, begins=begins)


def _acts(at: AtCase, place: Place, now: Standing | None) -> Ask:
    """What a fuldmagt covers; a partsrepræsentant acts in everything unless something is taken out."""
    options = tuple(Option(act.value, at.say(f"{_WORDS}.act_{act.value}")) for act in Act)
    known = now.acts if now else ()
    in_everything = place is Place.PARTY_REPRESENTATIVE and not known
    begins = tuple(Act) if in_everything else known
    return Ask(
        "acts",
        Look.BOXES,
        required=place is Place.PARTY_REPRESENTATIVE,
        hint=True,
        options=options,
        begins=tuple(act.value for act in begins),
    )


def _sections(at: AtCase, place: Place, now: Standing | None) -> Ask:
    visit = visit_at_hand(at.case, at.today)
    tool = at.services.tool(visit.edition if visit else None)
    law = at.services.law(at.today)
    options = tuple(
        Option(section.key, f"({section.key}) {law.in_words(section.title)}")
        for section in tool.sections
        if section.filled_by is FilledBy.PARENTS
    )
    begins = now.sections if now else ()
    return Ask("sections", Look.BOXES, required=place.is_helper, hint=True, options=options, begins=begins)
