"""A fuldmagt that covers it lets somebody sign for a party; whatever tells of it says who did, and as what."""

from datetime import timedelta

import pytest
from family_home import SIGNE
from signing_house import CASEWORKER, SIGNING, SigningHouse

from pipeline.cases.record.events import PersonRecorded, StandingBegun
from pipeline.cases.record.people import Act, CasePerson, Place, Standing
from pipeline.cases.signing.state import Stand
from pipeline.documents.seal.verification import Verdict

AGENT = "fuldmaegtig"
WHO = "Frida Fuldmagtsen, advokat (fuldmægtig)"


def _has_fuldmagt(house: SigningHouse, *acts: Act) -> None:
    since = house.clock().date() - timedelta(days=1)
    standing = Standing("s-f", AGENT, Place.POWER_OF_ATTORNEY, since, scope="opdigtet", speaks_for=SIGNE, acts=acts)
    house.happens(PersonRecorded(CasePerson(AGENT, "Frida Fuldmagtsen", title="advokat")), StandingBegun(standing))


def test_a_fuldmagt_given_after_the_agreement_was_sent_lets_sign_it_and_everything_names_who_did(
    house: SigningHouse,
) -> None:
    house.ask()
    _has_fuldmagt(house, Act.SIGN)
    hers = house.browser(AGENT)
    assert hers.client.get(house.address(f"fil/{house.signing.file}")).status_code == 200
    page = hers.get(house.of(SIGNE))
    assert "Du skriver under som fuldmægtig på vegne af Signe Aastrup Lind" in page.words
    said = page.fill(laest="1").words
    assert f"Skrevet under af {WHO} på vegne af Signe Aastrup Lind" in said
    reason = house.judged().signatures[-1].reason
    assert house.judged().verdict is Verdict.GOOD
    assert f"{WHO} har på vegne af Signe Aastrup Lind skrevet under ved log-ind" in reason
    evidence = hers.client.get(house.of(SIGNE, "/bevis")).data
    [signed] = [one for one in house.services.check(evidence).told if "underskrift ved log-ind" in one]
    assert f"givet af {WHO}" in signed
    assert f"Givet af {WHO}." in house.browser(CASEWORKER).get(house.address("underskrifter")).words


@pytest.mark.parametrize("acts", [(), (Act.HEARING,)])
def test_a_fuldmagt_for_something_else_does_not_let_sign(house: SigningHouse, acts: tuple[Act, ...]) -> None:
    house.ask()
    _has_fuldmagt(house, *acts)
    assert house.browser(AGENT).client.get(house.of(SIGNE)).status_code == 404
    assert house.signing.stand(house.clock()) is Stand.OPEN


def test_who_says_no_for_a_party_is_known(house: SigningHouse) -> None:
    house.ask()
    _has_fuldmagt(house, Act.SIGN)
    house.browser(AGENT).get(house.of(SIGNE, "/nej")).fill(begrundelse="Det er ikke det, vi aftalte.")
    said = house.case().signings[SIGNING].declined[SIGNE]
    assert (said.by, said.acted_as) == (AGENT, Place.POWER_OF_ATTORNEY)
    evidence = house.browser(CASEWORKER).client.get(house.address(f"underskrifter/{SIGNING}/bevis")).data
    assert any(f"ville ikke skrive under, sagt af {WHO}" in one for one in house.services.check(evidence).told)
