"""Employees are kept sealed and found by how they sign in."""

from dataclasses import replace

import msgspec
import pytest
from fictional_case import CASEWORKER
from sqlalchemy import select, update

from pipeline.errors import Tampered
from pipeline.store.employees import Employee, EmployeeKnown, EmployeeMovedOn
from pipeline.store.opening import Store
from pipeline.store.tables import employees

SUBJECT = ("https://login.eksempel.invalid", "a1b2")
BODIL = Employee(SUBJECT, "Bodil Opdigtet", "socialrådgiver", teams=("nord",), roles=("caseworker",))


def test_an_employee_is_found_by_id_and_by_sign_in(store: Store) -> None:
    employee_id = store.employees.add(BODIL, CASEWORKER)
    known = store.employees.with_id(employee_id)
    assert known is not None
    assert known.employee == BODIL
    assert store.employees.who_signs_in_as(*SUBJECT) == known
    assert store.employees.who_signs_in_as(SUBJECT[0], "en anden") is None
    assert store.employees.with_id("ukendt") is None


def test_everybody_is_listed_by_name(store: Store) -> None:
    for number, name in enumerate(("Åse Opdigtet", "bent Opdigtet", "Asger Opdigtet")):
        store.employees.add(Employee(("i", str(number)), name), CASEWORKER)
    assert [known.employee.name for known in store.employees.all()] == [
        "Asger Opdigtet",
        "bent Opdigtet",
        "Åse Opdigtet",
    ]


def test_two_employees_do_not_sign_in_alike(store: Store) -> None:
    store.employees.add(BODIL, CASEWORKER)
    with pytest.raises(EmployeeKnown):
        store.employees.add(msgspec.structs.replace(BODIL, name="En Anden"), CASEWORKER)


def test_of_two_who_change_an_employee_the_second_is_told(store: Store) -> None:
    known = store.employees.with_id(store.employees.add(BODIL, CASEWORKER))
    assert known is not None
    left = store.employees.change(known, msgspec.structs.replace(BODIL, active=False), CASEWORKER)
    assert store.employees.with_id(known.id) == left
    with pytest.raises(EmployeeMovedOn):
        store.employees.change(known, BODIL, CASEWORKER)
    with pytest.raises(EmployeeMovedOn):
        store.employees.change(replace(known, id="ukendt"), BODIL, CASEWORKER)


def test_an_older_value_put_back_does_not_open(store: Store) -> None:
    known = store.employees.with_id(store.employees.add(BODIL, CASEWORKER))
    assert known is not None
    with store.database.read() as connection:
        before = connection.execute(select(employees.c.sealed)).scalar_one()
    store.employees.change(known, msgspec.structs.replace(BODIL, active=False), CASEWORKER)
    with store.database.write() as connection:
        connection.execute(update(employees).values(sealed=before))
    with pytest.raises(Tampered):
        store.employees.with_id(known.id)
